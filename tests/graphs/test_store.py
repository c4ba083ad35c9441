from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from extractors.errors import InputError, SiccaError
from extractors.records import (
    Article,
    Author,
    Correction,
    Endpoint,
    ForeignAbstract,
    MeshHeading,
    Passage,
    Sentence,
    Statistic,
    Study,
    StudyDesign,
)
from graphs.assembly import assemble
from graphs.store import Store, claims, courses, logical, offsets, reads, schema
from tests.graphs.fieldnotes import CONCEPTS, Notes
from tests.graphs.older import of_schema


def trial(pmid: int = 1) -> Notes:
    return (
        Notes(pmid, design=StudyDesign.RANDOMISED_TRIAL, n=4)
        .says("Rituximab treated vasculitis well.", "rituximab", "treats", "vasculitis", effect="effective")
        .says("RTX did not raise BAFF.", "RTX", "increases", "BAFF", negated=True)
        .treated("Rituximab helped 3 of 4.", "rituximab", condition=None, patients=4, responders=3, outcome="improved")
    )


def full_article() -> Article:
    return Article(
        id="PMID:990000001",
        title="Ünïcode title",
        abstract="Text.",
        passages=(Passage(0, 13), Passage(14, 19, "PATIENTS", "METHODS")),
        doi="10.1/x",
        journal="J",
        year=2020,
        publication_date="2020-03",
        authors=(Author("Doe", "Jane", "J", "", "0000", ("Paris",)), Author(collective="The Group")),
        mesh=(MeshHeading("D1", "A", True, (("Q1", "therapy", True),)),),
        publication_types=(("D016441", "Retracted Publication"),),
        accessions=(("ClinicalTrials.gov", "NCT1"),),
        keywords=("k",),
        languages=("eng",),
        other_abstracts=(ForeignAbstract("Publisher", "fre", "Texte."),),
        corrections=(Correction("ExpressionOfConcernIn", "5", "J. 2021"), Correction("ErratumIn", None, "")),
        version=2,
    )


def test_store_keeps_every_field_of_an_article(store: Store) -> None:
    article = full_article()
    study = Study(article.id, StudyDesign.CASE_SERIES, 3, (0, 2), ("NCT1",), ("human",))
    store.put(article, (Sentence(0, 13), Sentence(14, 19, 1)), (), (), (), study, stage_key="k")
    assert reads.article(store.connection, article.id) == article
    assert reads.study(store.connection, article.id) == study
    assert reads.sentences(store.connection, article.id) == [Sentence(0, 13), Sentence(14, 19, 1)]
    flags = store.connection.execute("SELECT retracted, concern, corrected, synthetic FROM article").fetchone()
    assert flags == (1, 1, 1, 1)


def test_store_gives_back_evidence_and_courses_as_they_came(store: Store) -> None:
    notes = trial().into(store)
    found = [source.evidence for source in claims.all_sources(store.connection)]
    assert sorted(found, key=lambda e: e.id) == sorted(notes.evidence, key=lambda e: e.id)
    assert [e.claim.subject.spans for e in found] == [e.claim.subject.spans for e in notes.evidence]
    assert list(courses.read(store.connection)) == notes.courses
    quotes = [source.quote for source in claims.all_sources(store.connection)]
    assert quotes == ["Rituximab treated vasculitis well.", "RTX did not raise BAFF."]


def test_store_gives_back_every_cell_of_a_course(store: Store) -> None:
    notes = trial()
    (course,) = notes.courses
    dose = Statistic(0, 1, "dose", 375.0, unit="mg/m2")
    drug = course.current[0]
    filled = replace(
        course,
        patients_terms=((0, 1), (2, 3)),
        mode_span=(3, 4),
        setting="add_on",
        setting_span=(4, 5),
        components=(drug,),
        outcome_spans=((5, 6),),
        doses=(dose,),
        endpoints=(Endpoint(drug, (0, 5), "improved", dose, None, dose),),
        adverse_events=(drug,),
        deaths=1,
        deaths_span=(6, 7),
        comparators=("other",),
        not_extracted=("responders",),
    )
    notes.courses = [filled]
    notes.into(store)
    (found,) = courses.read(store.connection)
    assert asdict(found) == asdict(filled)
    ((measure, value),) = store.connection.execute("SELECT measure, value FROM course_endpoint").fetchall()
    assert (measure, value) == ("rituximab", 375.0)


def test_store_of_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    for number, script in schema.migrations()[:3]:
        connection.executescript(f"{script}; PRAGMA user_version = {number};")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.close()
    with Store(path) as store:
        trial().into(store)
        assert len(list(courses.read(store.connection))) == 1


