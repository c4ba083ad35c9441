"""Searching and fetching over real HTTP, from a server that fails in all the ways that NCBI's does."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from Bio import Entrez

from extractors.errors import ConfigError, SiccaError
from pipeline.fetch import medline
from pipeline.fetch.pubmed import PubmedClient
from pipeline.fetch.pubmed_batch import Batch
from pipeline.fetch.pubmed_http import retry_after
from pipeline.fetch.pubmed_settings import PubmedSettings
from pipeline.fetch.rate_limit import RateLimiter, limiter_of
from tests.eutilities.citations import book
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
from tests.eutilities.server import Eutilities, Served, records

KEY = "SECRET-KEY"
SEEDED = random.Random(1)
INVALID_KEY = b'{"error":"API key invalid","api-key":"SECRET-KEY"}'
NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Eutilities]:
    with Eutilities(records(23)) as running:
        yield running


class Clock:
    """Pauses that are noted, not made."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


def client_of(server: Eutilities, clock: Clock | None = None, **changes: object) -> PubmedClient:
    sleep = (clock or Clock()).sleep
    return PubmedClient(server.settings(**changes), sleep=sleep, rng=SEEDED, now=lambda: NOON)


def pmids_of(batches: Iterable[Batch]) -> list[str]:
    return [record.article.pmid or "" for batch in batches for record in batch.records]


def test_pubmed_fetches_all_that_it_finds(server: Eutilities) -> None:
    client = client_of(server, batch_size=10)
    found = client.search("sicca  syndrome\n[tiab]")
    assert (found.count, found.missing, found.warnings) == (23, 0, ())
    assert found.translation == "sicca syndrome [tiab]"
    assert found.pmids == tuple(server.served)
    batches = list(client.fetch(found))
    assert [len(batch.records) for batch in batches] == [10, 10, 3]
    assert sorted(pmids_of(batches)) == list(found.pmids)
    assert all(batch == Batch(batch.records) for batch in batches)
    record = batches[0].records[0]
    assert record.xml.decode() == server.served[record.article.pmid or ""].record
    assert medline.parse(record.xml) == record.article


def test_pubmed_searches_and_fetches_with_the_history_server(server: Eutilities) -> None:
    client = client_of(server, batch_size=10)
    list(client.fetch(client.search("sicca")))
    (search,) = server.called("esearch")
    assert search.parameters["usehistory"] == "y"
    fetches = server.called("efetch")
    assert [(f.parameters["retstart"], f.parameters["retmax"]) for f in fetches] == [
        ("0", "10"),
        ("10", "10"),
        ("20", "10"),
    ]
    assert all(f.parameters["WebEnv"] and "id" not in f.parameters for f in fetches)


def test_pubmed_goes_on_by_pmid_when_the_history_is_lost(server: Eutilities) -> None:
    client = client_of(server, batch_size=10)
    batches = client.fetch(client.search("sicca"))
    fetched = [next(batches)]
    server.expire_history()
    fetched += batches
    assert sorted(pmids_of(fetched)) == list(server.served)
    assert [len(f.parameters.get("id", "").split(",")) for f in server.called("efetch")] == [1, 1, 10, 3]


@pytest.mark.parametrize(
    "fault",
    [
        Status(400, body=b'{"error":"Unable to obtain query #1"}'),
        Body(b"<eFetchResult><ERROR>Invalid WebEnv</ERROR></eFetchResult>"),
        Body(b"<PubmedArticleSet></PubmedArticleSet>"),
    ],
    ids=str,
)
def test_pubmed_goes_on_by_pmid_when_the_history_is_refused(server: Eutilities, fault: Fault) -> None:
    client = client_of(server, batch_size=10, retries=0)
    found = client.search("sicca")
    server.spoil("efetch", fault)
    assert sorted(pmids_of(client.fetch(found))) == list(server.served)


def test_pubmed_goes_on_where_an_interrupted_fetch_stopped(server: Eutilities) -> None:
    client = client_of(server, batch_size=10, retries=0)
    found = client.search("sicca")
    server.spoil("efetch", None, Status(503))
    batches = client.fetch(found)
    fetched = pmids_of([next(batches)])
    with pytest.raises(SiccaError, match=r"^127\.0\.0\.1:\d+: efetch failed 1 times, at last: HTTP 503"):
        next(batches)
    assert len(fetched) == 10
    rest = pmids_of(client.fetch(found, skip=set(fetched)))
    assert sorted(fetched + rest) == list(found.pmids)
    assert pmids_of(client.fetch_pmids(["990000003", "990000001", "990000003"])) == ["990000003", "990000001"]
    assert list(client.fetch_pmids([])) == []


