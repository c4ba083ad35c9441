"""Searching and fetching over real HTTP, from a server that fails in all the ways that NCBI's does."""

from __future__ import annotations

import logging

import pytest

from extractors.errors import SiccaError
from pipeline.fetch.pubmed import PubmedClient
from pipeline.fetch.pubmed_http import retry_after
from pipeline.fetch.pubmed_settings import PubmedSettings
from tests.eutilities.client import KEY, NOON, SEEDED, Clock, client_of, pmids_of
from tests.eutilities.faults import (
    BACKEND_FAILED,
    RATE_LIMIT_JSON,
    WEB_PAGE,
    Body,
    Dripping,
    Fault,
    Reset,
    Stalled,
    Status,
    Truncated,
)
from tests.eutilities.server import Eutilities

INVALID_KEY = b'{"error":"API key invalid","api-key":"SECRET-KEY"}'

TRANSIENT: list[Fault] = [
    Status(429),
    Status(429, retry_after="2"),
    Status(500),
    Status(502),
    Status(503, retry_after="Mon, 23 Nov 2026 12:00:07 GMT"),
    Status(504),
    Body(b""),
    Body(b"   "),
    WEB_PAGE,
    BACKEND_FAILED,
    RATE_LIMIT_JSON,
    Body(b"{cut"),
    Body(b"<eFetchResult><ERROR>Cannot process ID list</ERROR></eFetchResult>"),
    Body(b"<somethingElse/>"),
    Truncated(),
    Truncated(announced=False),
    Truncated(share=0.95, announced=False),
    Truncated(share=0.0),
    Reset(),
    Reset(share=0.5),
    Stalled(),
    Stalled(share=0.5),
]


@pytest.mark.parametrize("fault", TRANSIENT, ids=str)
def test_pubmed_tries_again_until_it_has_all(server: Eutilities, fault: Fault) -> None:
    clock = Clock()
    client = client_of(server, clock, timeout=0.3, batch_size=20, api_key=KEY)
    server.spoil("esearch", fault, fault)
    server.spoil("efetch", fault, None, fault)
    found = client.search("sicca")
    batches = list(client.fetch(found))
    assert sorted(pmids_of(batches)) == list(server.served)
    assert (len(server.called("esearch")), len(server.called("efetch"))) == (3, 4)
    assert len(clock.pauses) == 4


def test_pubmed_gives_up_on_an_answer_without_end(server: Eutilities, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.fetch.pubmed_http.WHOLE_ANSWER", 1)
    server.spoil("esearch", Dripping())
    assert client_of(server, timeout=0.3).search("sicca").count == 23


@pytest.mark.parametrize("fault", [Status(503), Truncated(), WEB_PAGE, Reset()], ids=str)
def test_pubmed_gives_up_after_its_tries_and_says_why(server: Eutilities, fault: Fault) -> None:
    server.spoil("esearch", *[fault] * 9)
    with pytest.raises(
        SiccaError, match=r"^127.0.0.1:\d+: esearch failed 4 times, at last: .+; run the same command again"
    ):
        client_of(server, retries=3).search("sicca")
    assert len(server.calls) == 4


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Status(400, body=INVALID_KEY), r".*API key invalid.*; check NCBI_API_KEY"),
        (Body(INVALID_KEY), "API key invalid"),
        (Status(404, body=b"<html><body>Not <b>here</b> for SECRET-KEY</body></html>"), "HTTP 404 Not Found Not here"),
        (Status(403), "HTTP 403 Forbidden"),
        (Body(b"<eSearchResult><ERROR>Empty term and query_key - nothing todo</ERROR></eSearchResult>"), "Empty term"),
    ],
)  # fmt: skip
def test_pubmed_does_not_insist_where_it_is_refused(server: Eutilities, fault: Fault, said: str) -> None:
    server.spoil("esearch", fault)
    with pytest.raises(SiccaError, match=rf"^127.0.0.1:\d+: esearch was refused: {said}") as caught:
        client_of(server, api_key=KEY).search("sicca")
    assert KEY not in str(caught.value)
    assert len(server.calls) == 1


def test_pubmed_never_prints_the_api_key(server: Eutilities, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = client_of(server, api_key=KEY, retries=2)
    server.spoil(
        "esearch",
        RATE_LIMIT_JSON,
        Body(b"<eSearchResult><ERROR>SECRET-KEY used up</ERROR></eSearchResult>"),
        Status(500),
    )
    with pytest.raises(SiccaError) as caught:
        client.search("sicca")
    assert KEY not in f"{caught.value!r} {caplog.text} {client.settings!r} {client.settings}"
    assert "<API key> used up" in caplog.text


def test_pubmed_backs_off_longer_each_time_with_jitter(server: Eutilities) -> None:
    clock = Clock()
    server.spoil("esearch", *[Status(500)] * 5)
    client_of(server, clock, backoff=1.0).search("sicca")
    assert len(clock.pauses) == 5
    for pause, whole in zip(clock.pauses, (1, 2, 4, 8, 16), strict=True):
        assert whole / 2 <= pause <= whole
    assert len({pause / whole for pause, whole in zip(clock.pauses, (1, 2, 4, 8, 16), strict=True)}) == 5


def test_pubmed_waits_as_long_as_it_is_told(server: Eutilities) -> None:
    clock = Clock()
    server.spoil("esearch", Status(429, retry_after="7"), Status(503, retry_after="Mon, 23 Nov 2026 12:00:30 GMT"))
    client_of(server, clock).search("sicca")
    assert clock.pauses == [7.0, 30.0]
    server.spoil("esearch", Status(429, retry_after="3600"))
    with pytest.raises(SiccaError, match="asks for a pause of 3600 s; run the same command again after it"):
        client_of(server, clock).search("sicca")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        (" 12 ", 12.0),
        ("Mon, 23 Nov 2026 12:01:00 GMT", 60.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("Mon, 23 Nov 2026 12:01:00 -0000", 60.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_pubmed_reads_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOON) == seconds


def test_pubmed_says_when_the_host_is_not_there() -> None:
    clock = Clock()
    with Eutilities() as server:
        gone = server.settings()
    for settings in (
        gone,
        PubmedSettings(base_url="http://no-such-host.invalid/", email="a@example.org", backoff=0.001),
    ):
        client = PubmedClient(settings, sleep=clock.sleep, rng=SEEDED)
        with pytest.raises(SiccaError, match=r"^could not reach [\w.:-]+: .+; check the network, or read .* --from$"):
            client.search("sicca")
    assert len(clock.pauses) == 4
