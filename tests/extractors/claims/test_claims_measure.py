import numpy as np
import pytest

from extractors.training.claims_measure import reliability


def test_reliability_by_hand() -> None:
    scores = np.array([0.95, 0.95, 0.15, 0.15])
    right = np.array([True, False, False, False])
    table, error = reliability(scores, right)
    assert [(round(mean, 6), share, number) for mean, share, number in table] == [(0.15, 0.0, 2), (0.95, 0.5, 2)]
    assert error == pytest.approx((0.15 * 2 + 0.45 * 2) / 4)
