"""Both stages of the claim classifier in three-fold cross-validation by article."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.matcher import PatternMatcher
from extractors.scores import Score
from extractors.training import claims_fit
from extractors.training.claims_data import Example
from extractors.training.claims_measure import measure

Scores = list[npt.NDArray[np.float64]]
#: For each article, further numbers for the trees, a row a pair.
Numbers = Sequence[npt.NDArray[np.float32]]

#: One threshold for all predicates is chosen from these: the best, with the answers at hand, the same for all compared.
GRID = np.arange(0.2, 0.6, 0.025)


def cross_validated(
    examples: Sequence[Example],
    matcher: PatternMatcher,
    known: npt.NDArray[np.bool_] | None = None,
    numbers: Numbers | None = None,
) -> tuple[list[Candidates], Scores]:
    """Return each article's candidates and their probabilities by models that were fitted without its fold.

    `known` are the articles that may be learnt from; all are scored. The trees learn from scores of a first stage that
    had not seen the article.
    """
    folds = claims_fit.choose_folds(len(examples))
    found = claims_fit.first_stage(examples, folds, matcher, known)
    for own, further in zip(found, numbers or (), strict=bool(numbers)):
        if len(own.rows):
            own.numbers = np.concatenate([own.numbers, further[own.rows]], axis=1)
    return found, [1 / (1 + np.exp(-odds)) for odds in claims_fit.tree_odds(examples, found, folds, known)]


def at_threshold(examples: Sequence[Example], found: Sequence[Candidates], scores: Scores, threshold: float) -> Score:
    """Return the relaxed counts at one threshold for all predicates."""
    return sum(measure(examples, found, scores, everywhere(threshold)), Score())


def everywhere(threshold: float) -> npt.NDArray[np.float64]:
    """Return one threshold for all predicates."""
    return np.full(len(PREDICATES), threshold)


def best(examples: Sequence[Example], found: Sequence[Candidates], scores: Scores) -> tuple[float, Score]:
    """Return the threshold of GRID with the highest relaxed F1, and the counts there."""
    measured = [(float(t), at_threshold(examples, found, scores, float(t))) for t in GRID]
    return max(measured, key=lambda pair: pair[1].f1)
