"""The sentence that a claim is read from."""

from collections.abc import Callable

import numpy as np
import pytest

from extractors.assertion.effect import EffectReader
from extractors.assertion.reader import AssertionReader
from extractors.claims.candidates import PREDICATES
from extractors.claims.matcher import PatternMatcher
from extractors.claims.model import load
from extractors.claims.pairs import Pair, find_pairs
from extractors.claims.reading import Reading
from extractors.claims.settings import SettingReader
from extractors.claims.statements import COLUMNS, FAR_GAP
from extractors.claims.trees import Trees
from extractors.claims.types import read_signatures
from extractors.document import Document
from extractors.values import Predicate

JOINABLE = frozenset((s.subject, s.object) for s in read_signatures())
SERIES = (
    "We asked whether [rituximab|Drug] helps [purpura|Disease]. All had [purpura|Disease] for a year."
    " [Rituximab|Drug] improved [purpura|Disease] in 9 of 12 patients (p = 0.01)."
)


def settle(document: Document) -> tuple[SettingReader, Pair]:
    reading = Reading(document)
    matcher = PatternMatcher()
    matches = tuple(m for s in reading.sentences for m in matcher.find(s, reading.entities))
    where = SettingReader(reading, matches, AssertionReader(), EffectReader())
    return where, next(p for p in find_pairs(reading, JOINABLE) if p.subject < p.object)


def prefers(column: str) -> Trees:
    """A single tree that finds likely what has the column."""
    one, floats = np.array([0], np.int32), np.array
    return Trees(
        roots=one,
        feature=floats([COLUMNS.index(column), 0, 0], np.int16),
        threshold=floats([0.5, 0, 0], np.float32),
        left=floats([1, 1, 2], np.int32),
        right=floats([2, 1, 2], np.int32),
        value=floats([0, -1, 1], np.float32),
        base=0.0,
        depth=1,
    )


def test_statements_only_sentences_that_name_an_end_are_candidates(read: Callable[..., Document]) -> None:
    where, pair = settle(read(f"Nothing is said. {SERIES}", title="On a series"))
    assert where.statements.candidates(pair) == [2, 3, 4]


def test_statements_have_a_number_for_each_column(read: Callable[..., Document]) -> None:
    where, pair = settle(read(SERIES, title="On a series"))
    numbers = where.statements.numbers(where.stated(pair, Predicate.TREATS), [1, 2, 3])
    assert numbers.shape == (3, len(COLUMNS) + len(PREDICATES))
    column = {name: numbers[:, n].tolist() for n, name in enumerate(COLUMNS)}
    assert column["subject"] == [1, 0, 1]
    assert column["object"] == [1, 1, 1]
    assert column["meeting"] == [1, 0, 1]
    assert column["gap"][1] == FAR_GAP
    assert column["p value"] == [0, 0, 1]
    assert column["from subject"] == [0, 1, 0]
    assert numbers[:, len(COLUMNS) + PREDICATES.index(Predicate.TREATS)].tolist() == [1, 1, 1]


@pytest.mark.parametrize(("column", "sentence"), [("p value", 3), ("aim", 1)])
def test_statements_are_chosen_by_the_trees(read: Callable[..., Document], column: str, sentence: int) -> None:
    where, pair = settle(read(SERIES.replace("asked whether", "aimed to assess whether"), title="On a series"))
    (setting,) = where.settings([(pair, Predicate.TREATS)], prefers(column))
    assert setting.sentence == sentence


def test_statements_of_equal_odds_are_read_in_the_first(read: Callable[..., Document]) -> None:
    where, pair = settle(read(SERIES, title="On a series"))
    assert where.settings([(pair, Predicate.TREATS)], prefers("title"))[0].sentence == 1


def test_statements_are_results_rather_than_aims_by_the_shipped_trees(read: Callable[..., Document]) -> None:
    where, pair = settle(read(SERIES, title="On a series"))
    assert where.settings([(pair, Predicate.TREATS)], load().statements)[0].sentence == 3


def test_statements_of_no_claims_are_none(read: Callable[..., Document]) -> None:
    where, _ = settle(read(SERIES, title="On a series"))
    assert where.settings([], prefers("title")) == []
