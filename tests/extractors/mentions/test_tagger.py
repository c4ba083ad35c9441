import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from extractors.mentions.spelling import BUCKETS, KINDS, Spelling
from extractors.mentions.tagger import LABELS, Emissions, Weights, best_labels
from extractors.mentions.token_features import shift, word_hashes
from extractors.mentions.word_features import WordTable

Floats = NDArray[np.float32]

DUMB = Spelling(np.zeros((BUCKETS, len(KINDS)), dtype=np.float32), np.zeros(len(KINDS), dtype=np.float32))
FEW = 3  # "O" and the two labels of the first type


def brute_force(emissions: Floats, transitions: Floats) -> float:
    """Score of the best path by trying all, over the first few labels."""
    best = -np.inf
    for path in itertools.product(range(FEW), repeat=len(emissions)):
        if LABELS[path[0]][0] == "I":
            continue
        score = sum(float(emissions[i, label]) for i, label in enumerate(path))
        score += sum(float(transitions[a, b]) for a, b in itertools.pairwise(path))
        best = max(best, score)
    return best


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_best_labels_scores_what_trying_all_paths_gives(seed: int, lengths: list[int]) -> None:
    random = np.random.default_rng(seed)
    emissions = np.full((sum(lengths), len(LABELS)), -100, dtype=np.float32)
    emissions[:, :FEW] = random.normal(size=(sum(lengths), FEW))
    transitions = random.normal(size=(len(LABELS), len(LABELS))).astype(np.float32)
    cuts = tuple(np.cumsum([0, *lengths]).tolist())
    labels = best_labels(emissions, transitions, cuts)
    for start, end in itertools.pairwise(cuts):
        path = labels[start:end]
        score = emissions[np.arange(start, end), path].sum() + transitions[path[:-1], path[1:]].sum()
        assert score == pytest.approx(brute_force(emissions[start:end], transitions), abs=1e-3)


def test_best_labels_never_begins_inside_a_mention() -> None:
    emissions = np.zeros((1, len(LABELS)), dtype=np.float32)
    emissions[0, LABELS.index("I-Drug")] = 50
    assert LABELS[best_labels(emissions, np.zeros((len(LABELS),) * 2, dtype=np.float32), (0, 1))[0]][0] != "I"


def test_emissions_add_up_the_weights_around_each_token() -> None:
    table = WordTable({}, DUMB)
    numbers = table.number(["anti", "-", "CD20"])
    features = table.features(numbers)
    hashes = dict(word_hashes(features))
    listed = {int(hashes[0][2, 0]): 1.0, int(hashes[1][2, 0]): 10.0, int(hashes[-2][0, 0]): 100.0}
    keys = sorted(listed)
    values = np.array([[listed[k]] for k in keys], dtype=np.float32)
    steps = np.zeros((1, len(LABELS), len(LABELS)), dtype=np.float32)
    emissions = Emissions(Weights(np.array(keys, dtype=np.uint32), values, ("x",), (("x", "B-Drug"),), steps))
    emissions.add_words(features)
    scores = emissions.score(numbers, np.zeros((3, 1), dtype=np.uint64))
    assert scores[:, 0].tolist() == [0.0, 10.0, 101.0]


@pytest.mark.parametrize(
    ("distance", "expected"), [(0, [1, 2, 3]), (1, [2, 3, 0]), (-1, [0, 1, 2]), (2, [3, 0, 0]), (-5, [0, 0, 0])]
)
def test_shift_moves_rows_and_fills_with_nothing(distance: int, expected: list[int]) -> None:
    assert shift(np.array([1, 2, 3], dtype=np.uint64), distance).tolist() == expected
