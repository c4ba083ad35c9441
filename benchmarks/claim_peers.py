"""sicca's claim classifier beside kindred, trigger patterns and same-sentence co-occurrence, on the same mentions.

    PYTHONPATH=. python benchmarks/claim_peers.py --gold ../shared/gold/train.jsonl --dev ../shared/gold/dev.jsonl \
        --annotations extractors/training/annotations --texts TEXTS.jsonl --cache documents.pickle

Needs `kindred` 2.8 and a spaCy model with a parser (`--model`, default `en_core_web_sm`) in the environment; without
kindred its lines are left out, and the script says so. Both trained methods learn from the same articles. Relaxed
scores: three-fold cross-validation by article over all annotated articles, then training on all of them and dev.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click
import numpy as np

from benchmarks import claim_documents, claim_folds, kindred_claims
from benchmarks.claim_documents import Pairs
from extractors.claims import classifier, cooccurrence, patterns
from extractors.claims.candidates import PREDICATES
from extractors.claims.matcher import PatternMatcher
from extractors.claims.preparation import Preparer
from extractors.claims.types import read_signatures
from extractors.records import Claim, Evidence
from extractors.training.claims_data import make_examples
from extractors.training.claims_fit import FOLDS, choose_folds
from pipeline.evaluation.claims import ClaimScores, score_claims

#: The evidence found in each article, in their order.
Found = list[list[Evidence]]


def scores(pairs: Pairs, found: Found) -> ClaimScores:
    """Score what one method found."""
    return score_claims((claim_documents.for_scoring(g, d), e) for (g, d), e in zip(pairs, found, strict=True))


def sicca_cross_validated(pairs: Pairs) -> Found:
    """Return the claims of both stages trained without the article's fold, at the best of one threshold for all."""
    matcher = PatternMatcher()
    examples = list(make_examples(pairs, Preparer(matcher, read_signatures())))
    second, scored = claim_folds.cross_validated(examples, matcher)
    threshold, _ = claim_folds.best(examples, second, scored)
    found: Found = []
    for example, own, values, (_, document) in zip(examples, second, scored, pairs, strict=True):
        entities = example.prepared.reading.entities
        evidence = []
        for row, column, value in zip(own.rows, own.predicates, values, strict=True):
            if value >= threshold:
                pair = example.prepared.pairs[row]
                ends = entities[pair.subject].argument(), entities[pair.object].argument()
                claim = Claim(ends[0], PREDICATES[column], ends[1])
                evidence.append(Evidence(document.article.id, claim, (0, 0), "sicca", score=float(value)))
        found.append(evidence)
    return found


def kindred_cross_validated(peer: kindred_claims.Kindred, number: int) -> Found:
    """Return kindred's claims in the first so many articles, trained without the article's fold."""
    fold = choose_folds(number)
    found: Found = [[] for _ in range(number)]
    for f in range(FOLDS):
        own = np.flatnonzero(fold == f).tolist()
        for i, evidence in zip(own, peer.train_and_find(np.flatnonzero(fold != f).tolist(), own), strict=True):
            found[i] = evidence
    return found


def above(found: Found, threshold: float) -> Found:
    """Return the evidence at or above a score."""
    return [[e for e in own if e.score >= threshold] for own in found]


def best_threshold(pairs: Pairs, found: Found) -> float:
    """Return the threshold of the highest relaxed F1: chosen with the answers at hand, which favours the method."""
    grid = np.arange(0.5, 1.0, 0.025)
    return float(max(grid, key=lambda t: scores(pairs, above(found, float(t))).relaxed.f1))


def show(name: str, result: ClaimScores) -> None:
    """Print the line of one method."""
    r, p = result.relaxed, result.pair
    print(f"{name:44} relaxed P {r.precision:.3f} R {r.recall:.3f} F1 {r.f1:.3f}  pair F1 {p.f1:.3f}", flush=True)


def show_predicates(results: dict[str, ClaimScores]) -> None:
    """Print F1 by predicate, a column a method."""
    print(f"{'':22} {'gold':>5} " + " ".join(f"{name[:18]:>18}" for name in results))
    for predicate in PREDICATES:
        rows = {n: dict(r.by_predicate).get(predicate) for n, r in results.items()}
        known = next((s for s in rows.values() if s), None)
        gold = known.right + known.missed if known else 0
        print(f"{predicate:22} {gold:5} " + " ".join(f"{s.f1 if s else 0:18.3f}" for s in rows.values()))


@click.command()
@claim_documents.corpus_options
@click.option("--first", type=int, help="Learn from and test on the first so many annotated articles only.")
@click.option("--model", default="en_core_web_sm", show_default=True, help="spaCy model that kindred parses with.")
def main(
    gold: Path, dev: Path, annotations: Path, texts: Sequence[Path], cache: Path, first: int | None, model: str
) -> None:
    """Print the table."""
    train, held_out = claim_documents.load(gold, dev, annotations, texts, cache)
    train = train[:first]
    untrained: dict[str, Callable[[Pairs], Found]] = {
        "co-occurrence": lambda pairs: [list(cooccurrence.build().extract(d)) for _, d in pairs],
        "trigger patterns": lambda pairs: [list(patterns.build().extract(d)) for _, d in pairs],
    }
    print(f"cross-validated over {len(train)} articles")
    results = {name: scores(train, find(train)) for name, find in untrained.items()}
    limit = None
    if kindred_claims.available():
        peer = kindred_claims.Kindred([*train, *held_out], model)
        found = kindred_cross_validated(peer, len(train))
        limit = best_threshold(train, found)
        results["kindred"] = scores(train, found)
        results[f"kindred at {limit:.3f}"] = scores(train, above(found, limit))
    else:
        print("kindred is not installed: its lines are left out")
    results["sicca"] = scores(train, sicca_cross_validated(train))
    for name, result in results.items():
        show(name, result)
    show_predicates(results)
    print(f"dev, {len(held_out)} articles, trained on all {len(train)}")
    results = {name: scores(held_out, find(held_out)) for name, find in untrained.items()}
    if limit is not None:
        found = peer.train_and_find(range(len(train)), range(len(train), len(train) + len(held_out)))
        results["kindred"] = scores(held_out, found)
        results[f"kindred at {limit:.3f}"] = scores(held_out, above(found, limit))
    ours = classifier.build()
    results["sicca"] = scores(held_out, [list(ours.extract(d)) for _, d in held_out])
    for name, result in results.items():
        show(name, result)
    show_predicates(results)


if __name__ == "__main__":
    main()
