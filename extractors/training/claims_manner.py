"""Fits how claims are made: effect, negation, certainty, from the candidates that state a gold claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from extractors.assertion.effect import EffectReader
from extractors.assertion.reader import AssertionReader
from extractors.claims.candidates import PREDICATES
from extractors.claims.manner import BITS, EFFECTS, MannerReader, Setting
from extractors.claims.model import Linear
from extractors.training.claims_data import Example
from extractors.values import Certainty, Predicate

#: Inverse strength of the L2 penalty; by cross-validation on train.
PENALTY = 0.3
#: Every class: effects by predicate, then negation, then certainty.
CLASSES = (*(f"{p} {e}" for p, effects in EFFECTS.items() for e in effects), "negated", *(str(c) for c in Certainty))


@dataclass(frozen=True, slots=True)
class Stated:
    """A candidate that states a gold claim, with its features and how gold says that it is stated."""

    document: int
    predicate: Predicate
    features: npt.NDArray[np.int32]
    setting: Setting
    effect: str | None
    negated: bool
    certainty: str


def read_stated(examples: Sequence[Example], direction: Linear) -> Iterator[Stated]:
    """Yield the right candidates of the examples."""
    asserted, effects = AssertionReader(), EffectReader()
    for number, example in enumerate(examples):
        prepared = example.prepared
        reader = MannerReader(prepared.reading, prepared.matches, asserted, effects, direction)
        for (row, column), gold in sorted(example.claims.items()):
            if not prepared.allowed[row, column]:
                continue
            claim = example.gold.claims[gold[0]]
            pair, predicate = prepared.pairs[row], PREDICATES[column]
            setting = reader.setting(pair, predicate)
            features = reader.features(pair, predicate, setting)
            effect = claim.effect or "unspecified" if predicate in EFFECTS else None
            yield Stated(number, predicate, features, setting, effect, claim.negated, claim.certainty)


def fit_manner(stated: Sequence[Stated], *, penalty: float = PENALTY) -> Linear:
    """Fit a logistic regression for each class, over the claims that can have it."""
    starts = np.cumsum([0, *(len(s.features) for s in stated)])
    columns = np.concatenate([s.features for s in stated])
    features = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(stated), 1 << BITS))
    weights = np.zeros((1 << BITS, len(CLASSES)), np.float32)
    intercepts = np.full(len(CLASSES), -9.0, np.float32)
    for column, name in enumerate(CLASSES):
        rows, labels = _labels(stated, name)
        model = LogisticRegression(C=penalty, solver="liblinear", tol=1e-2, random_state=0).fit(features[rows], labels)
        weights[:, column], intercepts[column] = model.coef_[0], model.intercept_[0]
    weights[np.abs(weights) < 2e-3] = 0
    return Linear(weights.astype(np.float16).astype(np.float32), intercepts)


def _labels(stated: Sequence[Stated], name: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    predicate, _, effect = name.partition(" ")
    if effect:
        rows = [i for i, s in enumerate(stated) if s.predicate == predicate]
        return np.array(rows), np.array([stated[i].effect == effect for i in rows])
    everything = np.arange(len(stated))
    if name == "negated":
        return everything, np.array([s.negated for s in stated])
    return everything, np.array([s.certainty == name for s in stated])


def accuracy(model: Linear, stated: Sequence[Stated]) -> dict[str, tuple[int, int]]:
    """Return how often effect, negation and certainty are right: (right, all)."""
    counts = {"effect": [0, 0], "negated": [0, 0], "certainty": [0, 0]}
    for s in stated:
        odds = model.odds(s.features)
        if s.predicate in EFFECTS:
            counts["effect"][0] += (
                _likeliest(odds, [f"{s.predicate} {e}" for e in EFFECTS[s.predicate]]) == f"{s.predicate} {s.effect}"
            )
            counts["effect"][1] += 1
        counts["negated"][0] += bool(odds[CLASSES.index("negated")] > 0) == s.negated
        counts["negated"][1] += 1
        counts["certainty"][0] += _likeliest(odds, [str(c) for c in Certainty]) == s.certainty
        counts["certainty"][1] += 1
    return {name: (right, total) for name, (right, total) in counts.items()}


def _likeliest(odds: npt.NDArray[np.float32], names: Sequence[str]) -> str:
    return max(names, key=lambda name: float(odds[CLASSES.index(name)]))
