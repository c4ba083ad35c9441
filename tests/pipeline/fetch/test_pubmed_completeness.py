"""Nothing is lost unsaid: what did not come, came twice or unasked, or was counted and not named."""

from __future__ import annotations

from pipeline.fetch.pubmed_batch import Batch
from tests.eutilities.citations import book
from tests.eutilities.client import client_of, pmids_of
from tests.eutilities.faults import Body
from tests.eutilities.server import Eutilities, Served


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
