"""Drug combinations of the Drug Combination Extraction corpus: sicca as it is, and its methods trained on the corpus.

    PYTHONPATH=. python benchmarks/dce.py --corpus ../shared/corpora/dce/train.jsonl

Drug mentions are given. The first lines measure what sicca's shipped extractors (never trained on this corpus) find;
the last what two stages like those of its claim classifier find when they are trained on four fifths of the documents
and tested on the rest, in repeated five-fold cross-validation by document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
import numpy as np

from benchmarks.dce_model import CombinationModel, prepare
from pipeline.config import Extraction as Settings
from pipeline.evaluation.combinations import (
    CombinationScores,
    CombinationSentence,
    Drugs,
    all_together,
    extracted,
    read,
    score,
)
from pipeline.evaluation.run import extractions

FOLDS = 5

Found = Sequence[tuple[CombinationSentence, Mapping[Drugs, bool]]]


def show(name: str, scores: CombinationScores) -> None:
    """Print one line."""
    parts = [
        f"{kind} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}"
        for kind, s in (("any", scores.any), ("positive", scores.positive))
    ]
    print(f"{name:32} {'  '.join(parts)}", flush=True)


def as_it_is(sentences: Sequence[CombinationSentence]) -> None:
    """Measure the shipped extractors."""
    results = extractions([s.article for s in sentences], Settings())
    pairs = list(zip(sentences, results, strict=True))
    show("claims", score((s, extracted(s, r.evidence, ())) for s, r in pairs))
    show("courses", score((s, extracted(s, (), r.courses)) for s, r in pairs))
    show("claims and courses", score((s, extracted(s, r.evidence, r.courses)) for s, r in pairs))


def trained(sentences: Sequence[CombinationSentence], repeats: int) -> None:
    """Cross-validate the trained sets; print each repeat, then mean and spread of the folds."""
    prepared = [prepare(s) for s in sentences]
    reachable = sum(int(p.right.sum()) for p in prepared) / sum(len(s.gold) for s in sentences)
    print(f"{sum(len(p.sets) for p in prepared)} sets; {reachable:.3f} of the annotated combinations are among them")
    every: list[CombinationScores] = []
    for repeat in range(repeats):
        folds = np.random.default_rng(repeat).permutation(len(sentences)) % FOLDS
        own = []
        for fold in range(FOLDS):
            model = CombinationModel([p for p, f in zip(prepared, folds, strict=True) if f != fold])
            held_out = np.flatnonzero(folds == fold)
            own.append(score((sentences[i], model.predict(prepared[i])) for i in held_out))
            show(f"trained, repeat {repeat + 1}, fold {fold + 1}", own[-1])
        show(f"trained, repeat {repeat + 1}", sum(own, CombinationScores()))
        every += own
    ends: dict[str, Callable[[CombinationScores], float]] = {
        "any": lambda s: s.any.f1,
        "positive": lambda s: s.positive.f1,
    }
    for kind, of in ends.items():
        values = np.array([of(s) for s in every])
        print(
            f"trained, {kind}: F1 {values.mean():.3f}, standard deviation {values.std(ddof=1):.3f} over {len(values)} "
            f"folds ({values.min():.3f} to {values.max():.3f})"
        )


@click.command()
@click.option("--corpus", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--repeats", type=int, default=3, show_default=True)
@click.option("--only", type=click.Choice(["extractors", "trained"]), help="Measure one half.")
def main(corpus: Path, repeats: int, only: str | None) -> None:
    """Print all figures."""
    sentences = read(corpus)
    print(f"{len(sentences)} sentences, {sum(len(s.gold) for s in sentences)} combinations; exact match")
    show("all drugs together", score((s, all_together(s)) for s in sentences))
    if only != "trained":
        as_it_is(sentences)
    if only != "extractors":
        trained(sentences, repeats)


if __name__ == "__main__":
    main()
