"""PubMed into the archive, over real HTTP: all of it, once, and again only what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from extractors.errors import SiccaError
from pipeline.acquisition_pubmed import from_pubmed
from pipeline.config import Pubmed, Query
from pipeline.fetch.archive import Archive
from tests.eutilities.faults import Status, Truncated
from tests.eutilities.server import Eutilities, Served, records


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Eutilities]:
    monkeypatch.setenv("NCBI_API_KEY", "SECRET-KEY")  # ten requests a second instead of three
    monkeypatch.setenv("NCBI_EMAIL", "ada@example.org")
    with Eutilities(records(12)) as running:
        yield running


def settings(server: Eutilities, *terms: str, retries: int = 5) -> Pubmed:
    queries = tuple(Query(name=term, term=term) for term in terms or ("sicca",))
    return Pubmed(base_url=server.base_url, query=queries, batch_size=5, timeout=5.0, retries=retries)


def test_acquisition_pubmed_archives_the_union_of_the_queries(server: Eutilities, tmp_path: Path) -> None:
    server.queries = {"one": ["990000001", "990000002"], "two": ["990000002", "990000003"]}
    with Archive(tmp_path / "archive.xml.gz") as archive:
        one, two = from_pubmed(settings(server, "one", "two"), archive, since=None)
        assert [revision.pmid for revision in archive.current()] == ["990000001", "990000002", "990000003"]
    assert (one.found, one.new, two.found, two.new) == (2, 2, 2, 1)
    assert {call.parameters["email"] for call in server.calls} == {"ada@example.org"}


def test_acquisition_pubmed_goes_on_after_a_failure(server: Eutilities, tmp_path: Path) -> None:
    server.spoil("efetch", None, Truncated())
    with Archive(tmp_path / "archive.xml.gz") as archive, pytest.raises(SiccaError, match="efetch failed 1 times"):
        from_pubmed(settings(server, retries=0), archive, since=None)
    with Archive(tmp_path / "archive.xml.gz") as archive:
        assert len(list(archive.current())) == 5
        (source,) = from_pubmed(settings(server, retries=0), archive, since=None)
        assert [revision.pmid for revision in archive.current()] == list(server.served)
    assert (source.found, source.new, source.missing) == (12, 7, ())
    asked = [pmid for call in server.called("efetch") for pmid in call.parameters.get("id", "").split(",") if pmid]
    assert len(asked) == 7


def test_acquisition_pubmed_takes_revisions_since_the_last_time(server: Eutilities, tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.xml.gz") as archive:
        from_pubmed(settings(server), archive, since=None)
        fetched = len(server.called("efetch"))
        (nothing,) = from_pubmed(settings(server), archive, since=date(2025, 1, 1))
        assert (nothing.new, len(server.called("efetch"))) == (0, fetched)
        server.served["990000004"] = replace(server.served["990000004"], mdat="2025-06-07")
        (source,) = from_pubmed(settings(server), archive, since=date(2025, 1, 1))
        assert source.new == 1
        assert [r.date_revised for r in archive.revisions("990000004")] == ["2024-05-06", "2025-06-07"]


def test_acquisition_pubmed_names_what_did_not_come(server: Eutilities, tmp_path: Path) -> None:
    server.withheld = {"990000007": 9}
    server.spoil("esearch", Status(429, retry_after="0"))
    with Archive(tmp_path / "archive.xml.gz") as archive:
        (source,) = from_pubmed(settings(server), archive, since=None)
    assert (source.found, source.records, source.missing) == (12, 11, ("990000007",))


def test_acquisition_pubmed_follows_up_what_is_no_longer_found(server: Eutilities, tmp_path: Path) -> None:
    moved, deleted, memory = "990000002", "990000005", tmp_path / "found.json"
    with Archive(tmp_path / "archive.xml.gz") as archive:
        assert len(from_pubmed(settings(server), archive, since=None, found_before=memory)) == 1
        del server.served[deleted]
        server.queries["sicca"] = [pmid for pmid in server.served if pmid != moved]
        for _ in range(2):
            _, lost = from_pubmed(settings(server), archive, since=None, found_before=memory)
            assert (lost.kind, lost.unfound, lost.records) == ("follow-up", (moved,), 1)
            assert archive.deleted() == (deleted,)
        assert lost.withdrawn == 0  # it was, in the first of the two
        server.queries.clear()
        server.served[deleted] = Served(deleted)
        (source,) = from_pubmed(settings(server), archive, since=None, found_before=memory)
        assert (source.records, archive.deleted()) == (1, ())


def test_acquisition_pubmed_withdraws_nothing_where_not_all_is_named(server: Eutilities, tmp_path: Path) -> None:
    memory = tmp_path / "found.json"
    with Archive(tmp_path / "archive.xml.gz") as archive:
        from_pubmed(settings(server), archive, since=None, found_before=memory)
        before = memory.read_bytes()
        del server.served["990000005"]
        server.count_drift.extend([2, 2, 2, 2])
        assert len(from_pubmed(settings(server), archive, since=None, found_before=memory)) == 1
        assert (archive.deleted(), memory.read_bytes()) == ((), before)


def test_acquisition_pubmed_forgets_a_damaged_memory(server: Eutilities, tmp_path: Path) -> None:
    memory = tmp_path / "found.json"
    memory.write_text('{"found": [1', encoding="utf-8")
    with Archive(tmp_path / "archive.xml.gz") as archive:
        assert len(from_pubmed(settings(server), archive, since=None, found_before=memory)) == 1
    assert memory.read_text(encoding="utf-8").startswith('{"found":["990000001"')
