"""How much the claim classifier gains from more annotated articles: trained on an eighth, a quarter, a half, all.

    PYTHONPATH=. python benchmarks/claim_learning_curve.py --gold ../shared/gold/train.jsonl \
        --dev ../shared/gold/dev.jsonl --annotations extractors/training/annotations --texts TEXTS.jsonl \
        --cache documents.pickle

Three-fold cross-validation by article, so that "all" is two thirds of the articles; every share is tested on all of
them. The shares are nested random draws. The mention recognisers are the same for all shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

from benchmarks import claim_documents, claim_folds
from extractors.claims.matcher import PatternMatcher
from extractors.claims.preparation import Preparer
from extractors.claims.types import read_signatures
from extractors.training.claims_data import make_examples

SHARES = (1 / 8, 1 / 4, 1 / 2, 1.0)


@click.command()
@claim_documents.corpus_options
def main(gold: Path, dev: Path, annotations: Path, texts: Sequence[Path], cache: Path) -> None:
    """Print a line a share."""
    train, _ = claim_documents.load(gold, dev, annotations, texts, cache)
    matcher = PatternMatcher()
    examples = list(make_examples(train, Preparer(matcher, read_signatures())))
    order = np.random.default_rng(1).permutation(len(examples))
    for share in SHARES:
        known = np.zeros(len(examples), bool)
        known[order[: round(share * len(examples))]] = True
        found, scores = claim_folds.cross_validated(examples, matcher, known)
        threshold, total = claim_folds.best(examples, found, scores)
        print(
            f"{share:5.3f} of the articles (about {known.sum() * 2 // 3} in training): relaxed P {total.precision:.3f} "
            f"R {total.recall:.3f} F1 {total.f1:.3f} at {threshold:.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
