"""Expressions written for this table: kind, comparator, value/total, ±spread, [low, high], unit."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.cue_patterns import fold_case
from extractors.records import Sentence, Statistic
from extractors.statistics.checks import find_discrepancies
from extractors.statistics.numbers import parse_number
from extractors.statistics.reader import find_statistics
from extractors.statistics.shapes import Shape, number_starts, shapes

TABLE = Path(__file__).with_name("expressions.tsv")


def rows() -> list[tuple[str, list[str]]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        return [(text, stated.split("; ") if stated else []) for text, stated in reader]


def written(statistic: Statistic) -> str:
    value = "?" if statistic.value is None else f"{statistic.value:g}"
    parts = [f"{'' if statistic.comparator == '=' else statistic.comparator}{value}"]
    if statistic.total is not None:
        parts[0] += f"/{statistic.total:g}"
    if statistic.spread is not None:
        parts.append(f"±{statistic.spread:g}")
    if statistic.low is not None:
        parts.append(f"[{statistic.low:g}, {statistic.high:g}]")
    if statistic.unit:
        parts.append(statistic.unit)
    return " ".join((statistic.kind, *parts))


@pytest.mark.parametrize(("text", "wanted"), rows(), ids=[text for text, _ in rows()])
def test_statistics_of_an_expression_have_the_values_it_states(text: str, wanted: list[str]) -> None:
    assert [written(s) for s in find_statistics(text)] == wanted


def test_statistics_table_holds_at_least_200_expressions() -> None:
    assert len(rows()) >= 200


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twelve", 12),
        ("twenty-nine", 29),
        ("one hundred and two", 102),
        ("two thousand and six", 2006),
        ("a hundred", 100),
    ],
)
def test_numbers_in_words_have_their_value(words: str, value: float) -> None:
    assert parse_number(words) == value


def test_a_word_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number("several")


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Seven of nine patients (78%) improved.", []),
        ("7/9 (77.8%) improved.", []),
        ("7/9 (87%) improved.", ["share is not count/total"]),
        ("12 (70%) of 15 patients improved.", ["share is not count/total"]),
        ("9 of 7 patients improved.", ["part is larger than the whole"]),
        ("HR 0.9 (95% CI 0.3–0.8).", ["value lies outside its interval"]),
        ("HR 0.5 (95% CI 0.8–0.3).", ["lower bound is above the upper"]),
        ("We randomised 40 patients to A (n = 20) or B (n = 20).", []),
        ("We randomised 40 patients to A (n = 20) or B (n = 19).", ["arms do not sum to the total"]),
        ("We saw 40 patients with A (n = 20) or B (n = 19).", []),
        ("IgG fell from 12.1 to 8.4 g/L.", []),
    ],
)
def test_arithmetic_flags_what_does_not_fit(text: str, reasons: list[str]) -> None:
    found = find_discrepancies(text, (Sentence(0, len(text)),), find_statistics(text))
    assert [d.reason for d in found] == reasons


PIECES = st.sampled_from(
    [
        "7",
        "9",
        "of",
        "/",
        "(",
        ")",
        "%",
        "95% CI",
        "0.5",
        "0·3",
        "–",
        "p <",
        ".05",
        "patients",
        "all",
        "three",
        "n =",
        "mg",
        "to",
        "HR",
        "mean",
    ]
)


@given(st.lists(PIECES, max_size=14))
def test_every_value_is_a_number_that_its_span_contains(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for statistic in find_statistics(text):
        span = text[statistic.start : statistic.end].replace("·", ".")
        for number in (statistic.value, statistic.total, statistic.low, statistic.high, statistic.spread):
            assert number is None or f"{number:g}" in span or f"{number:g}".removeprefix("0") in span or "three" in span


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: f"{shape.kind}: {shape.pattern.pattern.pattern[:30]}")
def test_shapes_are_found_where_a_search_of_the_whole_text_finds_them(shape: Shape) -> None:
    text = " ".join(expression for expression, _ in rows())
    text += (
        " None of the ten, moreover 5 mg, no of 12 patients; both groups; P = NS; at least two of twenty-nine women."
    )
    starts = number_starts(text, 0, len(text))
    expected = [match.span() for match in shape.pattern.pattern.finditer(text)]
    assert [match.span() for match in shape.find(text, 0, len(text), starts)] == expected
    assert shape.may_match(fold_case(text), digits=True) or not expected


def test_a_shape_with_a_digit_is_not_looked_for_where_there_is_none() -> None:
    text = "No difference was seen; P was not significant in any of the groups."
    for shape in shapes():
        if shape.with_digit:
            assert not list(shape.pattern.pattern.finditer(text))
            assert not shape.may_match(fold_case(text), digits=False)
    assert any(shape.with_digit for shape in shapes())
