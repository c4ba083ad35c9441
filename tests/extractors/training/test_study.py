"""Weights that rank candidates."""

from extractors.linear import LinearModel
from extractors.training.study import Group, fit_ranking


def ranker(groups: list[Group]) -> LinearModel:
    content = fit_ranking(groups, l2=0.1, rarest=1)
    weights = content["weights"]
    assert isinstance(weights, dict)
    return LinearModel(("right",), (0.0,), {name: tuple(values) for name, values in weights.items()})


def test_a_number_counts_by_how_large_it_is() -> None:
    model = ranker([[({"odds": 3.0}, True), ({"odds": -1.0}, False)], [({"odds": 0.5}, False), ({"odds": 2.0}, True)]])
    assert model.score({"odds": 3.0}) > model.score({"odds": 1.0}) > 0 > model.score({"odds": -1.0})


def test_what_marks_the_right_candidates_weighs_most() -> None:
    model = ranker([[({"good": 1.0, "any": 1.0}, True), ({"bad": 1.0, "any": 1.0}, False)]] * 3)
    assert model.score({"good": 1.0}) > model.score({"any": 1.0}) > model.score({"bad": 1.0})
