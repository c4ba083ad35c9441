"""A topic with thousands of kinds is answered by other searches than a narrow one, and answered the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.records import Concept, MentionType
from extractors.values import Predicate
from graphs import contradictions, ends, findings, paths
from graphs.assembly import assemble
from graphs.store import Store, claims, courses, hierarchy, walks
from graphs.topics import Topic, understand
from tests.graphs.generated import generate

TYPES = ("Drug", "Disease", "Protein")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("broad") / "sicca.db") as store:
        generate(store)
        yield store


def hub(store: Store, type_: str) -> Topic:
    (curie,) = store.connection.execute("SELECT min(curie) FROM concept WHERE type = ?", (type_,)).fetchone()
    topic = understand(store.connection, curie)
    assert len(topic.ids) > 10
    return topic


def listed(topic: Topic) -> tuple[str, ...]:
    return tuple(topic.ids)


@pytest.fixture(params=[0, 20, 10_000])
def broadly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every topic for a broad one, with each way of looking for its claims."""
    monkeypatch.setattr(hierarchy, "BROAD", 0)
    monkeypatch.setattr(claims, "FEW", request.param)


@pytest.mark.usefixtures("broadly")
@pytest.mark.parametrize("limit", [1, 7, 60, -1])
@pytest.mark.parametrize("predicates", [(), (Predicate.TREATS, Predicate.REFRACTORY_TO)])
@pytest.mark.parametrize("sides", [("subjects",), ("objects",), ("subjects", "objects")])
@pytest.mark.parametrize("verdicts", [(), ("effective",), ("stated", "denied")])
def test_claims_of_a_broad_topic_are_those_found_node_by_node(
    made: Store, sides: tuple[str, ...], predicates: tuple[Predicate, ...], limit: int, verdicts: tuple[str, ...]
) -> None:
    topics = {"subjects": hub(made, "Drug"), "objects": hub(made, "Disease")}
    asked = {"predicates": predicates, "verdicts": verdicts, "limit": limit}
    broad = claims.find(made.connection, **{side: topics[side].ids for side in sides}, **asked)  # type: ignore[arg-type]
    narrow = claims.find(made.connection, **{side: listed(topics[side]) for side in sides}, **asked)  # type: ignore[arg-type]
    assert broad == narrow
    assert broad or verdicts == ("stated", "denied")


@pytest.mark.usefixtures("broadly")
def test_claims_of_one_broad_topic_and_a_narrow_one(made: Store) -> None:
    drug, disease = hub(made, "Drug"), hub(made, "Disease")
    one = understand(made.connection, disease.id, kinds=False)
    broad = ends.between(made.connection, subject=drug, object=one, limit=9)
    narrow = claims.find(made.connection, subjects=listed(drug), objects=listed(one), limit=9)
    assert broad
    assert broad == narrow


@pytest.mark.usefixtures("broadly")
def test_contradictions_of_a_broad_topic_are_those_found_node_by_node(made: Store) -> None:
    for type_ in TYPES:
        topic = hub(made, type_)
        broad = contradictions.find(made.connection, ids=topic.ids)
        assert bool(broad) == (type_ != "Protein")  # no claim on a protein contradicts another here
        assert broad == contradictions.find(made.connection, ids=listed(topic))


@pytest.mark.usefixtures("broadly")
@pytest.mark.parametrize("order", courses.ORDERS)
def test_courses_of_a_broad_topic_are_those_found_node_by_node(made: Store, order: str) -> None:
    drug, disease = hub(made, "Drug"), hub(made, "Disease")
    for field, topic in (("current", drug), ("prior", drug), ("conditions", disease)):
        asked = {"order": order, "limit": 12, "offset": 2}
        broad = courses.find(made.connection, **{field: topic.ids}, **asked)  # type: ignore[arg-type]
        assert broad
        assert broad == courses.find(made.connection, **{field: listed(topic)}, **asked)  # type: ignore[arg-type]


@pytest.mark.usefixtures("broadly")
def test_findings_of_a_broad_topic_are_those_found_node_by_node(made: Store) -> None:
    disease = hub(made, "Disease")
    broad = findings.find(made.connection, disease.ids)
    assert broad
    assert broad == findings.find(made.connection, listed(disease))


