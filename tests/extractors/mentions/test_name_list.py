import numpy as np
import pytest

from extractors.mentions.name_list import CATEGORIES, FIRST, INNER, LAST, OUTSIDE, SINGLE, NameList, name_key
from extractors.mentions.spelling import BUCKETS, KINDS, Spelling
from extractors.mentions.word_features import WordTable

DUMB = Spelling(np.zeros((BUCKETS, len(KINDS)), dtype=np.float32), np.zeros(len(KINDS), dtype=np.float32))
DISEASE, CELL, SYMBOL = (CATEGORIES.index(c) for c in ("disease", "cell", "symbol"))


@pytest.fixture
def names() -> NameList:
    listed = [
        (["B", "cell"], False, CELL),
        (["B", "-", "cell", "lymphoma"], False, DISEASE),
        (["vasculitis"], False, DISEASE),
        (["WAS"], True, SYMBOL),
    ]
    return NameList.of((name_key(words, exact=exact), 1 << bit) for words, exact, bit in listed)


def places(names: NameList, text: str, category: int) -> list[int]:
    table = WordTable({}, DUMB)
    numbers = table.number(text.split())
    found, _ = names.tag(table.names(numbers), table.hyphens(numbers))
    column: list[int] = found[:, category].tolist()
    return column


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        ("the B cell here", CELL, [OUTSIDE, FIRST, LAST, OUTSIDE]),
        ("the B - cell here", CELL, [OUTSIDE, FIRST, INNER, LAST, OUTSIDE]),
        ("B - cells", CELL, [FIRST, INNER, LAST]),
        ("B cell lymphoma", DISEASE, [FIRST, INNER, LAST]),
        ("B cells lymphomas", DISEASE, [FIRST, INNER, LAST]),
        ("cell lymphoma", DISEASE, [OUTSIDE, OUTSIDE]),
        ("Vasculitis", DISEASE, [SINGLE]),
        ("WAS", SYMBOL, [SINGLE]),
        ("it was seen", SYMBOL, [OUTSIDE, OUTSIDE, OUTSIDE]),
        ("-", CELL, [OUTSIDE]),
    ],
)
def test_tag_marks_the_place_in_the_name(names: NameList, text: str, category: int, expected: list[int]) -> None:
    assert places(names, text, category) == expected


def test_tag_gives_the_length_of_the_longest_name(names: NameList) -> None:
    table = WordTable({}, DUMB)
    numbers = table.number(["B", "cell", "lymphoma", "and", "vasculitis"])
    _, lengths = names.tag(table.names(numbers), table.hyphens(numbers))
    assert lengths.tolist() == [3, 3, 3, 0, 1]


def test_of_joins_the_categories_of_one_name() -> None:
    key = name_key(["insulin"], exact=False)
    joined = NameList.of([(key, 1), (key, 4)])
    assert joined.look_up(np.array([key], dtype=np.uint64)).tolist() == [5]
    assert joined.look_up(np.array([key + 1, 0], dtype=np.uint64)).tolist() == [0, 0]
