"""Fits what the encoder's odds are worth beside the trees', on articles that neither had seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.second_opinion import Blend, opinions
from extractors.training.claims_data import Example
from extractors.training.claims_fit import fit_calibration
from extractors.training.claims_manner import CLASSES
from extractors.training.claims_measure import choose_thresholds, report

#: Parts of the articles for cross-validation: each is judged by a blend fitted on the others.
PARTS = 5
SEED = 1
#: The threshold for most predicates: on gold's articles of the domain F1 is best from 0.35 to 0.40, on others at 0.45.
OVERALL = 0.40

Table = npt.NDArray[np.float32]
Odds = npt.NDArray[np.float64]


def fit_blend(
    examples: Sequence[Example],
    found: Sequence[Candidates],
    trees: Sequence[Odds],
    encoder: Sequence[Table],
    manner: tuple[Table, Table],
) -> tuple[Blend, Iterator[str]]:
    """Return the blend and lines that say how well it does on claims.

    `encoder` are log odds of all pairs of each article, `manner` weights and starts of the choices of manner.
    """
    numbers = [
        opinions(e, x.prepared.pairs, c, t) if len(c.rows) else np.zeros((0, 6))
        for x, c, t, e in zip(examples, found, trees, encoder, strict=True)
    ]
    right = [e.labels[c.rows, c.predicates] for e, c in zip(examples, found, strict=True)]
    parts = np.random.default_rng(SEED).permutation(len(examples)) % PARTS
    odds: list[Odds] = [np.zeros(0)] * len(examples)
    for part in range(PARTS):
        rest = np.flatnonzero(parts != part)
        weights, starts = _fit(*([values[i] for i in rest] for values in (numbers, found, right)))
        for i in np.flatnonzero(parts == part):
            odds[i] = (numbers[i] * weights).sum(axis=1) + starts[found[i].predicates]
    calibration = fit_calibration(np.concatenate(odds), np.concatenate(right))
    scores = [calibration.probability(o) for o in odds]
    thresholds = choose_thresholds(examples, found, scores, overall=OVERALL)
    weights, starts = _fit(numbers, found, right)
    blend = Blend(weights, starts, calibration, thresholds.astype(np.float32), *manner)
    return blend, report(examples, found, scores, thresholds)


def _fit(
    numbers: Sequence[Odds], found: Sequence[Candidates], right: Sequence[npt.NDArray[np.bool_]]
) -> tuple[Table, Table]:
    """Return the weights of the numbers and each predicate's start."""
    predicates = np.concatenate([c.predicates for c in found])
    indicators = np.eye(len(PREDICATES))[predicates]
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit(np.concatenate([np.concatenate(numbers), indicators], axis=1), np.concatenate(right))
    size = numbers[0].shape[1]
    coefficients = model.coef_[0].astype(np.float32)
    return coefficients[:size], coefficients[size:] + np.float32(model.intercept_[0])


def store_blend(path: Path, blend: Blend) -> None:
    """Write the blend."""
    np.savez(
        path,
        weights=blend.weights,
        starts=blend.starts,
        calibration_odds=blend.calibration.odds,
        calibration_probabilities=blend.calibration.probabilities,
        thresholds=blend.thresholds,
        manner=blend.manner,
        manner_starts=blend.manner_starts,
        classes=np.array(CLASSES),
    )
