"""Fit and measure the direction of effects on Evidence Inference 2 (DeYoung et al., 2020; MIT licence).

python -m extractors.training.claims_direction --corpora ../shared/corpora

Prints macro-F1 of increased, decreased and no difference, cross-validated with all prompts of an article in one fold.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from extractors.assertion.direction import BITS, direction_features, roles_of
from extractors.claims.model import Linear

#: The corpus spells one of its labels in two ways.
LABELS = {
    "significantly increased": 1,
    "significantly increase": 1,
    "significantly decreased": -1,
    "no significant difference": 0,
}
PENALTY = 0.2
FOLDS = 5
#: Words and signs as the model reads them.
WORD = re.compile(r"\d+(?:[.·]\d+)?|\w+|[^\w\s]")


def read_prompts(folder: Path) -> Iterator[tuple[str, int, npt.NDArray[np.int32]]]:
    """Yield article, label and features of each prompt whose answer was checked and has an evidence text."""
    csv.field_size_limit(1 << 24)
    with (folder / "prompts_merged.csv").open(encoding="utf-8-sig", newline="") as lines:
        prompts = {row["PromptID"]: row for row in csv.DictReader(lines)}
    with (folder / "v2_annotations.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            prompt = prompts.get(row["PromptID"])
            if prompt and row["Label"] in LABELS and row["Valid Label"] == "True" and row["Annotations"].strip():
                text = row["Annotations"].lower()
                words = WORD.findall(text)
                roles = roles_of(words, prompt["Intervention"], prompt["Comparator"], prompt["Outcome"])
                yield row["PMCID"], LABELS[row["Label"]], direction_features(text, words, roles, prompt["Outcome"])


def fit_direction(folder: Path) -> Linear:
    """Fit the model on all prompts."""
    _, answers, features = _table(folder)
    model = LogisticRegression(C=PENALTY, max_iter=200).fit(features, answers)
    return Linear(model.coef_.T.astype(np.float16).astype(np.float32), model.intercept_.astype(np.float32))


def _table(folder: Path) -> tuple[tuple[str, ...], npt.NDArray[np.int_], Any]:
    articles, labels, rows = zip(*read_prompts(folder), strict=True)
    starts = np.cumsum([0, *(len(r) for r in rows)])
    ones = np.ones(starts[-1], np.float32)
    features = sparse.csr_matrix((ones, np.concatenate(rows), starts), shape=(len(rows), 1 << BITS))
    return articles, np.array(labels), features


@click.command()
@click.option("--corpora", type=click.Path(exists=True, path_type=Path), required=True)
def measure(corpora: Path) -> None:
    """Print the cross-validated macro-F1."""
    articles, answers, features = _table(corpora / "evidence_inference")
    order = {
        article: i for i, article in enumerate(np.random.default_rng(0).permutation(sorted(set(articles))).tolist())
    }
    folds = np.array([order[a] % FOLDS for a in articles])
    said = np.zeros(len(answers), int)
    for fold in range(FOLDS):
        model = LogisticRegression(C=PENALTY, max_iter=200).fit(features[folds != fold], answers[folds != fold])
        said[folds == fold] = model.predict(features[folds == fold])
    each = ", ".join(f"{f:.3f}" for f in f1_score(answers, said, average=None))
    print(f"{len(articles)} prompts of {len(order)} articles; macro-F1 {f1_score(answers, said, average='macro'):.3f}")
    print(f"decreased, no difference, increased: {each}; accuracy {np.mean(answers == said):.3f}")


if __name__ == "__main__":
    measure()