def test_store_keeps_whose_finding_a_sentence_tells(store: Store) -> None:
    sentence = "RTX helps vasculitis."
    for pmid, origin in enumerate(("novel", "background", None), start=1):
        Notes(pmid).says(sentence, "RTX", "treats", "vasculitis", origin=origin).into(store)
    assert [s.evidence.origin for s in claims.all_sources(store.connection)] == ["novel", "background", None]


def test_store_from_before_origins_keeps_its_evidence_without_one(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Store(path) as store:
        trial().into(store)
        before = [s.evidence.id for s in claims.all_sources(store.connection)]
    older = of_schema(4, path, tmp_path / "older.db")
    with Store(older) as store:
        assert [(s.evidence.id, s.evidence.origin) for s in claims.all_sources(store.connection)] == [
            (id_, None) for id_ in before
        ]
        trial().into(store)
        assert {s.evidence.origin for s in claims.all_sources(store.connection)} == {"novel"}


def test_store_gives_back_a_study_as_it_came(store: Store) -> None:
    notes = trial()
    read = Study(
        notes.id, StudyDesign.COHORT, 30, (0, 1), n_terms=((0, 1),), why="words", randomised=False, tier="3",
        follow_up=Statistic(0, 1, "duration", 24.0, unit="months"), countries=(("France", 1, 2),), funding_span=(1, 2),
    )  # fmt: skip
    article, sentences, mentions = notes.records()
    store.put(article, sentences, mentions, (), (), read, stage_key="k")
    assert reads.study(store.connection, notes.id) == read


def test_store_put_again_changes_nothing(store: Store) -> None:
    trial().into(store)
    trial(2).into(store)
    assemble(store)
    before = list(logical.lines(store.connection))
    trial().into(store)
    store.put_concepts(CONCEPTS)
    assemble(store)
    assert list(logical.lines(store.connection)) == before


def test_store_content_does_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    contents = []
    for order in ((1, 2, 3), (3, 1, 2)):
        with Store(tmp_path / f"{order}.db") as store:
            for pmid in order:
                trial(pmid).says(f"Rash{pmid % 2} hurts.", f"Rash{pmid % 2}", "associated_with", "hurts").into(store)
                assemble(store)
            store.put_concepts(reversed(CONCEPTS))
            assemble(store)
            contents.append(list(logical.lines(store.connection)))
    assert contents[0] == contents[1]


def test_store_revised_article_replaces_its_rows_and_its_lonely_claims(store: Store) -> None:
    trial().into(store)
    Notes(1).says("Belimumab targets BAFF.", "belimumab", "targets", "BAFF").into(store)
    assemble(store)
    assert [c.claim.key for c in claims.read(store.connection)] == [("MESH:C511911", "targets", "HGNC:11929")]
    assert list(courses.read(store.connection)) == []


def test_store_delete_leaves_no_trace(store: Store) -> None:
    before = list(logical.lines(store.connection))
    trial().into(store)
    assert store.delete("PMID:1")
    assert not store.delete("PMID:1")
    assemble(store)
    assert list(logical.lines(store.connection)) == before
    assert store.connection.execute("SELECT count(*) FROM node").fetchone() == (0,)
    assert store.extracted_key("PMID:1") is None


def test_store_symmetric_claim_is_one_whichever_end_comes_first(store: Store) -> None:
    first = ("Rituximab with belimumab.", "rituximab", "combined_with", "belimumab")
    second = ("Belimumab with rituximab.", "belimumab", "combined_with", "rituximab")
    Notes(1).says(*first).says(*second).into(store)
    assemble(store)
    (claim,) = claims.read(store.connection)
    assert claim.evidence == 2


def test_store_ledger_tells_what_was_read_with_what(store: Store) -> None:
    assert store.extracted_key("PMID:1") is None
    trial().into(store, stage_key="old")
    assert store.extracted_key("PMID:1") == "old"
    store.quarantine(Article("PMID:2", "T"), "ValueError: odd", "trace", stage_key="old", raw_hash="h")
    assert store.extracted_key("PMID:2") is None
    (broken,) = store.quarantined()
    assert (broken.article, broken.error, broken.raw_hash) == ("PMID:2", "ValueError: odd", "h")
    assert reads.article_ids(store.connection) == ["PMID:1", "PMID:2"]
    assert store.record_run(json.dumps({"a": 1})) == 1
    assert store.record_run("{}") == 2
    assert store.runs() == ((1, '{"a": 1}'), (2, "{}"))


def test_store_half_written_article_is_not_there(store: Store) -> None:
    notes = trial()
    with pytest.raises(AttributeError):
        store.put(*notes.records(), [*notes.evidence, None], (), Study("PMID:1"), stage_key="k")  # type: ignore[list-item]
    assert reads.article_ids(store.connection) == []


def test_offsets_of_a_good_store_have_no_fault(store: Store) -> None:
    trial().into(store)
    report = offsets.verify(store.connection)
    assert (report.articles, report.sentences, report.evidence, report.courses) == (1, 4, 2, 1)
    assert report.mentions == 4
    assert report.faults == ()


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("UPDATE mention SET text = 'rituximib' WHERE text = 'RTX'", "'rituximib' is 'RTX'"),
        ('UPDATE sentence SET "end" = 9999 WHERE start = 9', "leaves its passage"),
        ('UPDATE evidence SET "end" = "end" - 1', "not a run of whole sentences"),
        ('UPDATE evidence SET "end" = 9999', "leaves the text"),
        ("UPDATE evidence SET subject_spans = '[[0,9999]]'", "subject (0, 9999)"),
        ("UPDATE evidence SET cues = '[[\"negation\",5,5]]'", "negation (5, 5)"),
        ("UPDATE course SET patients_start = 5, patients_end = 9999", "(5, 9999)"),
        ("UPDATE course SET patients = 7", "patients 7 is not in '4'"),
        ("UPDATE course SET responders = 5", "responders 5 is not in '3'"),
        ("UPDATE course SET patients_start = NULL", "patients 4 with the span None"),
        ("UPDATE article SET study = json_set(study, '$.n', 31)", "study: n 31"),
        ('UPDATE course SET cells = \'{"deaths":2,"deaths_span":[0,1]}\'', "deaths 2 is not in"),
    ],
)
def test_offsets_finds_what_does_not_fit(store: Store, damage: str, fault: str) -> None:
    trial().into(store)
    store.connection.execute(damage)
    report = offsets.verify(store.connection)
    assert any(fault in line and line.startswith("PMID:1: ") for line in report.faults)


