"""Candidate sets of drugs; the sentence is synthetic."""

from __future__ import annotations

import numpy as np

from benchmarks.dce_model import prepare, rivals, subsets
from extractors.records import Article
from pipeline.evaluation.combinations import CombinationSentence

TEXT = "Aleparin plus betamab, or gammacort alone, was given."
SENTENCE = CombinationSentence(
    "x", Article("x", "", TEXT), (1, 1 + len(TEXT)), ((1, 9), (15, 22), (27, 36)), {(0, 1): "POS"}
)


def test_few_drugs_are_searched_for_all_sets_of_two_and_more() -> None:
    assert len(subsets(4)) == 6 + 4 + 1


def test_many_drugs_are_searched_for_pairs_and_runs() -> None:
    found = subsets(9)
    assert tuple(range(9)) in found
    assert (0, 8) in found
    assert (0, 2, 4) not in found


def test_the_annotated_set_is_the_right_candidate() -> None:
    candidates = prepare(SENTENCE)
    assert candidates.sets == ((0, 1), (0, 1, 2), (0, 2), (1, 2))
    assert candidates.right.tolist() == candidates.positive.tolist() == [True, False, False, False]


def test_a_set_is_compared_with_those_inside_it_and_around_it() -> None:
    numbers = rivals(prepare(SENTENCE), np.array([2.0, 0.0, -1.0, -2.0]))
    behind_smaller, behind_larger = numbers[:, 4], numbers[:, 5]
    assert behind_smaller[1] == 0.0 - 2.0
    assert behind_larger[0] == 2.0 - 0.0
