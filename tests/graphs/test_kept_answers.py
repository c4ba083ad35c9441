"""Contradictions, findings and counts are kept as rows: they must be what would be reckoned anew at any time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.synthetic_store import World, put_article
from graphs import contradictions, findings, paths, query
from graphs.answers import CourseSource
from graphs.assembly import assemble
from graphs.store import Store, claims, counts, courses
from graphs.tables.summary import Finding, summarise
from graphs.topics import understand
from tests.graphs.fieldnotes import Notes
from tests.graphs.generated import generate
from tests.graphs.older import of_schema


def told(store: Store) -> tuple[object, ...]:
    """Return all that is kept, in the order in which it is shown."""
    conditions = [id_ for (id_,) in store.connection.execute("SELECT id FROM node ORDER BY id")]
    return (
        contradictions.find(store.connection),
        findings.find(store.connection, conditions),
        query.statistics(store.connection),
        query.names(store.connection, limit=50),
    )


def fill(store: Store, numbers: list[int]) -> None:
    """Put the articles of these numbers into a store, in this order."""
    world = World(120, 5)
    store.put_concepts(concept for found in world.concepts.values() for concept in found)
    for number in numbers:
        world.random = random.Random(number)
        put_article(store, world, number)


def stale(store: Store) -> None:
    store.connection.execute("UPDATE claim SET fresh = 0")
    store.connection.execute("UPDATE finding SET fresh = 0")


def twice(store: Store) -> None:
    assemble(store)


def deleted(store: Store) -> None:
    for number in range(61, 90):
        store.delete(f"PMID:{number}")


def revised(store: Store) -> None:
    """Put other content under an article's id, then its own again."""
    for number in range(5, 20):
        world = World(120, 5)
        world.random = random.Random(1000 + number)
        put_article(store, world, number)
    assemble(store)
    fill(store, list(range(5, 20)))


@pytest.mark.parametrize("change", [stale, twice, deleted, revised])
def test_what_is_kept_does_not_depend_on_how_the_store_came_about(
    tmp_path: Path, change: Callable[[Store], None]
) -> None:
    with Store(tmp_path / "one.db") as one, Store(tmp_path / "two.db") as two:
        fill(one, list(range(1, 61)))
        assemble(one)
        fill(two, [*range(60, 0, -1), *(range(61, 90) if change is deleted else ())])
        assemble(two)
        change(two)
        assemble(two)
        assert told(two) == told(one)
        assert len(contradictions.find(one.connection)) > 3


def test_what_is_kept_of_an_older_store_is_written_by_the_next_assembly(tmp_path: Path) -> None:
    with Store(tmp_path / "new.db") as store:
        generate(store)
        expected = told(store)
    with Store(of_schema(5, tmp_path / "new.db", tmp_path / "older.db")) as older:
        assert assemble(older) > 0
        assert told(older) == expected


def shown(finding: Finding) -> Finding:
    return replace(finding, sources=finding.sources[:1])


def standing(store: Store) -> list[CourseSource]:
    return [source for source in courses.find(store.connection) if not source.retracted]


