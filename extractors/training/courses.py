"""Learn which treatments of an article are courses, and which numbers and outcomes belong to them.

    python -m extractors.training.courses GOLD.jsonl

writes extractors/models/courses.json, course_patients.json and course_responders.json (conditional logistic regression,
see extractors.training.study) and course_outcome.json (multinomial logistic regression), from gold courses and the
mentions of the default recognisers. Needs scikit-learn and scipy; the same input gives the same files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from extractors.courses.features import regimen_features
from extractors.courses.numbers import (
    Context,
    Number,
    nothing_features,
    number_features,
    patient_numbers,
    read_statistics,
    responder_numbers,
)
from extractors.courses.outcome import outcome_features
from extractors.courses.regimens import Regimen, find_regimens
from extractors.courses.selection import WITHOUT_COURSES, step_features, stop_features
from extractors.courses.treatments import group_treatments
from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article
from extractors.records import Span
from extractors.registry import build_mentions
from extractors.training.study import Group, cross_fitted_participants, fit_ranking, frequent, write_model
from extractors.values import StudyDesign

#: The recognisers whose mentions the courses are learned on: those of the default configuration.
MENTIONS = ("dictionary", "statistical", "merge")
#: Penalties and the rarest feature kept, chosen by five-fold cross-validation on gold train.
COURSES_L2, PATIENTS_L2, RESPONDERS_L2, OUTCOME_C, RAREST = 12.0, 5.0, 5.0, 0.03, 3


@dataclass(frozen=True)
class Example:
    """A gold article: its document, candidates and gold courses, each with the spans of its drugs."""

    document: Document
    design: StudyDesign
    regimens: tuple[Regimen, ...]
    courses: tuple[tuple[Mapping[str, Any], tuple[tuple[Span, ...], ...]], ...]
    #: The study's participants.
    participants: int | None


def read_examples(gold: Path) -> Iterator[Example]:
    """Yield the articles of a gold file with their candidate courses."""
    nlp = build_nlp()
    recognisers = [build_mentions(name, {}) for name in MENTIONS]
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        (document,) = parse((flat_article(record["id"], record["title"], record["abstract"]),), nlp)
        for recogniser in recognisers:
            document = document.with_mentions(recogniser.extract(document))
        entities = {e["key"]: _spans(document.text, e["mentions"]) for e in record["entities"]}
        courses = tuple((c, tuple(entities[k] for k in c["current"] if k in entities)) for c in record["courses"])
        regimens = find_regimens(document, group_treatments(document))
        study = record["study"]
        yield Example(document, StudyDesign(study["design"]), regimens, courses, study["n"])


def matches(regimen: Regimen, drugs: Sequence[Sequence[Span]]) -> bool:
    """Whether a candidate's treatments are those of a gold course, as the gold standard scores it."""
    return len(regimen.members) == len(drugs) and all(
        any(_overlap(a, b) for member in regimen.members for a in member.spans for b in drug) for drug in drugs
    )


def selection_groups(example: Example) -> Iterator[Group]:
    """Yield the choices on the way to the gold courses, the candidate named most often first."""
    document, regimens, design = example.document, example.regimens, example.design
    if design in WITHOUT_COURSES or not regimens:
        return
    own = [regimen_features(document, regimen, regimens, design) for regimen in regimens]
    left, chosen = list(example.courses), list[int]()
    while len(chosen) < len(regimens):
        rest = [i for i in range(len(regimens)) if i not in chosen]
        right = {i: next((c for c in left if matches(regimens[i], c[1])), None) for i in rest}
        found = [i for i in rest if right[i]]
        steps = [(step_features(document, regimens, own[i], i, chosen), right[i] is not None) for i in rest]
        yield [*steps, (stop_features(regimens, chosen, design), not found)]
        if not found:
            return
        best = max(found, key=lambda i: (len(regimens[i].occurrences), -i))
        chosen.append(best)
        left = [c for c in left if c is not right[best]]


