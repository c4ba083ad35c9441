"""`sicca check` tells of every kind of kept row that no longer says what the claims say."""

import random
from collections.abc import Iterator

import pytest

from benchmarks.synthetic_store import World, put_article
from graphs.assembly import assemble
from graphs.store import Store, kept

TAMPERED = {
    "kinds of a concept": "DELETE FROM kind WHERE (ancestor, child) IN (SELECT ancestor, child FROM kind LIMIT 1)",
    "nodes of a topic": "INSERT INTO topic_node SELECT 'X:1', key FROM node LIMIT 1",
    "numbers of claims by end and predicate": "UPDATE node_claims SET claims = claims + 1",
    "numbers of claims of a node": "UPDATE node SET claims = claims + 1 WHERE claims > 0",
    "strongest claims of a node": "DELETE FROM strongest WHERE side = 0",
    "a claim's quote is no sentence of its own": "UPDATE claim SET quote = NULL",
    "a claim's numbers are not those of its evidence": "UPDATE claim SET articles = articles + 1",
    "a side of a contradiction has no sentence of its own": "UPDATE contradiction SET evidence = 0",
    "a finding's largest course is none of its own": "UPDATE finding SET course = NULL",
    "a finding's articles are not those of its courses": "UPDATE finding SET articles = articles + 1 WHERE articles > 0",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("kept") / "sicca.db") as made:
        world = World(120, 5)
        made.put_concepts(concept for found in world.concepts.values() for concept in found)
        for number in range(120):
            world.random = random.Random(number)
            put_article(made, world, number + 1)
        assemble(made)
        yield made


def test_what_assembly_and_triggers_keep_is_right(store: Store) -> None:
    assert list(kept.faults(store.connection)) == []


@pytest.mark.parametrize("what", TAMPERED)
def test_a_kept_row_that_is_wrong_is_told(store: Store, what: str) -> None:
    connection = store.connection
    connection.execute("BEGIN")
    try:
        assert connection.execute(TAMPERED[what]).rowcount > 0
        assert any(fault.startswith(what) for fault in kept.faults(connection))
    finally:
        connection.execute("ROLLBACK")
    assert list(kept.faults(connection)) == []


def test_every_fault_is_tried() -> None:
    assert set(TAMPERED) == {what for what, *_ in (*kept._TABLES, *kept._ROWS)}


def test_what_awaits_assembly_is_passed_over(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("UPDATE claim SET fresh = 0, quote = NULL WHERE key = (SELECT min(key) FROM claim)")
    assert list(kept.faults(store.connection)) == []
    assemble(store)
    assert store.connection.execute("SELECT count(*) FROM claim WHERE quote IS NULL").fetchone() == (0,)
