"""Searching and fetching over real HTTP, from a server that behaves as NCBI's does."""

from __future__ import annotations

import pytest
from Bio import Entrez

from extractors.errors import SiccaError
from pipeline.fetch import medline
from pipeline.fetch.pubmed_batch import Batch
from tests.eutilities.client import KEY, client_of, pmids_of
from tests.eutilities.faults import Body, Fault, Status
from tests.eutilities.server import Eutilities


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
