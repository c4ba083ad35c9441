"""Learn how a study was done and how many took part, from the gold standard's study facts.

    python -m extractors.training.study GOLD.jsonl [--annotations extractors/training/annotations --texts TEXTS.jsonl]

writes extractors/models/study_design.json (multinomial logistic regression over the cues of
configs/cues/study_design.toml) and study_participants.json (conditional logistic regression, McFadden 1974, that ranks
the numbers of an article and the answer "none stated"). Needs scikit-learn and scipy; seeded, the same input gives the
same files.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article
from extractors.linear import LinearModel
from extractors.study.design import design_features
from extractors.study.participant_counts import candidates
from extractors.study.participant_features import candidate_features, null_features
from extractors.study.participants import WITHOUT, rank_participants
from extractors.training.annotated import read_records
from extractors.values import StudyDesign

MODELS = Path(__file__).parents[1] / "models"
#: Chosen by five-fold cross-validation on gold train.
DESIGN_C, PARTICIPANTS_L2 = 1.0, 4.0
FOLDS = 5
#: A feature seen in fewer articles (design) or candidates (participants) is left out.
RAREST_DESIGN, RAREST_PARTICIPANTS = 2, 4

Floats = NDArray[np.float64]
Group = list[tuple[Mapping[str, float], bool]]


def fit_design(features: Sequence[Mapping[str, float]], designs: Sequence[str]) -> dict[str, object]:
    """Fit the design model and return it as JSON content."""
    names = frequent(features, RAREST_DESIGN)
    matrix = np.array([[f.get(name, 0.0) for name in names] for f in features])
    model = LogisticRegression(C=DESIGN_C, class_weight="balanced", max_iter=3000).fit(matrix, designs)
    weights = {name: [round(float(w), 3) for w in model.coef_[:, i]] for i, name in enumerate(names)}
    intercepts = [round(float(b), 3) for b in model.intercept_]
    return {"classes": [str(c) for c in model.classes_], "intercepts": intercepts, "weights": weights}


def fit_ranking(
    groups: Sequence[Group], *, l2: float, rarest: int, counts: Sequence[int] | None = None
) -> dict[str, object]:
    """Fit weights that rank the right candidates of each group above the others; return them as JSON content.

    Maximises the log of the share of exp(score) that falls on right candidates, with an L2 penalty; a group counts as
    often as `counts` says, once without them.
    """
    names = frequent([features for group in groups for features, _ in group], rarest)
    index = {name: i for i, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    right: list[bool] = []
    group_of: list[int] = []
    for number, group in enumerate(groups):
        for features, is_right in group:
            known = [name for name in features if name in index]
            columns += [index[name] for name in known]
            values += [features[name] for name in known]
            rows += [len(right)] * len(known)
            right.append(is_right)
            group_of.append(number)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(right), len(names)))
    truth, groups_array = np.array(right, dtype=float), np.array(group_of)
    weight = np.ones(len(groups)) if counts is None else np.array(counts, dtype=float)
    row_weight = weight[groups_array]
    starts = np.flatnonzero(np.r_[True, groups_array[1:] != groups_array[:-1]])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[groups_array])
        total = np.add.reduceat(powers, starts)
        hits = np.add.reduceat(powers * truth, starts) + 1e-300
        gradient = matrix.T @ (row_weight * (powers * truth / hits[groups_array] - powers / total[groups_array]))
        return -float(np.sum(weight * np.log(hits / total))) + l2 / 2 * float(
            weights @ weights
        ), l2 * weights - gradient

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights = {name: [round(float(w), 3)] for name, w in zip(names, fitted, strict=True) if abs(w) >= 0.005}
    return {"classes": ["right"], "intercepts": [0.0], "weights": weights}


def participant_groups(documents: Sequence[tuple[Document, StudyDesign, int | None]]) -> list[Group]:
    """Return each article's candidate numbers with whether they are right, and the answer that none is stated."""
    groups: list[Group] = []
    for document, design, n in documents:
        found = candidates(document) if design not in WITHOUT and design is not StudyDesign.CASE_REPORT else []
        group: Group = [(candidate_features(document, c, found, design), c.value == n) for c in found]
        if group:
            groups.append([*group, (null_features(design), not any(right for _, right in group))])
    return groups


def write_model(name: str, content: Mapping[str, object]) -> None:
    """Write a model's JSON, one feature a line, so that a change can be reviewed."""
    weights = content["weights"]
    assert isinstance(weights, dict)  # noqa: S101
    lines = ",\n".join(f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(weights[k])}" for k in sorted(weights))
    head = json.dumps({k: content[k] for k in ("classes", "intercepts")})[1:-1]
    (MODELS / f"{name}.json").write_text(f'{{{head}, "weights": {{\n{lines}\n}}}}\n', encoding="utf-8")


def frequent(features: Sequence[Mapping[str, float]], rarest: int) -> list[str]:
    """Return the features seen at least so often, sorted."""
    counts = Counter(name for f in features for name in f)
    return sorted(name for name, count in counts.items() if count >= rarest)


def cross_fitted_participants(
    rows: Sequence[tuple[Document, StudyDesign, int | None]], folds: int = FOLDS
) -> list[int | None]:
    """Return each article's participants as weights that were fitted without it find them."""
    groups = [participant_groups([row]) for row in rows]
    found: list[int | None] = [None] * len(rows)
    for fold in range(folds):
        rest = [group for i, own in enumerate(groups) if i % folds != fold for group in own]
        content = fit_ranking(rest, l2=PARTICIPANTS_L2, rarest=RAREST_PARTICIPANTS)
        weights = content["weights"]
        assert isinstance(weights, dict)  # noqa: S101
        model = LinearModel(("right",), (0.0,), {name: tuple(values) for name, values in weights.items()})
        for i in range(fold, len(rows), folds):
            counted = rank_participants(rows[i][0], rows[i][1], model)
            found[i] = counted[0] if counted else None
    return found


def main(arguments: Sequence[str]) -> None:
    """Train both models and write them; further annotated articles serve the participants only."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--annotations", type=Path)
    parser.add_argument("--texts", type=Path, action="append", default=[])
    options = parser.parse_args(arguments)
    records = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    articles = [flat_article(r["id"], r["title"], r["abstract"]) for r in records]
    features = [design_features(a.title, a.abstract) for a in articles]
    write_model("study_design", fit_design(features, [r["study"]["design"] for r in records]))
    records += read_records(options.annotations, options.texts) if options.annotations else []
    documents = parse([flat_article(r["id"], r["title"], r["abstract"]) for r in records], build_nlp())
    rows = [(d, StudyDesign(r["study"]["design"]), r["study"]["n"]) for d, r in zip(documents, records, strict=True)]
    ranking = fit_ranking(participant_groups(rows), l2=PARTICIPANTS_L2, rarest=RAREST_PARTICIPANTS)
    write_model("study_participants", ranking)


if __name__ == "__main__":
    main(sys.argv[1:])