def test_pubmed_says_who_is_asking_and_posts_what_is_long(server: Eutilities) -> None:
    client = client_of(server, api_key=KEY, batch_size=200)
    client.search("a")
    client.search(" OR ".join(f"word{n}[tiab]" for n in range(200)))
    list(client.fetch_pmids(server.served))
    list(client.fetch_pmids(str(990_000_001 + n) for n in range(200)))
    short, long = server.called("esearch")
    assert (short.method, long.method) == ("GET", "POST")
    assert server.called("efetch")[-1].method == "POST"
    for call in server.calls:
        assert call.parameters["tool"] == "sicca"
        assert call.parameters["email"] == "ada@example.org"
        assert call.parameters["api_key"] == KEY
        assert call.headers["User-Agent"] == "sicca"


def test_pubmed_seam_of_biopython_is_as_we_know_it() -> None:
    """Bio.Entrez 1.88 has no setting for the address; `_build_request` is private, so that this pins it."""
    base = {"tool": "t", "email": "e@example.org", "api_key": "k"}
    get = Entrez._build_request("http://127.0.0.1/x.fcgi", {"db": "pubmed", "term": "a b", **base})
    assert get.full_url == "http://127.0.0.1/x.fcgi?db=pubmed&term=a+b&tool=t&email=e%40example.org&api_key=k"
    assert (get.method, get.data) == ("GET", None)
    post = Entrez._build_request("http://127.0.0.1/x.fcgi", {"id": ",".join(["1"] * 200), **base})
    assert (post.method, post.full_url) == ("POST", "http://127.0.0.1/x.fcgi")
    keyless = Entrez._build_request("http://127.0.0.1/x.fcgi", {"a": "b", "tool": "t", "email": "", "api_key": None})
    assert keyless.full_url == "http://127.0.0.1/x.fcgi?a=b&tool=t&email="


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


# --- nothing is lost unsaid -------------------------------------------------------------------------------------------


def test_pubmed_asks_again_for_what_did_not_come(server: Eutilities) -> None:
    server.withheld = {"990000004": 1, "990000017": 9}
    client = client_of(server, batch_size=10)
    batches = list(client.fetch(client.search("sicca")))
    assert sorted(pmids_of(batches)) == [pmid for pmid in server.served if pmid != "990000017"]
    assert [batch.missing for batch in batches] == [("990000017",), (), ()]


def test_pubmed_says_what_came_twice_or_unasked(server: Eutilities) -> None:
    server.doubled = {"990000005"}
    server.served["990000099"] = Served("990000099")
    server.queries["sicca"] = [pmid for pmid in server.served if pmid != "990000099"]
    server.unasked = ["990000099"]
    (batch,) = client_of(server).fetch(client_of(server).search("sicca"))
    assert sorted(pmids_of([batch])) == server.queries["sicca"]
    assert (batch.repeated, batch.unasked, batch.missing) == (("990000005",), ("990000099",), ())


def test_pubmed_counts_books_as_skipped_not_missing(server: Eutilities) -> None:
    server.served["990000077"] = Served("990000077", xml=book("990000077"))
    (batch,) = client_of(server).fetch(client_of(server).search("sicca"))
    assert [(item.reason, item.pmid) for item in batch.skipped] == [("book", "990000077")]
    assert batch.missing == ()


def test_pubmed_says_which_pmids_do_not_exist(server: Eutilities) -> None:
    (batch,) = client_of(server).fetch_pmids(["990000001", "999999999"])
    assert (pmids_of([batch]), batch.missing) == (["990000001"], ("999999999",))
    server.spoil(
        "efetch",
        *[Body(b"<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR></eFetchResult>")] * 2,
    )
    (batch,) = client_of(server).fetch_pmids(["999999999"])
    assert batch == Batch((), missing=("999999999",))


def test_pubmed_says_when_fewer_are_named_than_counted(server: Eutilities) -> None:
    server.count_drift.extend([2, 2, 2, 2])
    found = client_of(server).search("sicca")
    assert (found.count, len(found.pmids), found.missing) == (25, 23, 2)


def test_pubmed_takes_the_new_count_where_pubmed_has_changed_meanwhile(server: Eutilities) -> None:
    server.count_drift.extend([1])
    found = client_of(server).search("sicca")
    assert (found.count, found.missing) == (23, 0)


def test_pubmed_passes_on_what_it_is_warned_of(server: Eutilities) -> None:
    assert client_of(server).search("sicca OR nosuchword").warnings == ("PhraseNotFound: nosuchword",)


def test_pubmed_finds_nothing(server: Eutilities) -> None:
    server.queries["nothing"] = []
    found = client_of(server).search("nothing")
    assert (found.count, found.pmids, found.missing) == (0, (), 0)
    assert list(client_of(server).fetch(found)) == []


# --- more than ESearch will name --------------------------------------------------------------------------------------


def spread(count: int, days: list[str], **dates: str) -> list[Served]:
    return [Served(str(990_000_001 + n), edat=days[n % len(days)], **dates) for n in range(count)]