def test_nodes_of_a_broad_topic_are_those_of_its_ids(made: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for type_ in TYPES:
        topic = hub(made, type_)
        narrow = hierarchy.nodes(made.connection, listed(topic))
        assert narrow
        monkeypatch.setattr(hierarchy, "BROAD", 0)
        assert hierarchy.nodes(made.connection, topic.ids) == narrow
        monkeypatch.undo()


@pytest.mark.parametrize("kinds", [1, 3, 9])
def test_paths_of_a_broad_topic_are_those_found_node_by_node(
    made: Store, monkeypatch: pytest.MonkeyPatch, kinds: int
) -> None:
    """With few kinds to a share, the first ring is cut as it is for a hub of thousands."""
    drug, protein = hub(made, "Drug"), hub(made, "Protein")
    monkeypatch.setattr(paths, "MOST_FIRST", kinds * len(drug.ids))
    narrow = paths.find(made.connection, drug, protein)
    assert narrow
    monkeypatch.setattr(hierarchy, "BROAD", 0)
    assert paths.find(made.connection, drug, protein) == narrow


def kinds(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT ancestor, child FROM kind").fetchall())


def test_kinds_follow_the_links_of_concepts_whatever_their_order_and_circles(tmp_path: Path) -> None:
    def concept(name: str, *parents: str) -> Concept:
        return Concept(name, name, MentionType.DISEASE, parents=parents)

    with Store(tmp_path / "sicca.db") as store:
        store.put_concepts([concept("c", "b"), concept("b", "a"), concept("a")])
        assert kinds(store.connection) == {("a", "b"), ("a", "c"), ("b", "c")}
        store.put_concepts([concept("b", "x")])
        assert kinds(store.connection) == {("x", "b"), ("x", "c"), ("b", "c")}
        store.put_concepts([concept("x", "c")])
        assert hierarchy.below(store.connection, ["x"]) == ["b", "c", "x"]
        assert understand(store.connection, "a").ids == ("a",)


#: What triggers keep, and the query that counts it anew.
KEPT = {
    "SELECT topic, node FROM topic_node": "SELECT id, key FROM node"
    " UNION SELECT k.ancestor, n.key FROM kind k JOIN node n ON n.id = k.child",
    "SELECT * FROM node_claims": "SELECT subject, 'subject', predicate, count(*) FROM claim GROUP BY 1, 3"
    " UNION SELECT object, 'object', predicate, count(*) FROM claim GROUP BY 1, 3",
    "SELECT key, claims FROM node": "SELECT key, (SELECT count(*) FROM claim WHERE subject = node.key)"
    " + (SELECT count(*) FROM claim WHERE object = node.key) FROM node",
}


def strongest(store: Store) -> list[tuple[object, ...]]:
    return store.connection.execute(
        "SELECT claim, subject, predicate, object, verdict, belief FROM strongest"
    ).fetchall()


def test_strongest_claims_of_nodes_are_those_found_node_by_node_whatever_came_and_went(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        generate(store, articles=40)
        before = strongest(store)
        for number in range(1, 41, 3):
            store.delete(f"PMID:{number}")
        assert set(strongest(store)) < set(before)
        assemble(store)
        nodes = [key for (key,) in store.connection.execute("SELECT key FROM node ORDER BY key")]
        assert strongest(store) == [tuple(edge) for edge in walks.around(store.connection, nodes, most=1)] != before


@pytest.mark.parametrize("query", KEPT)
def test_counts_and_nodes_of_topics_follow_articles_that_come_change_and_go(tmp_path: Path, query: str) -> None:
    with Store(tmp_path / "sicca.db") as store:
        generate(store, articles=30)

        def differ() -> set[tuple[object, ...]]:
            kept, counted = (set(store.connection.execute(sql).fetchall()) for sql in (query, KEPT[query]))
            assert kept
            return kept ^ counted

        assert differ() == set()
        for number in range(1, 31, 3):
            store.delete(f"PMID:{number}")
        assert differ() == set()
        assemble(store)
        assert differ() == set()
