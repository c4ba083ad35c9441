"""Train the claim classifier and store its weights.

python -m extractors.training.claims --gold ../shared/gold/train.jsonl --corpora ../shared/corpora \
    --out extractors/models

Mentions are those of the default recognisers, with the tagger refitted for each fold without the fold's articles. The
second stage is trained on first-stage scores of articles that the first stage had not seen, and calibrated on
second-stage scores of articles that neither had seen. Dev is never read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import numpy as np

from extractors.claims.matcher import PatternMatcher
from extractors.claims.model import MODEL, Linear, Model
from extractors.claims.trees import Trees
from extractors.training.claims_data import Example
from extractors.training.claims_direction import fit_direction
from extractors.training.claims_examples import read_examples, recipe_options, stopwatch
from extractors.training.claims_fit import (
    choose_folds,
    export_trees,
    first_stage,
    fit_calibration,
    fit_linear,
    fit_trees,
    tree_odds,
)
from extractors.training.claims_manner import CLASSES, accuracy, fit_manner, read_made
from extractors.training.claims_measure import choose_thresholds, report
from extractors.training.claims_mentions import MENTIONS
from extractors.training.claims_statements import fit_statements


@click.command()
@recipe_options
@click.option("--mentions", default=",".join(MENTIONS), show_default=True)
def train(
    gold: Path, corpora: Path, annotations: Path | None, texts: tuple[Path, ...], mentions: str, out: Path
) -> None:
    """Train both stages, calibrate them, and write the weights."""
    say = stopwatch()
    examples, scored = read_examples(gold, corpora, annotations, texts, tuple(filter(None, mentions.split(","))), say)
    matcher = PatternMatcher()
    direction = fit_direction(corpora / "evidence_inference")
    model, lines = fit(examples, scored, matcher, direction)
    say("fitted")
    print(lines)
    store(out / MODEL, model)


def fit(examples: Sequence[Example], scored: int, matcher: PatternMatcher, direction: Linear) -> tuple[Model, str]:
    """Fit everything; the calibration and the manner learn from the first `scored` examples, annotated in full."""
    folds = choose_folds(len(examples))
    found = first_stage(examples, folds, matcher)
    odds = tree_odds(examples, found, folds)
    right = [e.labels[c.rows, c.predicates] for e, c in zip(examples, found, strict=True)]
    calibration = fit_calibration(np.concatenate(odds[:scored]), np.concatenate(right[:scored]))
    everywhere = [calibration.probability(o) for o in odds]
    # Adverse events are also annotated in BC5CDR, more of them to an article: their threshold has to serve both.
    thresholds = choose_thresholds(examples, found, everywhere)
    scores = everywhere[:scored]
    own = examples[:scored]
    made = list(read_made(own, direction))
    even = fit_manner([m for m in made if m.document % 2 == 0])
    odd = list(read_made(own[1::2], direction, fit_statements(own[::2])))
    manner = accuracy(even.odds([m.features for m in odd]), odd)
    model = Model(
        fit_linear(examples),
        export_trees(fit_trees(examples, found)),
        calibration,
        thresholds.astype(np.float32),
        fit_manner(made),
        direction,
        fit_statements(own),
        CLASSES,
    )
    lines = [*report(examples[:scored], found[:scored], scores, thresholds)]
    lines += [
        f"{name}: {r:.0f}/{n:.0f} = {r / n:.3f} (half of the articles, fitted on the others)"
        for name, (r, n) in manner.items()
    ]
    return model, "\n".join(lines)


def store(path: Path, model: Model) -> None:
    """Write the weights, small numbers in half precision."""
    np.savez_compressed(
        path,
        linear=model.linear.weights.astype(np.float16),
        linear_intercepts=model.linear.intercepts,
        calibration_odds=model.calibration.odds,
        calibration_probabilities=model.calibration.probabilities,
        thresholds=model.thresholds,
        manner=model.manner.weights.astype(np.float16),
        manner_intercepts=model.manner.intercepts,
        direction=model.direction.weights.astype(np.float16),
        direction_intercepts=model.direction.intercepts,
        classes=np.array(model.classes),
        **_arrays(model.trees, ""),
        **_arrays(model.statements, "statements_"),
    )


def _arrays(trees: Trees, name: str) -> dict[str, Any]:
    return {name + field.name: np.asarray(getattr(trees, field.name)) for field in fields(trees)}


if __name__ == "__main__":
    train()
