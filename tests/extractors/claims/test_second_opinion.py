import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from extractors.claims.candidates import NOTHING, Candidates
from extractors.claims.model import Calibration
from extractors.claims.pairs import Pair
from extractors.claims.second_opinion import NUMBERS, Blend, _best_rival, opinions

NONE = np.zeros(1, np.float32)
STARTS = np.array([0.25, -1.0], np.float32)
ODDS = st.sampled_from([-9.0, -3.0, 0.5, 2.0])


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8), st.data())
def test_the_best_rival_is_the_best_of_the_others(ends: list[int], data: st.DataObject) -> None:
    odds = data.draw(arrays(np.float32, (len(ends), 2), elements=ODDS))
    found = _best_rival(odds, np.array(ends))
    for row, end in enumerate(ends):
        others = [odds[i] for i, other in enumerate(ends) if other == end and i != row]
        assert np.array_equal(found[row], np.max(others, axis=0) if others else np.full(2, NOTHING))


def test_a_candidate_has_its_numbers() -> None:
    pairs = (Pair(0, 1, ()), Pair(1, 0, ()), Pair(0, 2, ()))
    odds = np.array([[1.0, -2.0], [0.5, NOTHING], [3.0, -5.0]], np.float32)
    found = Candidates(np.array([0, 2]), np.array([0, 1]), np.zeros((2, 1), np.float32))
    numbers = opinions(odds, pairs, found, np.array([0.25, -0.25]))
    assert numbers.shape == (2, len(NUMBERS))
    assert numbers[0].tolist() == [0.25, 1.0, 0.5, -2.0, 3.0, NOTHING]
    assert numbers[1].tolist() == [-0.25, -5.0, NOTHING, 3.0, -2.0, NOTHING]


def test_manner_is_weighed_from_words_and_encoder_class_by_class() -> None:
    manner = np.zeros((4, 2), np.float32)
    manner[0, 0], manner[2, 0] = 0.5, 2.0  # the first class: by words, by the encoder
    manner[3, 1] = 1.0
    blend = Blend(NONE, NONE, Calibration(NONE, NONE), NONE, manner, STARTS)
    odds = blend.manner_odds(np.array([[4.0, 9.0]], np.float32), np.array([[-1.0, 3.0]], np.float32))
    assert odds.tolist() == [[4.0 * 0.5 - 2.0 + 0.25, 3.0 - 1.0]]
