import pytest

from extractors.scores import Score, compare


def test_scores_by_hand() -> None:
    score = compare({("a",), ("b",), ("c",)}, {("b",), ("c",), ("d",), ("e",)})
    assert score == Score(right=2, wrong=1, missed=2)
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(1 / 2)
    assert score.f1 == pytest.approx(4 / 7)
    assert Score().f1 == 0.0
