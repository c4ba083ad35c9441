"""Claims are found by what stands at their ends, each once, in the order of the store."""

from __future__ import annotations

from itertools import permutations

import pytest

from extractors.values import Predicate
from graphs import ends
from graphs.store import Store, claims
from graphs.topics import understand
from tests.graphs.told import tell


@pytest.fixture
def told(store: Store) -> Store:
    tell(store)
    return store


def test_ends_claims_of_several_searches_are_ranked_as_the_store_ranks_one(told: Store) -> None:
    stored = claims.find(told.connection)
    assert len({claim.verdict for claim in stored}) > 2
    for found in permutations(stored[:5]):
        assert ends.ranked([*found, *found[:2]]) == stored[:5]
    assert ends.ranked(stored[::-1]) == stored
    assert ends.ranked(stored[::-1], 2) == stored[:2]


def test_ends_about_finds_a_topic_at_either_end_once(told: Store) -> None:
    topic = understand(told.connection, "BAFF")
    found = ends.between(told.connection, about=topic)
    assert (
        {topic.id} & {c.claim.subject.key for c in found} == {topic.id} & {c.claim.object.key for c in found} != set()
    )
    assert found == [
        c for c in claims.find(told.connection) if {c.claim.subject.key, c.claim.object.key} & {*topic.ids}
    ]


def test_ends_about_narrows_the_ends_that_are_named(told: Store) -> None:
    baff, drug = (understand(told.connection, name) for name in ("BAFF", "rituximab"))
    found = ends.between(told.connection, about=baff, subject=drug)
    assert found
    assert {c.claim.subject.key for c in found} == {drug.id}
    assert {c.claim.object.key for c in found} == {baff.id}
    assert ends.between(told.connection, about=baff, subject=drug, object=drug) == []


def test_ends_no_topic_leaves_all_of_a_predicate(told: Store) -> None:
    found = ends.between(told.connection, predicates=(Predicate.TREATS,))
    assert found == claims.find(told.connection, predicates=(Predicate.TREATS,))