@pytest.mark.parametrize(
    "served",
    [
        spread(60, [f"20{y:02}-0{m}-15" for y in range(24) for m in range(1, 9)]),
        spread(60, ["1781-01-01", "1959-12-31", "1960-01-01", "2039-12-31", "2040-01-01", "2100-01-01"]),
        spread(60, ["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04", "2020-01-05", "2020-01-06", "2020-01-07"]),
        [Served(str(990_000_001 + n), edat="2009-06-24", pdat=f"{1980 + n // 2}-07-01") for n in range(60)],
    ],
    ids=["over years", "at the edges", "within a week", "all on one day"],
)  # fmt: skip
def test_pubmed_slices_by_date_what_is_too_much(served: list[Served]) -> None:
    with Eutilities(served, cap=10) as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.fetch.pubmed_search.MOST_RESULTS", 10)
        client = client_of(server, batch_size=7)
        found = client.search("sicca")
        assert (found.count, found.missing) == (60, 0)
        assert all(part.count <= 10 for part in found.slices)
        assert list(found.pmids) == list(server.served)
        assert sorted(pmids_of(client.fetch(found))) == list(server.served)


def test_pubmed_says_what_no_date_can_take_apart() -> None:
    with Eutilities(spread(30, ["2009-06-24"]), cap=10) as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.fetch.pubmed_search.MOST_RESULTS", 10)
        found = client_of(server).search("sicca")
        assert (found.count, len(found.pmids), found.missing) == (30, 10, 20)


def test_pubmed_takes_ten_thousand_and_more() -> None:
    days = [f"{year}-0{month}-01" for year in range(1990, 2024) for month in range(1, 10)]
    with Eutilities(spread(12_345, days)) as server:
        found = client_of(server).search("sicca")
        assert (found.count, len(found.pmids), found.missing) == (12_345, 12_345, 0)
        assert max(int(call.parameters["retmax"]) for call in server.calls) == 9_999
        assert len(server.calls) < 12


def test_pubmed_pages_where_the_server_names_few_at_a_time(server: Eutilities) -> None:
    server.page = 5
    assert client_of(server).search("sicca").pmids == tuple(server.served)


def test_pubmed_search_since_a_day_takes_what_was_modified_from_then_on() -> None:
    served = [Served(str(990_000_001 + n), mdat=f"2024-05-{1 + n % 28:02}") for n in range(56)]
    with Eutilities(served, cap=10) as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.fetch.pubmed_search.MOST_RESULTS", 10)
        found = client_of(server).search("sicca", since=date(2024, 5, 10))
        assert sorted(found.pmids) == sorted(record.pmid for record in served if record.mdat >= "2024-05-10")
        assert (found.count, found.missing) == (38, 0)
        assert all(call.parameters["datetype"] == "mdat" for call in server.calls)


# --- settings and pace ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"base_url": "eutils.ncbi.nlm.nih.gov"}, "pubmed.base_url"),
        ({"base_url": "file:///etc/"}, "pubmed.base_url"),
        ({"base_url": "https://host/eutils?x=1"}, "pubmed.base_url"),
        ({"batch_size": 0}, "pubmed.batch_size"),
        ({"batch_size": 10_000}, "pubmed.batch_size"),
        ({"timeout": 0}, "pubmed: timeout"),
        ({"retries": -1}, "pubmed: timeout"),
        ({"requests_per_second": 0}, "pubmed.requests_per_second"),
    ],
)
def test_pubmed_settings_refuse_nonsense(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        PubmedSettings(**changes)  # type: ignore[arg-type] # nonsense on purpose


def test_pubmed_settings_take_the_environment_before_the_file() -> None:
    settings = PubmedSettings(email="file@example.org")
    assert (settings.rate, settings.address("esearch")) == (
        3.0,
        "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi",
    )
    assert settings.with_environment({}) == settings
    changed = settings.with_environment({"NCBI_EMAIL": " env@example.org", "NCBI_API_KEY": KEY})
    assert (changed.email, changed.api_key, changed.rate) == ("env@example.org", KEY, 10.0)
    assert PubmedSettings(base_url="http://127.0.0.1:1/x").address("efetch") == "http://127.0.0.1:1/x/efetch.fcgi"


def test_pubmed_asks_a_local_server_past_the_proxy(server: Eutilities, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert client_of(server).search("sicca").count == 23
    assert not PubmedSettings().local


def test_rate_limiter_spaces_requests_out() -> None:
    time = 100.0
    turns: list[float] = []

    def sleep(seconds: float) -> None:
        nonlocal time
        time += seconds

    limiter = RateLimiter(clock=lambda: time, sleep=sleep)
    for _ in range(10):
        limiter.wait(3)
        turns.append(time)
    assert turns[0] == 100.0
    assert all(later - earlier >= 1 / 3 - 1e-9 for earlier, later in pairwise(turns))
    time += 60
    limiter.wait(10)
    assert time == pytest.approx(turns[-1] + 60)


def test_rate_limiter_is_shared_by_threads_and_clients() -> None:
    assert limiter_of("one") is limiter_of("one")
    assert limiter_of("one") is not limiter_of("two")
    waits: list[float] = []
    limiter = RateLimiter(clock=lambda: 5.0, sleep=waits.append)
    threads = [threading.Thread(target=limiter.wait, args=(10,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == pytest.approx([n / 10 for n in range(1, 20)])