def matched_courses(example: Example, n: int | None) -> tuple[Context, list[tuple[Regimen, Mapping[str, Any]]]] | None:
    """Return the context of an article's gold courses and each with the candidate that matches it.

    `n` is the study's participants as found by weights that do not know the article.
    """
    pairs: list[tuple[Regimen, Mapping[str, Any]]] = []
    for course, drugs in example.courses:
        taken = {id(regimen) for regimen, _ in pairs}
        regimen = next((r for r in example.regimens if id(r) not in taken and matches(r, drugs)), None)
        if regimen:
            pairs.append((regimen, course))
    if not pairs:
        return None
    chosen = tuple(sorted((r for r, _ in pairs), key=lambda r: r.occurrences[0].spans))
    return Context(example.document, read_statistics(example.document), chosen, example.design, n), pairs


def number_group(
    context: Context, regimen: Regimen, numbers: Sequence[Number], gold: int | None, patients: Number | None = None
) -> Group:
    """Return the candidates of a number cell with whether they are right, and the answer "not stated"."""
    features = [number_features(context, regimen, number, numbers, patients) for number in numbers]
    rows: Group = [(f, number.value == gold) for f, number in zip(features, numbers, strict=True)]
    return [*rows, (nothing_features(context, numbers, patients), not any(right for _, right in rows))]


def fit_outcome(features: Sequence[Mapping[str, float]], outcomes: Sequence[str]) -> dict[str, object]:
    """Fit the outcome model and return it as JSON content."""
    names = frequent(features, RAREST)
    matrix = np.array([[f.get(name, 0.0) for name in names] for f in features])
    model = LogisticRegression(C=OUTCOME_C, max_iter=2000).fit(matrix, outcomes)
    weights = {name: [round(float(w), 3) for w in model.coef_[:, i]] for i, name in enumerate(names)}
    intercepts = [round(float(b), 3) for b in model.intercept_]
    return {"classes": [str(c) for c in model.classes_], "intercepts": intercepts, "weights": weights}


def fit_models(examples: Sequence[Example]) -> dict[str, dict[str, object]]:
    """Fit the four models of courses on articles and return their JSON contents by name."""
    groups = [group for example in examples for group in selection_groups(example)]
    patients_groups, responders_groups = list[Group](), list[Group]()
    features, outcomes = list[dict[str, float]](), list[str]()
    counted = cross_fitted_participants([(e.document, e.design, e.participants) for e in examples])
    for found in filter(None, map(matched_courses, examples, counted)):
        context, pairs = found
        numbers = patient_numbers(context)
        for regimen, course in pairs:
            patients_groups.append(number_group(context, regimen, numbers, course["patients"]))
            patients = next((number for number in numbers if number.value == course["patients"]), None)
            parts = responder_numbers(context, patients)
            responders_groups.append(number_group(context, regimen, parts, course["responders"], patients))
            features.append(outcome_features(context, regimen))
            outcomes.append(course["outcome"])
    return {
        "courses": fit_ranking(groups, l2=COURSES_L2, rarest=RAREST),
        "course_patients": fit_ranking(patients_groups, l2=PATIENTS_L2, rarest=RAREST),
        "course_responders": fit_ranking(responders_groups, l2=RESPONDERS_L2, rarest=RAREST),
        "course_outcome": fit_outcome(features, outcomes),
    }


def main(gold: str) -> None:
    """Train the four models on a gold file and write them."""
    for name, content in fit_models(list(read_examples(Path(gold)))).items():
        write_model(name, content)


def _spans(text: str, forms: Sequence[str]) -> tuple[Span, ...]:
    """Return where the surface forms stand in the text."""
    found: list[Span] = []
    for form in forms:
        start = text.find(form)
        while start >= 0:
            found.append((start, start + len(form)))
            start = text.find(form, start + 1)
    return tuple(found)


def _overlap(a: Span, b: Span) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared * 2 >= min(a[1] - a[0], b[1] - b[0])


if __name__ == "__main__":
    main(sys.argv[1])