def not_sqlite(path: Path) -> None:
    path.write_text("<html>502 Bad Gateway</html>" * 100)


def of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()


def from_the_future(path: Path) -> None:
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    connection.close()


def damaged(path: Path) -> None:
    with Store(path) as store:
        trial().into(store)
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 3996 + content[4096:])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (not_sqlite, "not an SQLite database"),
        (of_another_program, "not a sicca store"),
        (from_the_future, "written by a newer sicca"),
        (damaged, "damaged"),
        (Path.mkdir, "a folder, not a store"),
        (Path.touch, "empty"),
    ],
)
def test_store_says_what_is_wrong_with_a_file(tmp_path: Path, make: Callable[[Path], None], message: str) -> None:
    path = tmp_path / "sicca.db"
    make(path)
    with pytest.raises(InputError, match=message) as caught, Store(path, readonly=True) as store:
        list(logical.lines(store.connection))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_store_says_when_another_process_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphs.store.connection.BUSY_TIMEOUT", 50)
    path = tmp_path / "sicca.db"
    with Store(path) as first, Store(path) as second, first.transaction():
        with pytest.raises(SiccaError, match="another process is writing"):
            trial().into(second)
        with Store(path, readonly=True) as reader:
            assert list(logical.lines(reader.connection)) == []


def test_store_read_only_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "sicca.db"
    Store(path).close()
    with Store(path, readonly=True) as store, pytest.raises(SiccaError, match="cannot be written"):
        trial().into(store)


def test_store_full_disk_is_explained_and_the_store_unharmed(store: Store) -> None:
    trial().into(store)
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    notes = Notes(2)
    for number in range(2000):
        notes.says(f"Thing{number} raises BAFF.", f"Thing{number}", "increases", "BAFF")
    with pytest.raises(SiccaError, match="no space is left"):
        notes.into(store)
    assert reads.article_ids(store.connection) == ["PMID:1"]
    assert offsets.verify(store.connection).faults == ()


def test_store_missing_file_is_not_created_by_reading(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such store"):
        Store(tmp_path / "sicca.db", readonly=True)
    assert not (tmp_path / "sicca.db").exists()


def test_store_opens_from_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        trial().into(store)
    locked = shutil.copytree(tmp_path, tmp_path / "locked")
    (locked / "sicca.db").chmod(0o444)
    locked.chmod(0o555)
    try:
        with Store(locked / "sicca.db", readonly=True) as store:
            assert reads.article_ids(store.connection) == ["PMID:1"]
    finally:
        locked.chmod(0o755)


def test_schema_migrations_are_numbered_up_to_the_version() -> None:
    assert [number for number, _ in schema.migrations()] == list(range(1, schema.SCHEMA_VERSION + 1))
