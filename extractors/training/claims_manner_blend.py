"""Fits what the encoder says of a claim's manner is worth beside what the words say, on articles neither had seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from extractors.claims.manner import EFFECTS
from extractors.training.claims_manner import CLASSES, Made, accuracy
from extractors.values import Certainty

#: Inverse strength of the L2 penalty.
PENALTY = 0.1
#: Parts of the articles for cross-validation: each is judged by a blend fitted on the others.
PARTS = 5
#: What the report tells.
SHOWN = ("effect", "negated", "certainty")

Table = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]


def fit_manner_blend(made: Sequence[Made], words: Table, encoder: Table) -> tuple[Table, Table, Iterator[str]]:
    """Return weights and starts for `Blend.manner_odds`, and lines that say how well they do.

    `words` and `encoder` are log odds of CLASSES, a row a claim.
    """
    both = np.concatenate([words, encoder], axis=1)
    weights, starts = _fit(made, both, np.arange(len(made)))
    return weights, starts, _report(made, words, encoder, both)


def _choices(made: Sequence[Made], rows: Rows) -> Iterator[tuple[list[int], Rows, list[int]]]:
    """Yield each choice of manner: its classes' columns, the rows that make it, and the column that is right.

    Negation is one class, or none: -1 is right where the claim is not denied.
    """
    for predicate, effects in EFFECTS.items():
        own = np.array([i for i in rows if made[i].predicate is predicate], np.intp)
        columns = [CLASSES.index(f"{predicate} {e}") for e in effects]
        yield columns, own, [CLASSES.index(f"{predicate} {made[i].effect}") for i in own]
    negated = CLASSES.index("negated")
    yield [negated], rows, [negated if made[i].negated else -1 for i in rows]
    yield [CLASSES.index(str(c)) for c in Certainty], rows, [CLASSES.index(made[i].certainty) for i in rows]


def _fit(made: Sequence[Made], both: Table, rows: Rows) -> tuple[Table, Table]:
    size = len(CLASSES)
    weights, starts = np.zeros((2 * size, size), np.float32), np.zeros(size, np.float32)
    for columns, own, right in _choices(made, rows):
        if len(set(right)) < 2:
            # Nothing to learn from: what the words say stands.
            weights[columns, columns] = 1.0
            continue
        # A class that no claim has is never chosen.
        starts[columns] = -9.0
        inputs = [*columns, *(size + c for c in columns)]
        model = LogisticRegression(C=PENALTY, max_iter=1000)
        model.fit(both[own][:, inputs], right, sample_weight=[made[i].weight for i in own])
        known = model.classes_
        if len(known) == 2:
            # Between two, the model has the odds of the second against the first, which stay at 0.
            starts[known[:1][known[:1] >= 0]] = 0.0
            known = known[1:]
        for column, coefficients, start in zip(known, model.coef_, model.intercept_, strict=True):
            weights[inputs, column] = coefficients
            starts[column] = start
    return weights, starts


def _report(made: Sequence[Made], words: Table, encoder: Table, both: Table) -> Iterator[str]:
    documents = sorted({m.document for m in made})
    part = {document: number % PARTS for number, document in enumerate(documents)}
    parts = np.array([part[m.document] for m in made])
    blended = np.zeros_like(words)
    for number in range(PARTS):
        weights, starts = _fit(made, both, np.flatnonzero(parts != number))
        chosen = parts == number
        blended[chosen] = both[chosen] @ weights + starts
    for name, odds in (("by words", words), ("by the encoder", encoder), ("by both, cross-validated", blended)):
        right = accuracy(odds, made)
        yield f"{name}: " + ", ".join(f"{choice} {right[choice][0] / right[choice][1]:.4f}" for choice in SHOWN)