def test_findings_are_those_summed_up_from_all_courses(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        generate(store)
        for number, fields in ((901, {}), (902, {"publication_types": (("D016441", "Retracted Publication"),)})):
            Notes(number, **fields).treated(  # type: ignore[arg-type]
                "Belimumab helped 2 of 3 with lymphoma.", "belimumab", condition="lymphoma", patients=3, responders=2
            ).into(store)
        assemble(store)
        expected = tuple(map(shown, summarise(standing(store))))
        conditions = sorted({finding.condition_id for finding in expected})
        assert findings.find(store.connection, conditions) == expected
        assert findings.find(store.connection, conditions, limit=4) == expected[:4]
        (one,) = [f for f in expected if f.treatment == "belimumab"]
        assert (one.articles, one.patients_low, one.responders_low) == (1, 3, 2)


def test_a_finding_goes_with_its_last_course(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        Notes(1).treated("RTX in vasculitis.", "RTX", condition="vasculitis", patients=2).into(store)
        assemble(store)
        assert [f.treatment for f in findings.find(store.connection, ["MESH:D014657"])] == ["rituximab"]
        store.delete("PMID:1")
        assert findings.find(store.connection, ["MESH:D014657"]) == ()
        assemble(store)
        assert store.connection.execute("SELECT count(*) FROM finding").fetchone() == (0,)


def test_a_contradiction_is_not_shown_once_a_side_has_gone_and_the_claim_awaits_assembly(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        Notes(1).says("RTX helps vasculitis.", "RTX", "treats", "vasculitis", effect="effective").into(store)
        Notes(2).says("RTX fails in vasculitis.", "RTX", "treats", "vasculitis", effect="ineffective").into(store)
        assemble(store)
        (found,) = contradictions.find(store.connection)
        assert contradictions.of_claim(store.connection, found.claim) == (found,)
        store.delete("PMID:2")
        assert contradictions.find(store.connection) == ()
        assert claims.stale(store.connection) == 1
        assemble(store)
        assert store.connection.execute("SELECT count(*) FROM contradiction").fetchone() == (0,)


def test_a_claim_is_not_shown_by_a_sentence_that_has_gone_while_it_awaits_assembly(tmp_path: Path) -> None:
    """The row of the deleted sentence is given to another claim's at once."""
    with Store(tmp_path / "sicca.db") as store:
        Notes(1, n=9).says("RTX targets CD20.", "RTX", "targets", "CD20").into(store)
        Notes(2, n=90).says("RTX, which targets CD20.", "RTX", "targets", "CD20").into(store)
        assemble(store)
        (answer,) = query.answers(store.connection, list(claims.read(store.connection)))
        claim = answer.claim.claim
        drug, protein = (understand(store.connection, end.key) for end in (claim.subject, claim.object))
        (path,) = paths.find(store.connection, drug, protein)
        assert answer.source.evidence.article == path.sources[0].evidence.article == "PMID:2"
        store.delete("PMID:2")
        Notes(3).says("Zinc helps lymphoma.", "zinc", "treats", "lymphoma", effect="effective").into(store)
        assert query.answers(store.connection, list(claims.read(store.connection))) == ()
        assert paths.find(store.connection, drug, protein) == ()
        assemble(store)
        (path,) = paths.find(store.connection, drug, protein)
        assert path.sources[0].evidence.article == "PMID:1"


def test_a_finding_is_not_shown_by_a_course_that_has_gone_while_it_awaits_assembly(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        for number, patients in ((1, 2), (2, 8)):
            Notes(number).treated("RTX in vasculitis.", "RTX", condition="vasculitis", patients=patients).into(store)
        assemble(store)
        (found,) = findings.find(store.connection, ["MESH:D014657"])
        assert found.sources[0].course.article == "PMID:2"
        store.delete("PMID:2")
        Notes(3).treated("Belimumab in lymphoma.", "belimumab", condition="lymphoma", patients=3).into(store)
        assert findings.find(store.connection, ["MESH:D014657"]) == ()
        assemble(store)
        (found,) = findings.find(store.connection, ["MESH:D014657"])
        assert (found.patients_low, found.sources[0].course.article) == (2, "PMID:1")


def test_opposite_claims_contradict_whichever_was_assembled_first(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        Notes(1).says("RTX raises BAFF.", "RTX", "increases", "BAFF").into(store)
        assemble(store)
        assert contradictions.find(store.connection) == ()
        Notes(2).says("RTX lowers BAFF.", "RTX", "decreases", "BAFF").into(store)
        assemble(store)
        (found,) = contradictions.find(store.connection)
        both = {found.claim.id, found.other_claim.id}
        for claim in claims.by_ids(store.connection, sorted(both)).values():
            assert contradictions.of_claim(store.connection, claim) == (found,)
        Notes(1).says("RTX raises BAFF.", "RTX", "increases", "BAFF", negated=True).into(store)
        assemble(store)
        assert contradictions.find(store.connection) == ()


def test_statistics_are_counted_anew_while_articles_await_assembly(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        Notes(1).says("RTX helps vasculitis.", "RTX", "treats", "vasculitis").into(store)
        assemble(store)
        kept = counts.statistics(store.connection)
        store.connection.execute("UPDATE statistic SET count = 7 WHERE what = 'articles' AND value = 'all'")
        assert ("articles", "all", 7) in counts.statistics(store.connection)
        Notes(2).says("RTX helps vasculitis.", "RTX", "treats", "vasculitis").into(store)
        assert ("articles", "all", 2) in counts.statistics(store.connection)
        store.delete("PMID:2")
        assemble(store)
        assert counts.statistics(store.connection) == kept
