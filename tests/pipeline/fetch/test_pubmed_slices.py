"""More than ESearch will name: searches sliced by date."""

from __future__ import annotations

from datetime import date

import pytest

from tests.eutilities.client import client_of, pmids_of
from tests.eutilities.server import Eutilities, Served


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
