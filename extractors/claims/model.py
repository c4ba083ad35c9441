"""The classifier's weights, as `python -m extractors.training.claims` stores them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.claims.trees import Trees

#: The shipped weights, beside their model card.
MODEL = "claims.npz"

Table = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of hashed features, a column a class, and what each class starts from."""

    weights: Table
    intercepts: Table

    def odds(self, features: Sequence[npt.NDArray[np.int32]]) -> Table:
        """Return the log odds of each class, a row a candidate; each must have features."""
        starts = np.cumsum([0, *map(len, features[:-1])])
        sums: Table = np.add.reduceat(self.weights.take(np.concatenate(features), axis=0), starts, axis=0)
        return sums + self.intercepts


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the trees' log odds are worth: probabilities at rising odds, linear between (isotonic regression)."""

    odds: Table
    probabilities: Table

    def probability(self, odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the calibrated probabilities."""
        return np.interp(odds, self.odds, self.probabilities)


@dataclass(frozen=True, slots=True)
class Model:
    """Everything the classifier has learnt. Columns of `linear` and `thresholds` are the predicates in their order.

    `manner` tells how a claim is made: the columns are named by `classes` ("treats effective", "negated",
    "speculative" …); `direction` tells which way a measure went in a comparison; `statements` are the trees that find
    the sentence that states a claim.
    """

    linear: Linear
    trees: Trees
    calibration: Calibration
    thresholds: Table
    manner: Linear
    direction: Linear
    statements: Trees
    classes: tuple[str, ...]


def load() -> Model:
    """Read the shipped weights."""
    with (resources.files("extractors.models") / MODEL).open("rb") as file, np.load(file) as stored:
        return Model(
            Linear(stored["linear"].astype(np.float32), stored["linear_intercepts"]),
            _trees(stored, ""),
            Calibration(stored["calibration_odds"], stored["calibration_probabilities"]),
            stored["thresholds"],
            Linear(stored["manner"].astype(np.float32), stored["manner_intercepts"]),
            Linear(stored["direction"].astype(np.float32), stored["direction_intercepts"]),
            _trees(stored, "statements_"),
            tuple(stored["classes"].tolist()),
        )


def _trees(stored: Mapping[str, Any], name: str) -> Trees:
    return Trees(
        roots=stored[f"{name}roots"],
        feature=stored[f"{name}feature"],
        threshold=stored[f"{name}threshold"],
        left=stored[f"{name}left"],
        right=stored[f"{name}right"],
        value=stored[f"{name}value"],
        base=float(stored[f"{name}base"]),
        depth=int(stored[f"{name}depth"]),
    )
