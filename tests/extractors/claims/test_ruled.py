"""Readings of trigger patterns beside the candidates of the trees."""

import numpy as np
import pytest

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.pairs import Pair
from extractors.claims.ruled import Scores, admit
from extractors.claims.rules import Rule
from extractors.values import Predicate

TREATS, THEN, WITH = (PREDICATES.index(p) for p in (Predicate.TREATS, Predicate.FOLLOWED_BY, Predicate.COMBINED_WITH))
PAIRS = (Pair(0, 1, ()), Pair(1, 0, ()), Pair(0, 2, ()))
RULES = tuple(
    Rule(predicate, ("S", "then", "O"), frozenset(), frozenset(), 5, None, 0.5)
    for predicate in (Predicate.FOLLOWED_BY, Predicate.FOLLOWED_BY, Predicate.TREATS, Predicate.COMBINED_WITH)
)
WORTH = np.array([0.4, 0.6, 0.0, 0.5], np.float32)


def judged(*rows: tuple[int, int, float]) -> tuple[Candidates, Scores]:
    own = Candidates(
        np.array([r for r, _, _ in rows], np.intp),
        np.array([p for _, p, _ in rows], np.intp),
        np.zeros((len(rows), 3), np.float32),
    )
    return own, np.array([s for _, _, s in rows])


@pytest.mark.parametrize(
    ("matched", "expected"),
    [
        ({(0, 1): [(0, 0.5)]}, [(0, THEN, 0.4), (2, TREATS, 0.3)]),
        ({(0, 1): [(0, 0.5), (1, 0.5)]}, [(0, THEN, 0.6), (2, TREATS, 0.3)]),
        ({(0, 2): [(2, 0.5)]}, [(2, TREATS, 0.3)]),
        ({(1, 0): [(3, 0.5)]}, [(0, WITH, 0.5), (2, TREATS, 0.3)]),
        ({(2, 0): [(0, 0.5)]}, [(2, TREATS, 0.3)]),
        ({}, [(2, TREATS, 0.3)]),
    ],
    ids=["a new one", "the best pattern", "an untrusted pattern", "a symmetric one has one order", "no pair", "none"],
)
def test_admit_adds_what_trusted_patterns_read_in_order(
    matched: dict[tuple[int, int], list[tuple[int, float]]], expected: list[tuple[int, int, float]]
) -> None:
    found, scores = admit(*judged((2, TREATS, 0.3)), PAIRS, matched, RULES, WORTH)
    read = list(zip(found.rows.tolist(), found.predicates.tolist(), scores.tolist(), strict=True))
    assert read == [(row, predicate, pytest.approx(score)) for row, predicate, score in expected]


@pytest.mark.parametrize(("trees", "expected"), [(0.1, 0.4), (0.9, 0.9)])
def test_admit_keeps_the_better_of_two_scores(trees: float, expected: float) -> None:
    _, scores = admit(*judged((0, THEN, trees)), PAIRS, {(0, 1): [(0, 0.5)]}, RULES, WORTH)
    assert scores.tolist() == [pytest.approx(expected)]
