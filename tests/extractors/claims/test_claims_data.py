import pytest

from extractors.training.claims_data import occurrences, overlap


@pytest.mark.parametrize(
    ("text", "form", "spans"),
    [
        ("BAFF and BAFF-R", "BAFF", [(0, 4), (9, 13)]),
        ("CD20 CD200", "CD20", [(0, 4)]),
        ("antiCD20", "CD20", [(4, 8)]),
        ("none", "BAFF", []),
    ],
)
def test_occurrences_prefer_whole_words(text: str, form: str, spans: list[tuple[int, int]]) -> None:
    assert occurrences(text, form) == spans


@pytest.mark.parametrize(
    ("one", "other", "touching"),
    [((0, 10), (5, 15), True), ((0, 10), (6, 16), False), ((0, 100), (3, 5), True), ((0, 5), (5, 9), False)],
)
def test_overlap_asks_for_half_of_the_shorter(one: tuple[int, int], other: tuple[int, int], touching: bool) -> None:
    assert overlap(one, other) is touching
    assert overlap(other, one) is touching
