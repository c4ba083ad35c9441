"""Train the claim classifier and store its weights.

python -m extractors.training.claims --gold ../shared/gold/train.jsonl --corpora ../shared/corpora \
    --out extractors/models

Mentions are those of the default recognisers, with the tagger refitted for each fold without the fold's articles. The
second stage is trained on first-stage scores of articles that the first stage had not seen, and calibrated on
second-stage scores of articles that neither had seen. Dev is never read.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.matcher import PatternMatcher
from extractors.claims.model import MODEL, Linear, Model
from extractors.claims.preparation import Preparer
from extractors.claims.trees import Trees
from extractors.claims.types import read_signatures
from extractors.document import Document
from extractors.language.nlp import build_nlp
from extractors.records import Article
from extractors.training.annotated import read_annotations
from extractors.training.claims_corpora import read_induced_diseases
from extractors.training.claims_data import Example, GoldDocument, make_examples, read_gold
from extractors.training.claims_direction import fit_direction
from extractors.training.claims_fit import (
    export_trees,
    fit_calibration,
    fit_linear,
    fit_trees,
    linear_probabilities,
    second_stage,
)
from extractors.training.claims_manner import CLASSES, accuracy, fit_manner, read_made
from extractors.training.claims_measure import choose_thresholds, measure, reliability
from extractors.training.claims_mentions import MENTIONS, FoldedChain
from extractors.training.claims_statements import fit_statements

FOLDS = 3
SEED = 0
#: The threshold for most predicates, and the lowest that one may have for its own F1's sake; by cross-validation.
OVERALL, LOWEST = 0.45, 0.325

FILE = click.Path(exists=True, path_type=Path)


@click.command()
@click.option("--gold", type=FILE, required=True)
@click.option("--corpora", type=FILE, required=True)
@click.option("--annotations", type=FILE, help="Folder of stand-off annotations.")
@click.option("--texts", type=FILE, multiple=True, help="JSON lines with id, title and abstract of annotated articles.")
@click.option("--mentions", default=",".join(MENTIONS), show_default=True)
@click.option("--out", type=FILE, required=True)
def train(
    gold: Path, corpora: Path, annotations: Path | None, texts: tuple[Path, ...], mentions: str, out: Path
) -> None:
    """Train both stages, calibrate them, and write the weights."""
    began = time.process_time()

    def say(what: str) -> None:
        print(f"{time.process_time() - began:6.0f} CPU s  {what}", flush=True)

    nlp = build_nlp()
    chain = FoldedChain(gold, nlp, tuple(name for name in mentions.split(",") if name))
    say("mention recognisers fitted without their fold")

    def found(documents: Sequence[GoldDocument]) -> Iterator[tuple[GoldDocument, Document]]:
        for document in documents:
            yield document, chain.read(Article(document.id, document.title, document.abstract))

    matcher = PatternMatcher()
    preparer = Preparer(matcher, read_signatures())
    documents = list(read_gold(gold))
    if annotations:
        documents += list(read_annotations(annotations, texts))
    examples = list(make_examples(found(documents), preparer))
    scored = len(examples)
    annotated = {d.id.removeprefix("PMID:") for d in documents}
    corpus = read_induced_diseases(corpora / "bc5cdr" / "train.pubtator", nlp)
    induced = [gold for gold, _ in corpus if gold.id not in annotated]
    examples += make_examples(found(induced), preparer)
    say(f"{len(examples)} articles, {sum(len(e.prepared.pairs) for e in examples)} pairs")
    direction = fit_direction(corpora / "evidence_inference")
    model, report = fit(examples, scored, matcher, direction)
    say("fitted")
    print(report)
    store(out / MODEL, model)


def fit(examples: Sequence[Example], scored: int, matcher: PatternMatcher, direction: Linear) -> tuple[Model, str]:
    """Fit everything; the calibration and the manner learn from the first `scored` examples, annotated in full."""
    folds = np.random.default_rng(SEED).permutation(len(examples)) % FOLDS
    probabilities: list[npt.NDArray[np.float32]] = [np.zeros(0, np.float32)] * len(examples)
    for fold in range(FOLDS):
        linear = fit_linear([e for e, f in zip(examples, folds, strict=True) if f != fold])
        for i in np.flatnonzero(folds == fold):
            probabilities[i] = linear_probabilities(linear, examples[i])
    found = [second_stage(e, p, matcher) for e, p in zip(examples, probabilities, strict=True)]
    odds: list[npt.NDArray[np.float64]] = [np.zeros(0)] * len(examples)
    for fold in range(FOLDS):
        rest = np.flatnonzero(folds != fold)
        trees = export_trees(fit_trees([examples[i] for i in rest], [found[i] for i in rest]))
        for i in np.flatnonzero(folds == fold):
            odds[i] = trees.odds(found[i].numbers) if len(found[i].rows) else np.zeros(0)
    right = [e.labels[c.rows, c.predicates] for e, c in zip(examples, found, strict=True)]
    calibration = fit_calibration(np.concatenate(odds[:scored]), np.concatenate(right[:scored]))
    everywhere = [calibration.probability(o) for o in odds]
    # Adverse events are also annotated in BC5CDR, more of them to an article: their threshold has to serve both.
    thresholds = choose_thresholds(examples, found, everywhere, overall=OVERALL, lowest=LOWEST)
    scores = everywhere[:scored]
    own = examples[:scored]
    made = list(read_made(own, direction))
    even = fit_manner([m for m in made if m.document % 2 == 0])
    manner = accuracy(even, list(read_made(own[1::2], direction, fit_statements(own[::2]))))
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
    lines = [*_report(examples[:scored], found[:scored], scores, thresholds)]
    lines += [
        f"{name}: {r:.0f}/{n:.0f} = {r / n:.3f} (half of the articles, fitted on the others)"
        for name, (r, n) in manner.items()
    ]
    return model, "\n".join(lines)


def _report(
    examples: Sequence[Example],
    found: Sequence[Candidates],
    scores: Sequence[npt.NDArray[np.float64]],
    thresholds: npt.NDArray[np.float64],
) -> Iterator[str]:
    for name, limits in (("thresholds", thresholds), *((f"{t:.2f}", np.full(len(PREDICATES), t)) for t in (0.3, 0.5))):
        total = sum(measure(examples, found, scores, limits)[1:], measure(examples, found, scores, limits)[0])
        yield f"cross-validated, {name}: P {total.precision:.3f} R {total.recall:.3f} F1 {total.f1:.3f}"
    for predicate, row, limit in zip(PREDICATES, measure(examples, found, scores, thresholds), thresholds, strict=True):
        yield f"  {predicate:22} P {row.precision:.2f} R {row.recall:.2f} F1 {row.f1:.2f} at {limit:.3f}"
    flat = np.concatenate(scores)
    right = np.concatenate([e.labels[c.rows, c.predicates] for e, c in zip(examples, found, strict=True)])
    claimed = flat >= thresholds[np.concatenate([c.predicates for c in found])]
    table, error = reliability(flat[claimed], right[claimed])
    yield f"expected calibration error of what is claimed: {error:.3f}"
    yield from (f"  scores of {mean:.2f}: {share:.2f} right of {number}" for mean, share, number in table)


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
