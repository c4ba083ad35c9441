"""The picture of precision and recall, from figures made up for the tests."""

from __future__ import annotations

from xml.etree import ElementTree

from benchmarks.precision_recall import at, draw, points

REPORT = {
    "by_min_score": {
        "0.50": {"p": 0.6, "r": 0.4, "tp": 4, "fp": 2},
        "0.10": {"p": 0.3, "r": 0.7, "tp": 7, "fp": 16},
        "0.95": {"p": 0.0, "r": 0.0, "tp": 0, "fp": 0},
    }
}


def test_points_rise_with_the_limit_and_end_where_nothing_is_claimed() -> None:
    assert points(REPORT) == [(0.1, 0.3, 0.7), (0.5, 0.6, 0.4)]


def test_precision_rises_upwards_and_recall_to_the_right() -> None:
    assert at(1.0, 1.0)[1] < at(0.0, 0.0)[1]
    assert at(1.0, 1.0)[0] > at(0.0, 0.0)[0]


def test_the_same_figures_give_the_same_picture_and_it_is_xml() -> None:
    first = draw(points(REPORT), (0.5, 0.5))
    assert first == draw(points(REPORT), (0.5, 0.5))
    root = ElementTree.fromstring(first)  # noqa: S314 (our own picture)
    assert len(root.findall("{http://www.w3.org/2000/svg}circle")) == 3
