"""Choose the patients and the responders of a course among the numbers of the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from extractors.courses.arms import places_in
from extractors.courses.cues import course_patterns
from extractors.courses.dose_arms import TRIALS
from extractors.courses.number_features import nothing_features, number_features
from extractors.courses.numbers import (
    MOST_UNEQUAL,
    Context,
    Number,
    arm_windows,
    patient_numbers,
    responder_numbers,
)
from extractors.courses.regimens import Regimen
from extractors.linear import load_model
from extractors.values import StudyDesign

#: The learned weights, see extractors/training/courses.py.
PATIENTS, RESPONDERS = "course_patients", "course_responders"
#: The most arms that numbers are shared out among.
MOST_SHARED = 4


def find_patients(context: Context, regimen: Regimen) -> Number | None:
    """Return the patients of a course.

    All of the study's where it is the only course and named beside their number; where neighbouring numbers, one for
    each course, add up to the study's, its own of them; else the best number.
    """
    numbers = _plausible(context, patient_numbers(context))
    if context.n == 1:
        return next((number for number in numbers if number.value == 1 and number.kind == "person"), None)
    if len(context.chosen) == 1:
        own = {o.sentence for o in regimen.occurrences}
        for number in numbers:
            if number.value == context.n and (number.kind == "person" or number.sentence in own):
                return number
    shared = _share_out(context, numbers)
    if shared:
        return shared[context.chosen.index(regimen)]
    return choose_number(PATIENTS, context, regimen, numbers)


def not_fewer(context: Context, patients: Number | None, responders: Number | None) -> Number | None:
    """Return the patients; where "2 of 5" responded and they were read as fewer than 5, the 5 instead."""
    if not (patients and responders and responders.total and patients.value < responders.total):
        return patients
    everybody = [number for number in patient_numbers(context) if number.value == responders.total]
    near = sorted(everybody, key=lambda number: (number.sentence != responders.sentence, number.spans))
    return near[0] if near else patients


def _plausible(context: Context, numbers: Sequence[Number]) -> tuple[Number, ...]:
    """Leave out what is too small to be an arm of a randomised trial of this size ("four patients had a bleed")."""
    arms = len(context.chosen)
    if context.design is not StudyDesign.RANDOMISED_TRIAL or arms < 2 or not context.n:
        return tuple(numbers)
    return tuple(number for number in numbers if number.value * arms * MOST_UNEQUAL >= context.n)


def _share_out(context: Context, numbers: Sequence[Number]) -> tuple[Number, ...] | None:
    """Return the arms' numbers in the order of the courses: the run and pairing the model likes best.

    None where no run adds up to the study's participants, or where "not stated" suits an arm better.
    """
    model = load_model(PATIENTS)
    best: tuple[float, tuple[Number, ...]] | None = None
    for run in arm_windows(context, numbers):
        if len(run) > MOST_SHARED:
            return None
        if context.design not in TRIALS and not any(places_in(context.places, n.sentence) for n in run):
            continue  # patients told apart by something else: "refractory (n = 19) or relapsing (n = 12)"
        scores = [[model.score(number_features(context, r, n, numbers)) for n in run] for r in context.chosen]
        for order in permutations(range(len(run))):
            total = sum(scores[arm][place] for arm, place in enumerate(order))
            if best is None or total > best[0]:
                best = total, tuple(run[place] for place in order)
    nothing = model.score(nothing_features(context, numbers)) * len(context.chosen)
    return best[1] if best and best[0] > nothing else None


def find_responders(context: Context, regimen: Regimen, patients: Number | None) -> Number | None:
    """Return the responders of a course: all of its patients where its sentence calls their treatment successful."""
    numbers = responder_numbers(context, patients)
    chosen = choose_number(RESPONDERS, context, regimen, numbers, patients)
    if chosen is None and patients and any(o.sentence == patients.sentence for o in regimen.occurrences):
        sentence = patients.sentence
        if course_patterns("talk")["success"].search(context.document.text, sentence.start, sentence.end):
            return numbers[-1]
    return chosen


def choose_number(
    model_name: str, context: Context, regimen: Regimen, numbers: Sequence[Number], patients: Number | None = None
) -> Number | None:
    """Return the best number for a cell; None where "not stated" is the better answer."""
    model = load_model(model_name)
    best, chosen = model.score(nothing_features(context, numbers, patients)), None
    for number in numbers:
        score = model.score(number_features(context, regimen, number, numbers, patients))
        if score > best:
            best, chosen = score, number
    return chosen
