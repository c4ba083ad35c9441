"""Fits the two stages of the claim classifier, and what its scores are worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from extractors.claims.candidates import PREDICATES, Candidates, candidates
from extractors.claims.features import BITS
from extractors.claims.matcher import PatternMatcher
from extractors.claims.model import Calibration, Linear
from extractors.claims.preparation import probabilities_of
from extractors.claims.trees import Trees
from extractors.training.claims_data import Example

#: Inverse strength of the linear model's L2 penalty; by cross-validation on train.
PENALTY = 0.15
#: The trees; by cross-validation on train.
TREES = {
    "max_iter": 200,
    "learning_rate": 0.08,
    "max_leaf_nodes": 31,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "max_features": 0.3,
    "max_depth": 8,
    "early_stopping": False,
}
#: Folds of the articles: what one stage learns from is what the other, fitted on the other folds, makes of them.
FOLDS = 3
SEED = 0
#: Weights smaller than this are left out of the stored model.
NEGLIGIBLE = 2e-3

Probabilities = npt.NDArray[np.float32]


def fit_linear(examples: Sequence[Example], *, penalty: float = PENALTY) -> Linear:
    """Fit a logistic regression for each predicate over the pairs whose types it may join."""
    features = sparse.vstack([e.features for e in examples]).tocsr()
    labels = np.vstack([e.labels for e in examples])
    usable = np.vstack([e.prepared.allowed & e.known for e in examples])
    weights = np.zeros((1 << BITS, len(PREDICATES)), np.float32)
    intercepts = np.full(len(PREDICATES), -9.0, np.float32)
    for column in range(len(PREDICATES)):
        rows = np.flatnonzero(usable[:, column])
        model = LogisticRegression(C=penalty, solver="liblinear", tol=1e-2, random_state=0)
        model.fit(features[rows], labels[rows, column])
        weights[:, column], intercepts[column] = model.coef_[0], model.intercept_[0]
    weights[np.abs(weights) < NEGLIGIBLE] = 0
    return Linear(weights.astype(np.float16).astype(np.float32), intercepts)


def linear_probabilities(model: Linear, example: Example) -> Probabilities:
    """Return the first stage's probabilities, a row a pair; 0 where the types do not allow the predicate."""
    return probabilities_of(example.features @ model.weights + model.intercepts, example.prepared)


def second_stage(example: Example, probabilities: Probabilities, matcher: PatternMatcher) -> Candidates:
    """Return the candidates that the trees judge."""
    p = example.prepared
    if not p.pairs:
        nothing = np.zeros(0, np.intp)
        return Candidates(nothing, nothing, np.zeros((0, 0), np.float32))
    return candidates(p.reading, p.pairs, probabilities, p.allowed, p.rules, matcher)


def fit_trees(examples: Sequence[Example], found: Sequence[Candidates], *, seed: int = 0) -> Any:
    """Fit gradient-boosted trees that tell right candidates from wrong ones."""
    numbers, labels = [], []
    for example, own in zip(examples, found, strict=True):
        judged = np.flatnonzero(example.known[own.predicates]) if len(own.rows) else np.zeros(0, np.intp)
        if len(judged):
            numbers.append(own.numbers[judged])
            labels.append(example.labels[own.rows[judged], own.predicates[judged]])
    model = HistGradientBoostingClassifier(random_state=seed, **TREES)
    return model.fit(np.vstack(numbers), np.concatenate(labels))


def choose_folds(number: int) -> npt.NDArray[np.intp]:
    """Return the fold of each of so many articles."""
    return np.random.default_rng(SEED).permutation(number) % FOLDS


def first_stage(
    examples: Sequence[Example],
    folds: npt.NDArray[np.intp],
    matcher: PatternMatcher,
    known: npt.NDArray[np.bool_] | None = None,
) -> list[Candidates]:
    """Return each article's candidates by a linear model fitted on the other folds, or on what is `known` of them."""
    probabilities: list[Probabilities] = [np.zeros(0, np.float32)] * len(examples)
    for fold in range(FOLDS):
        linear = fit_linear([examples[i] for i in _others(folds, fold, known)])
        for i in np.flatnonzero(folds == fold):
            probabilities[i] = linear_probabilities(linear, examples[i])
    return [second_stage(e, p, matcher) for e, p in zip(examples, probabilities, strict=True)]


def tree_odds(
    examples: Sequence[Example],
    found: Sequence[Candidates],
    folds: npt.NDArray[np.intp],
    known: npt.NDArray[np.bool_] | None = None,
) -> list[npt.NDArray[np.float64]]:
    """Return the log odds of each article's candidates by trees fitted as `first_stage` fits its linear model."""
    odds: list[npt.NDArray[np.float64]] = [np.zeros(0)] * len(examples)
    for fold in range(FOLDS):
        rest = _others(folds, fold, known)
        trees = export_trees(fit_trees([examples[i] for i in rest], [found[i] for i in rest]))
        for i in np.flatnonzero(folds == fold):
            odds[i] = trees.odds(found[i].numbers) if len(found[i].rows) else np.zeros(0)
    return odds


def _others(folds: npt.NDArray[np.intp], fold: int, known: npt.NDArray[np.bool_] | None) -> npt.NDArray[np.intp]:
    return np.flatnonzero((folds != fold) if known is None else (folds != fold) & known)


def export_trees(model: Any) -> Trees:
    """Return scikit-learn's trees as arrays; a leaf points to itself, so that all rows can step equally often."""
    parts: dict[str, list[npt.NDArray[Any]]] = {k: [] for k in ("feature", "threshold", "left", "right", "value")}
    roots, offset, depth = [], 0, 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        own = np.arange(len(nodes)) + offset
        roots.append(offset)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        parts["threshold"].append(np.where(leaf, 0, nodes["num_threshold"]))
        parts["left"].append(np.where(leaf, own, nodes["left"] + offset))
        parts["right"].append(np.where(leaf, own, nodes["right"] + offset))
        parts["value"].append(np.where(leaf, nodes["value"], 0))
        offset += len(nodes)
        depth = max(depth, int(nodes["depth"].max()))
    kinds = {"feature": np.int16, "threshold": np.float32, "left": np.int32, "right": np.int32, "value": np.float32}
    arrays = {name: np.concatenate(chunks).astype(kinds[name]) for name, chunks in parts.items()}
    base = float(np.ravel(model._baseline_prediction)[0])
    return Trees(np.array(roots, np.int32), **arrays, base=base, depth=depth)


def fit_calibration(odds: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> Calibration:
    """Fit an isotonic regression (Zadrozny and Elkan, 2002) of being right on out-of-fold log odds."""
    model = IsotonicRegression(y_min=0.001, y_max=0.999, out_of_bounds="clip").fit(odds, right.astype(float))
    return Calibration(model.X_thresholds_.astype(np.float32), model.y_thresholds_.astype(np.float32))
