import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mentions.spelling import BUCKETS, KINDS, SILENT, Spelling
from extractors.mentions.word_features import FEATURES, WordTable, describe, normal_form, wide_hash, word_shape

#: Says the same of every word.
DUMB = Spelling(np.zeros((BUCKETS, len(KINDS)), dtype=np.float32), np.zeros(len(KINDS), dtype=np.float32))


@pytest.mark.parametrize(
    ("word", "normal"),
    [
        ("Rituximab", "rituximab"),
        ("Sjögren", "sjogren"),
        ("cryoglobulinaemia", "cryoglobulinemia"),
        ("oedemas", "edema"),
        ("TNFα", "tnfalpha"),
        ("cells", "cell"),
        ("lupus", "lupus"),
        ("remission", "remission"),
        ("diagnosis", "diagnosis"),
        ("class", "class"),
        ("mice", "mice"),
        ("12", "00"),
        ("2024", "0000"),
        ("123456", "0000"),
        ("0.05", "0.0"),
        ("10,000", "0.0"),
        ("CD20", "cd20"),
        ("aer", "aer"),
    ],
)
def test_normal_form_joins_spellings_of_one_word(word: str, normal: str) -> None:
    assert normal_form(word) == normal


@pytest.mark.parametrize(("word", "shape"), [("CD20", "XX00"), ("Sjögren", "Xxxxxxx"), ("β2", "x0"), ("+", "+")])
def test_word_shape_keeps_case_and_digits(word: str, shape: str) -> None:
    assert word_shape(word) == shape


def test_describe_uses_a_known_class_and_endings_for_unknown_words() -> None:
    known = dict(zip(FEATURES, describe("belimumab", {"belimumab": (1, 2, 3)}, SILENT), strict=True))
    unknown = dict(zip(FEATURES, describe("xyzlimumab", {}, SILENT), strict=True))
    assert (known["cluster64"], known["cluster256"], known["cluster1024"]) == ("1", "2", "3")
    assert (unknown["cluster64"], unknown["suffix4"]) == ("?mab", "umab")


def test_word_table_gives_each_spelling_one_number() -> None:
    table = WordTable({}, DUMB)
    assert table.number(["B", "cell", "-", "B"]) == [0, 1, 2, 0]
    assert len(table) == 3
    assert table.features([0, 1]).shape == (2, len(FEATURES))
    assert table.hyphens([0, 1, 2]).tolist() == [False, False, True]


def test_word_table_tells_case_apart_only_in_the_exact_name() -> None:
    table = WordTable({}, DUMB)
    (normal_upper, exact_upper), (normal_lower, exact_lower) = table.names(table.number(["WAS", "was"]))
    assert normal_upper == normal_lower
    assert exact_upper != exact_lower


@given(st.text(alphabet="abcdefgorsiu", min_size=1, max_size=20))
def test_normal_form_does_not_depend_on_case(word: str) -> None:
    assert normal_form(word.upper()) == normal_form(word)
    assert 0 <= wide_hash(word) < 1 << 64
    assert wide_hash(word) != wide_hash(word + "x")
