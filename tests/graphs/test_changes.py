from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.records import Study
from graphs.assembly import assemble
from graphs.changes import Cause, Changes, Kind, diff
from graphs.store import Store
from tests.graphs.fieldnotes import CONCEPTS, Notes

RETRACTED = {"publication_types": (("D016441", "Retracted Publication"),)}


def good(pmid: int, **fields: object) -> Notes:
    notes = Notes(pmid, **fields)  # type: ignore[arg-type]
    return notes.says("RTX helps vasculitis.", "RTX", "treats", "vasculitis", effect="effective")


def bad(pmid: int) -> Notes:
    return Notes(pmid).says("RTX fails in vasculitis.", "RTX", "treats", "vasculitis", effect="ineffective")


def store_of(path: Path, *articles: Notes, stage_key: str = "k", config: str = "c") -> Store:
    store = Store(path)
    store.put_concepts(CONCEPTS)
    for notes in articles:
        article, sentences, mentions = notes.records()
        study = Study(notes.id, notes.design, notes.n, registrations=notes.registrations)
        read = (sentences, mentions, notes.evidence, notes.courses, study)
        store.put(article, *read, stage_key=stage_key, raw_hash=repr(article))
    assemble(store)
    store.record_run(json.dumps({"config_hash": config, "extraction_key": stage_key, "versions": [["spacy", "3"]]}))
    return store


def compare(tmp_path: Path, before: list[Notes], after: list[Notes], **second: str) -> Changes:
    with store_of(tmp_path / "a.db", *before) as one, store_of(tmp_path / "b.db", *after, **second) as two:
        return diff(one, two)


@pytest.mark.parametrize(
    ("before", "after", "kind", "cause"),
    [
        ([], [good(1)], Kind.ADDED, Cause.NEW_PAPER),
        ([good(1)], [], Kind.GONE, Cause.WITHDRAWN),
        ([good(1)], [good(1), good(2)], Kind.STRENGTHENED, Cause.NEW_PAPER),
        ([good(1), good(2)], [good(1)], Kind.WEAKENED, Cause.WITHDRAWN),
        ([good(1)], [good(1), bad(2)], Kind.REVERSED, Cause.NEW_PAPER),
        ([good(1)], [good(1, **RETRACTED)], Kind.RETRACTED, Cause.RETRACTION),
        ([good(1)], [bad(1)], Kind.REVERSED, Cause.REVISED),
        ([good(1), good(2)], [good(1, registrations=("NCT00000001",)), good(2, registrations=("NCT00000001",))],
         Kind.WEAKENED, Cause.COHORT),
    ],
)  # fmt: skip
def test_changes_of_the_world_are_told_with_their_cause(
    tmp_path: Path, before: list[Notes], after: list[Notes], kind: Kind, cause: Cause
) -> None:
    found = compare(tmp_path, before, after)
    (change,) = found.claims
    assert change.kind is kind
    assert [reason.cause for reason in change.reasons] == [cause]
    assert cause.world
    assert found.pipeline == ()


def test_changes_of_the_pipeline_are_told_apart(tmp_path: Path) -> None:
    before = good(1)
    after = good(1)
    after.evidence.clear()
    found = compare(tmp_path, [before], [after], stage_key="k2")
    (change,) = found.claims
    assert (change.kind, change.reasons[0].cause) == (Kind.GONE, Cause.PIPELINE)
    assert not change.reasons[0].cause.world
    assert found.pipeline == ("rules, vocabulary or weights of the extractors",)


def test_changes_of_both_name_both(tmp_path: Path) -> None:
    found = compare(tmp_path, [good(1)], [bad(1)], stage_key="k2", config="c2")
    assert [reason.cause for reason in found.claims[0].reasons] == [Cause.REVISED, Cause.PIPELINE]
    assert found.pipeline == ("settings (config)",)


def test_changes_of_nothing_are_none(tmp_path: Path) -> None:
    found = compare(tmp_path, [good(1), bad(2)], [bad(2), good(1)])
    assert found == Changes((), (), (), (), ())


def test_changes_of_courses(tmp_path: Path) -> None:
    sentence = "Belimumab helped 2 of 3."
    before = Notes(1).treated(sentence, "Belimumab", patients=3, responders=2)
    after = Notes(1).treated(sentence, "Belimumab", patients=3, responders=3)
    found = compare(tmp_path, [before], [after], stage_key="k2")
    assert sorted((c.kind, c.course.responders) for c in found.courses) == [(Kind.ADDED, 3), (Kind.GONE, 2)]
    assert {reason.cause for c in found.courses for reason in c.reasons} == {Cause.PIPELINE}
