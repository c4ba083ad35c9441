"""Four times the records must not take more memory at once: what goes through a store is not gathered."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.records import Article, Author
from graphs import assembly, query
from graphs.exports import graphml
from graphs.store import Store
from pipeline import ledger
from pipeline.config import Config
from pipeline.config import Extraction as Settings
from pipeline.extraction import Extractor
from pipeline.fetch.archive import Archive
from pipeline.fetch.medline import Record
from tests.graphs.fieldnotes import Notes

FEW, MANY = 100, 400
#: What may stay for each: a few numbers. Lists of records take hundreds of bytes each and more.
MOST_BYTES_EACH = 60


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a store of few and one of many articles."""
    folder = tmp_path_factory.mktemp("stores")
    return stored(folder / "few.db", FEW), stored(folder / "many.db", MANY)


def peak(work: Callable[[], object]) -> int:
    """Return the bytes that Python held at most at a time while it worked, after it had once worked before."""
    work()
    tracemalloc.start()
    try:
        work()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return most


def archived(path: Path, count: int) -> Path:
    with Archive(path) as archive:
        for number in range(count):
            pmid = str(990_000_001 + number)
            archive.put(Record(Article(f"PMID:{pmid}", "T", "A"), f"<PubmedArticle>{pmid}</PubmedArticle>".encode()))
    return path


def stored(path: Path, count: int) -> Path:
    """Write a store of claims without a word in common, by articles with long lists of authors."""
    with Store(path) as store:
        for number in range(count):
            team = tuple(
                Author(f"Doe{number}x{i}", initials="A", affiliations=("Hospital of Nowhere",)) for i in range(30)
            )
            notes = Notes(number + 1, n=20, authors=team)
            notes.says(f"D{number} helps C{number}.", f"D{number}", "treats", f"C{number}", effect="effective").into(
                store
            )
        assembly.assemble(store)
        store.record_run("{}")
    return path


def in_each(path: Path, work: Callable[[Store], object]) -> int:
    def again() -> None:
        with Store(path) as store:
            work(store)

    return peak(again)


def assert_flat(few: int, many: int) -> None:
    assert many - few < (MANY - FEW) * MOST_BYTES_EACH, f"{(many - few) / (MANY - FEW):.0f} bytes each"


def test_memory_of_an_archive_and_of_what_is_to_be_read_is_flat(tmp_path: Path) -> None:
    def found(count: int) -> Callable[[], Counter[str]]:
        path = archived(tmp_path / f"{count}.xml.gz", count)

        def again() -> Counter[str]:
            with Archive(path, read_only=True) as archive, Store(tmp_path / f"{count}.db") as store:
                return Counter(task.cause for task in ledger.pending(archive, store, stage_key="key"))

        assert again() == {"new": count}
        return again

    assert_flat(peak(found(FEW)), peak(found(MANY)))


@pytest.mark.parametrize(
    "work",
    [
        lambda store: assembly.assemble(store),
        lambda store: graphml.write(store.connection, store.path.with_suffix(".graphml")),
        lambda store: Counter(change.verdict for change in query.each_change(store.connection, 0)),
    ],
    ids=["shared patients", "GraphML", "changes"],
)
def test_memory_of_the_end_of_a_run_is_flat(stores: tuple[Path, Path], work: Callable[[Store], object]) -> None:
    few, many = stores
    assert_flat(in_each(few, work), in_each(many, work))


def test_extractor_begins_anew_when_it_knows_too_many_words(
    quick: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings: Settings = quick().extraction
    articles = [
        Article(f"PMID:{n}", "Title.", f"Rituximab reduced {'abcdefgh'[n] * 9} in vasculitis.") for n in range(8)
    ]
    whole = Extractor(settings)
    expected = [whole.extract(article) for article in articles]
    monkeypatch.setattr("pipeline.extraction.MOST_WORDS", len(whole._nlp.vocab.strings) - 4)
    bounded = Extractor(settings)
    first = bounded._nlp
    assert [bounded.extract(article) for article in articles] == expected
    assert bounded._nlp is not first
