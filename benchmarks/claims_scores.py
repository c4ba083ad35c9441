"""Claims of gold documents, end to end: the classifier beside its baselines, and what its scores are worth.

python benchmarks/claims_scores.py --gold ../shared/gold/dev.jsonl
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

from extractors.claims.merge import one_per_claim
from extractors.records import Evidence
from extractors.training.claims_measure import reliability
from pipeline.config import Extraction as Settings
from pipeline.evaluation.claims import _relaxed, distinct, match, score_claims
from pipeline.evaluation.gold import GoldDocument, read
from pipeline.evaluation.run import extractions

#: Lower limits of the curve.
FLOORS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9)
#: Where precision is asked for by the project's own bar.
SURE = 0.8

Results = Sequence[tuple[GoldDocument, Sequence[Evidence]]]


def extract(documents: Sequence[GoldDocument], claims: tuple[str, ...], **classifier: object) -> Results:
    """Return each document with one evidence a claim; `classifier` are options of the classifier."""
    options = {"classifier": classifier} if classifier else {}
    began = time.process_time()
    found = extractions([d.article for d in documents], Settings(claims=claims, courses=False, options=options))
    print(
        f"{'+'.join(claims)}: {len(documents) / (time.process_time() - began):.1f} articles a CPU second, with loading"
    )
    return [(d, one_per_claim(e.evidence)) for d, e in zip(documents, found, strict=True)]


def show(name: str, results: Results) -> None:
    """Print the line of one method."""
    scores = score_claims(results)
    parts = [
        f"{kind} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}"
        for kind, s in (("relaxed", scores.relaxed), ("strict", scores.strict), ("pair", scores.pair))
    ]
    right = max(scores.relaxed.right, 1)
    effect = scores.effect_right / max(scores.effect_all, 1)
    print(f"{name:14} {'  '.join(parts)}")
    print(
        f"{'':14} of relaxed matches: negation right {scores.negation_right / right:.3f}, "
        f"certainty {scores.certainty_right / right:.3f}, effect {effect:.3f}"
    )
    if name == "classifier":
        for predicate, s in scores.by_predicate:
            print(f"  {predicate:22} P {s.precision:.2f} R {s.recall:.2f} F1 {s.f1:.2f}  gold {s.right + s.missed}")


def show_scores(results: Results) -> None:
    """Print the reliability of scores, and the precision of what is sure."""
    points = []
    for document, evidence in results:
        _, wrong = match(distinct(evidence), document, _relaxed)
        bad = {id(e) for e in wrong}
        points += [(e.score, id(e) not in bad) for e in evidence]
    scores, right = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    table, error = reliability(scores, right)
    for mean, share, number in table:
        print(f"  scores of {mean:.2f}: {share:.2f} right of {number}")
    sure = scores >= SURE
    print(f"expected calibration error {error:.3f}; at {SURE} and more {right[sure].mean():.3f} right of {sure.sum()}")


@click.command()
@click.option("--gold", type=click.Path(exists=True, path_type=Path), required=True)
def main(gold: Path) -> None:
    """Print all figures."""
    documents = read(gold)
    for name in ("cooccurrence", "patterns"):
        show(name, extract(documents, (name,)))
    show("no encoder", extract(documents, ("classifier",), encoder=False))
    results = extract(documents, ("classifier",))
    show("classifier", results)
    show_scores(results)
    everything = extract(documents, ("classifier",), floor=FLOORS[0])
    for floor in FLOORS:
        kept = [(d, [e for e in evidence if e.score >= floor]) for d, evidence in everything]
        s = score_claims(kept).relaxed
        print(f"  floor {floor:.2f}: P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}")


if __name__ == "__main__":
    main()
