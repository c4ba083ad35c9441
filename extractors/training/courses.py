"""Learn which treatments of an article are courses, and which numbers and outcomes belong to them.

    python -m extractors.training.courses GOLD.jsonl --annotations extractors/training/annotations --texts TEXTS.jsonl

writes extractors/models/encoder/courses.onnx (see extractors.training.courses_head), extractors/models/courses.json and
courses_with_encoder.json (without and with the encoder's odds), course_patients.json and course_responders.json
(conditional logistic regression, see extractors.training.study) and course_outcome.json (multinomial logistic
regression), from annotated courses and the mentions of the default recognisers, see
extractors.training.courses_examples. Needs the extra `training`; about a quarter of an hour of one core; the same input
gives the same files on one machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from extractors.courses.dose_arms import part_by_dose
from extractors.courses.number_features import nothing_features, number_features
from extractors.courses.numbers import (
    Context,
    Number,
    patient_numbers,
    read_statistics,
    responder_numbers,
)
from extractors.courses.outcome_features import outcome_features
from extractors.courses.regimens import Regimen
from extractors.courses.selection import WITHOUT_COURSES, own_features, step_features, stop_features
from extractors.training.claims_examples import stopwatch
from extractors.training.courses_examples import Example, matches, read_examples
from extractors.training.courses_head import FOLDER, export, judge_unseen
from extractors.training.study import Group, cross_fitted_participants, fit_ranking, frequent, write_model

#: Penalties and the rarest feature kept, chosen by five-fold cross-validation on gold train.
COURSES_L2, PATIENTS_L2, RESPONDERS_L2, OUTCOME_C, RAREST = 12.0, 5.0, 5.0, 0.03, 3
#: The rarest feature of a candidate course, which stands among many that are alike.
RAREST_OF_COURSES = 2
#: How often a gold article counts beside a further annotated one, most of which are trials far from the domain.
GOLD_WEIGHT = 3


def selection_groups(example: Example, encoder_odds: Sequence[float] | None = None) -> Iterator[Group]:
    """Yield the choices on the way to the gold courses, the candidate named most often first.

    `encoder_odds` are those of the candidates, where they count.
    """
    document, regimens, design = example.document, example.regimens, example.design
    if design in WITHOUT_COURSES or not regimens:
        return
    own = own_features(document, regimens, design, encoder_odds)
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
    arms: dict[int, list[Regimen]] = {}
    for course, drugs in example.courses:
        places = [i for i, r in enumerate(example.regimens) if matches(r, drugs)]
        for place in places:
            if place not in arms:
                arms[place] = list(part_by_dose(example.document, (example.regimens[place],), example.design))
        left = next((arms[place] for place in places if arms[place]), None)
        if left:
            pairs.append((left.pop(0), course))
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


def fit_outcome(
    features: Sequence[Mapping[str, float]], outcomes: Sequence[str], counts: Sequence[int]
) -> dict[str, object]:
    """Fit the outcome model, to which a course counts as often as `counts` says; return it as JSON content."""
    names = frequent(features, RAREST)
    matrix = np.array([[f.get(name, 0.0) for name in names] for f in features])
    model = LogisticRegression(C=OUTCOME_C, max_iter=2000).fit(matrix, outcomes, sample_weight=counts)
    weights = {name: [round(float(w), 3) for w in model.coef_[:, i]] for i, name in enumerate(names)}
    intercepts = [round(float(b), 3) for b in model.intercept_]
    return {"classes": [str(c) for c in model.classes_], "intercepts": intercepts, "weights": weights}


def fit_models(examples: Sequence[Example], odds: Sequence[Sequence[float] | None]) -> dict[str, dict[str, object]]:
    """Fit the five models of courses on articles and return their JSON contents by name.

    `odds` are the encoder's of each article's candidates, by a head that has not seen the article.
    """
    groups, encoder_groups, group_counts = list[Group](), list[Group](), list[int]()
    patients_groups, responders_groups, counts = list[Group](), list[Group](), list[int]()
    features, outcomes = list[dict[str, float]](), list[str]()
    counted = cross_fitted_participants([(e.document, e.design, e.participants) for e in examples])
    for example, n, encoder_odds in zip(examples, counted, odds, strict=True):
        weight = GOLD_WEIGHT if example.gold else 1
        groups += selection_groups(example)
        encoder_groups += selection_groups(example, encoder_odds)
        group_counts += [weight] * (len(groups) - len(group_counts))
        found = matched_courses(example, n)
        if found is None:
            continue
        context, pairs = found
        numbers = patient_numbers(context)
        for regimen, course in pairs:
            patients_groups += [number_group(context, regimen, numbers, course["patients"])] * weight
            patients = next((number for number in numbers if number.value == course["patients"]), None)
            parts = responder_numbers(context, patients)
            responders_groups += [number_group(context, regimen, parts, course["responders"], patients)] * weight
            features.append(outcome_features(context, regimen))
            outcomes.append(course["outcome"])
            counts.append(weight)
    fit_choice = partial(fit_ranking, l2=COURSES_L2, rarest=RAREST_OF_COURSES, counts=group_counts)
    return {
        "courses": fit_choice(groups),
        "courses_with_encoder": fit_choice(encoder_groups),
        "course_patients": fit_ranking(patients_groups, l2=PATIENTS_L2, rarest=RAREST),
        "course_responders": fit_ranking(responders_groups, l2=RESPONDERS_L2, rarest=RAREST),
        "course_outcome": fit_outcome(features, outcomes, counts),
    }


def main(arguments: Sequence[str]) -> None:
    """Train the models and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--annotations", type=Path, help="folder of stand-off annotations")
    parser.add_argument("--texts", type=Path, action="append", default=[], help="JSON lines with their texts")
    options = parser.parse_args(arguments)
    examples = list(read_examples(options.gold, options.annotations, options.texts))
    odds, head = judge_unseen(examples, stopwatch())
    export(head, FOLDER)
    for name, content in fit_models(examples, odds).items():
        write_model(name, content)


if __name__ == "__main__":
    main(sys.argv[1:])
