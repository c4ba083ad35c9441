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
from extractors.claims.manner import BITS, EFFECTS, MannerReader
from extractors.claims.model import Linear
from extractors.claims.trees import Trees
from extractors.training.claims_data import Example
from extractors.training.claims_statements import Quoted, read_quoted, setting_reader
from extractors.values import Certainty, Predicate

#: Inverse strength of the L2 penalty; by cross-validation on train.
PENALTY = 0.3
#: Every class: effects by predicate, then negation, then certainty.
CLASSES = (*(f"{p} {e}" for p, effects in EFFECTS.items() for e in effects), "negated", *(str(c) for c in Certainty))


@dataclass(frozen=True, slots=True)
class Made:
    """A candidate that states a gold claim, with its features and how gold says that the claim is made.

    `document` is the number of its document, `row` that of its pair. `right_sentence` says
    whether the features are of a sentence that the annotators quoted; None if they quoted none.
    """

    document: int
    row: int
    predicate: Predicate
    features: npt.NDArray[np.int32]
    effect: str | None
    negated: bool
    certainty: str
    weight: float
    right_sentence: bool | None


def read_made(examples: Sequence[Example], direction: Linear, statements: Trees | None = None) -> Iterator[Made]:
    """Yield the right candidates, read in the sentence that the annotators quoted, or that `statements` find."""
    asserted, effects = AssertionReader(), EffectReader()
    for number, example in enumerate(examples):
        where = setting_reader(example, asserted, effects)
        reader = MannerReader(example.prepared.reading, direction)
        quoted = list(read_quoted(example, number, where))
        if statements:
            sentences = where.statements.choose([q.stated for q in quoted], statements)
        else:
            sentences = [_quoted(q, where.statements.candidates(q.stated.pair)) for q in quoted]
        for q, sentence in zip(quoted, sentences, strict=True):
            features = reader.features([(q.stated.pair, q.stated.predicate, where.at(q.stated, sentence))])[0]
            effect = q.claim.effect or "unspecified" if q.stated.predicate in EFFECTS else None
            right = sentence in q.quoted if q.quoted else None
            yield Made(
                number, q.row, q.stated.predicate, features, effect, q.claim.negated, q.claim.certainty, q.weight, right
            )


def _quoted(quoted: Quoted, sentences: Sequence[int]) -> int:
    """Return the quoted sentence, where it names an end of the claim, else the one that is read by default."""
    known = quoted.quoted.intersection(sentences)
    default = quoted.stated.default
    return default if default in known or not known else min(known, key=lambda n: (abs(n - default), n))


def fit_manner(stated: Sequence[Made], *, penalty: float = PENALTY) -> Linear:
    """Fit a logistic regression for each class, over the claims that can have it."""
    starts = np.cumsum([0, *(len(s.features) for s in stated)])
    columns = np.concatenate([s.features for s in stated])
    features = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(stated), 1 << BITS))
    shares = np.array([s.weight for s in stated])
    weights = np.zeros((1 << BITS, len(CLASSES)), np.float32)
    intercepts = np.full(len(CLASSES), -9.0, np.float32)
    for column, name in enumerate(CLASSES):
        rows, labels = _labels(stated, name)
        model = LogisticRegression(C=penalty, solver="liblinear", tol=1e-2, random_state=0)
        model.fit(features[rows], labels, sample_weight=shares[rows])
        weights[:, column], intercepts[column] = model.coef_[0], model.intercept_[0]
    weights[np.abs(weights) < 2e-3] = 0
    return Linear(weights.astype(np.float16).astype(np.float32), intercepts)


def _labels(stated: Sequence[Made], name: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    predicate, _, effect = name.partition(" ")
    if effect:
        rows = [i for i, s in enumerate(stated) if s.predicate == predicate]
        return np.array(rows), np.array([stated[i].effect == effect for i in rows])
    everything = np.arange(len(stated))
    if name == "negated":
        return everything, np.array([s.negated for s in stated])
    return everything, np.array([s.certainty == name for s in stated])


def accuracy(odds: npt.NDArray[np.float32], stated: Sequence[Made]) -> dict[str, tuple[float, float]]:
    """Return how often sentence, effect, negation and certainty are right: (right, all), a gold claim counting as 1.

    `odds` are log odds of CLASSES, a row a claim.
    """
    counts = {"sentence": [0.0, 0.0], "effect": [0.0, 0.0], "negated": [0.0, 0.0], "certainty": [0.0, 0.0]}

    def count(name: str, right: bool, weight: float) -> None:
        counts[name][0] += weight * right
        counts[name][1] += weight

    for s, own in zip(stated, odds, strict=True):
        if s.right_sentence is not None:
            count("sentence", s.right_sentence, s.weight)
        if s.predicate in EFFECTS:
            effect = _likeliest(own, [f"{s.predicate} {e}" for e in EFFECTS[s.predicate]])
            count("effect", effect == f"{s.predicate} {s.effect}", s.weight)
        count("negated", bool(own[CLASSES.index("negated")] > 0) == s.negated, s.weight)
        count("certainty", _likeliest(own, [str(c) for c in Certainty]) == s.certainty, s.weight)
    return {name: (right, total) for name, (right, total) in counts.items()}


def _likeliest(odds: npt.NDArray[np.float32], names: Sequence[str]) -> str:
    return max(names, key=lambda name: float(odds[CLASSES.index(name)]))
