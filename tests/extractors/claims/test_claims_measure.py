from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.matcher import PatternMatcher
from extractors.claims.preparation import Preparer
from extractors.claims.types import read_signatures
from extractors.document import Document
from extractors.scores import Score
from extractors.training import claims_measure
from extractors.training.claims_data import Example, GoldClaim, GoldDocument, make_examples
from extractors.training.claims_measure import choose_thresholds, measure, reliability
from extractors.values import Predicate

TREATS, HARMS = PREDICATES.index(Predicate.TREATS), PREDICATES.index(Predicate.CAUSES_ADVERSE_EVENT)


@pytest.fixture
def example(read: Callable[..., Document]) -> Example:
    """An article whose gold says that rituximab treats purpura and harms nobody."""
    document = read("[Rituximab|Drug] helped [purpura|Disease].", title="On a case")
    drug, disease = (m.span for m in document.mentions)
    claim = GoldClaim((drug,), Predicate.TREATS, (disease,), "effective", False, "asserted")
    article = document.article
    gold = GoldDocument(article.id, article.title, article.abstract, (claim,), frozenset(Predicate))
    (made,) = make_examples([(gold, document)], Preparer(PatternMatcher(), read_signatures()))
    return made


def claimed(example: Example) -> Candidates:
    """Both predicates of the pair rituximab, purpura."""
    ((row, _),) = example.claims
    return Candidates(np.array([row, row]), np.array([TREATS, HARMS]), np.zeros((2, 1), np.float32))


def test_measure_counts_only_what_was_annotated(example: Example) -> None:
    found, scores, limits = claimed(example), np.array([0.9, 0.9]), np.full(len(PREDICATES), 0.5)
    (full,) = [measure([example], [found], [scores], limits)]
    assert (full[TREATS], full[HARMS]) == (Score(1, 0, 0), Score(0, 1, 0))
    partly = replace(example, known=np.array([p is Predicate.TREATS for p in PREDICATES]))
    counted = measure([partly], [found], [scores], limits)
    assert (counted[TREATS], counted[HARMS]) == (Score(1, 0, 0), Score())


def test_thresholds_fall_only_where_that_finds_more(example: Example) -> None:
    found, scores = claimed(example), np.array([0.36, 0.36])
    limits = choose_thresholds([example], [found], [scores], overall=0.45, lowest=0.325)
    assert limits[TREATS] == pytest.approx(0.35)
    assert limits[HARMS] == pytest.approx(0.45)


def test_a_higher_threshold_may_cost_some_f1(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_measure, "WORTH", 1.0)
    limits = choose_thresholds([example], [claimed(example)], [np.array([0.36, 0.36])], overall=0.45, lowest=0.325)
    assert limits[TREATS] == pytest.approx(0.45)


def test_reliability_by_hand() -> None:
    scores = np.array([0.95, 0.95, 0.15, 0.15])
    right = np.array([True, False, False, False])
    table, error = reliability(scores, right)
    assert [(round(mean, 6), share, number) for mean, share, number in table] == [(0.15, 0.0, 2), (0.95, 0.5, 2)]
    assert error == pytest.approx((0.15 * 2 + 0.45 * 2) / 4)
