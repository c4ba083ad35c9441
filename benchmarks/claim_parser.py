"""Does a parser help? The claim classifier with and without dependency paths, on the same folds.

    PYTHONPATH=. python benchmarks/claim_parser.py --gold ../shared/gold/train.jsonl --dev ../shared/gold/dev.jsonl \
        --annotations extractors/training/annotations --texts TEXTS.jsonl --cache documents.pickle --model PARSER

PARSER is what `python -m extractors.training.syntax` stored, or the name of an installed spaCy model with a parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import spacy

from benchmarks import claim_documents, claim_folds, claim_paths
from extractors.claims.candidates import PREDICATES
from extractors.claims.matcher import PatternMatcher
from extractors.claims.preparation import Preparer
from extractors.claims.types import read_signatures
from extractors.training.claims_data import Example, make_examples
from extractors.training.claims_measure import measure


@click.command()
@claim_documents.corpus_options
@click.option("--first", type=int, help="Learn from and test on the first so many annotated articles only.")
@click.option("--model", required=True, help="Folder or name of a spaCy model with a parser.")
def main(
    gold: Path, dev: Path, annotations: Path, texts: Sequence[Path], cache: Path, first: int | None, model: str
) -> None:
    """Print both lines, F1 by predicate, and what the parser costs."""
    train = claim_documents.load(gold, dev, annotations, texts, cache)[0][:first]
    nlp = spacy.load(model, exclude=["tokenizer", "ner", "lemmatizer", "attribute_ruler"])
    docs, seconds = claim_paths.parse([d for _, d in train], nlp)
    print(f"parsing: {seconds * 1000 / len(docs):.0f} ms of CPU an article", flush=True)
    matcher = PatternMatcher()
    examples = list(make_examples(train, Preparer(matcher, read_signatures())))
    by_predicate = {"without": _show("without paths", examples, matcher, None)}
    both = [claim_paths.with_paths(e, doc) for e, doc in zip(examples, docs, strict=True)]
    by_predicate["with"] = _show("with paths", [e for e, _ in both], matcher, [numbers for _, numbers in both])
    for row, predicate in enumerate(PREDICATES):
        print(f"  {predicate:22} " + "  ".join(f"{name} {f1[row]:.3f}" for name, f1 in by_predicate.items()))


def _show(
    name: str, examples: Sequence[Example], matcher: PatternMatcher, numbers: claim_folds.Numbers | None
) -> list[float]:
    found, scores = claim_folds.cross_validated(examples, matcher, numbers=numbers)
    threshold, total = claim_folds.best(examples, found, scores)
    print(
        f"{name:14} relaxed P {total.precision:.3f} R {total.recall:.3f} F1 {total.f1:.4f} at {threshold:.3f}",
        flush=True,
    )
    return [m.f1 for m in measure(examples, found, scores, claim_folds.everywhere(threshold))]


if __name__ == "__main__":
    main()
