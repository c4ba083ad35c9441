"""Read treatment courses off a document whose mentions are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import permutations

from extractors.courses.condition import find_condition, find_qualifiers
from extractors.courses.cues import course_patterns
from extractors.courses.dose_arms import part_by_dose
from extractors.courses.named_regimens import find_components
from extractors.courses.numbers import (
    MOST_UNEQUAL,
    Context,
    Number,
    arm_windows,
    nothing_features,
    number_features,
    patient_numbers,
    read_statistics,
    responder_numbers,
)
from extractors.courses.outcome import find_prior, is_only_failed, outcome_features, outcome_words
from extractors.courses.regimens import Regimen, find_regimens
from extractors.courses.results import find_adverse_events, find_deaths, find_doses, find_endpoints
from extractors.courses.selection import MODEL, WITHOUT_COURSES, choose_courses
from extractors.courses.sequences import join_sequences
from extractors.courses.setting import find_mode, find_setting
from extractors.courses.treatments import Treatment, group_conditions, group_treatments
from extractors.document import Document
from extractors.linear import load_model
from extractors.records import Argument, Course, Span
from extractors.study.design import read_design
from extractors.study.participants import count_participants
from extractors.values import StudyDesign

#: The learned weights of the cells, see extractors/training/courses.py.
PATIENTS, RESPONDERS, OUTCOME = "course_patients", "course_responders", "course_outcome"
#: The most arms that numbers are shared out among.
MOST_SHARED = 4
#: Designs whose courses are arms that were compared with one another.
COMPARED = frozenset({StudyDesign.RANDOMISED_TRIAL, StudyDesign.NONRANDOMISED_TRIAL, StudyDesign.COHORT})


class CourseFinder:
    """Reads treatment courses: chooses who was given what, then fills the cells of each course from the text."""

    def extract(self, document: Document) -> Iterable[Course]:
        """Return the courses of an article."""
        design, _ = read_design(document)
        if design in WITHOUT_COURSES:
            return ()
        treatments = group_treatments(document)
        regimens = [r for r in find_regimens(document, treatments) if not is_only_failed(document, r)]
        chosen = choose_courses(document, regimens, design, load_model(MODEL))
        if not chosen:
            return ()
        chosen = part_by_dose(document, join_sequences(document, chosen, regimens), design)
        counted = count_participants(document, design)
        context = Context(document, read_statistics(document), chosen, design, counted[0] if counted else None)
        diseases = group_conditions(document)
        courses = [_read_course(context, regimen, treatments, diseases) for regimen in chosen]
        return tuple(_link_arms(courses, design))


def _read_course(
    context: Context, regimen: Regimen, treatments: Sequence[Treatment], diseases: Sequence[Treatment]
) -> Course:
    document = context.document
    patients = find_patients(context, regimen)
    responders = find_responders(context, regimen, patients)
    patients = not_fewer(context, patients, responders)
    prior, reason, prior_spans = find_prior(context, regimen, treatments)
    condition = find_condition(document, regimen, diseases)
    deaths = find_deaths(context, regimen)
    outcomes = load_model(OUTCOME).probabilities(outcome_features(context, regimen))
    mode, mode_span = find_mode(document, regimen)
    setting, setting_span = find_setting(document, regimen)
    return Course(
        article=document.article.id,
        condition=_nearest_first(condition) if condition else None,
        current=tuple(member.argument for member in regimen.members),
        sentence=_main_sentence(context, regimen, patients, responders),
        prior=tuple(treatment.argument for treatment in prior),
        prior_reason=reason or None,
        mode=mode,
        patients=patients.value if patients else None,
        responders=responders.value if responders else None,
        patients_span=patients.spans[0] if patients else None,
        responders_span=responders.spans[0] if responders else None,
        outcome=max(outcomes, key=lambda name: (outcomes[name], name)),
        patients_terms=patients.spans if patients and len(patients.spans) > 1 else (),
        responders_terms=responders.spans if responders and len(responders.spans) > 1 else (),
        condition_qualifiers=find_qualifiers(document, condition[0]) if condition else (),
        prior_spans=prior_spans,
        mode_span=mode_span,
        setting=setting,
        setting_span=setting_span,
        components=find_components(document, regimen),
        outcome_spans=outcome_words(context, regimen),
        doses=find_doses(context, regimen),
        endpoints=find_endpoints(context, regimen),
        adverse_events=find_adverse_events(context, regimen, diseases),
        deaths=deaths.value if deaths else None,
        deaths_span=deaths.spans[0] if deaths else None,
        not_extracted=_not_extracted(context, regimen, patients, responders),
        arm=regimen.dose or None,
    )


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


def _nearest_first(condition: tuple[Treatment, Span]) -> Argument:
    disease, nearest = condition
    others = tuple(span for span in disease.spans if span != nearest)
    return replace(disease.argument, spans=(nearest, *others))


def _main_sentence(context: Context, regimen: Regimen, patients: Number | None, responders: Number | None) -> Span:
    """Return the sentence that says most: of the responders, the patients, a result, else the first naming."""
    for number in (responders, patients):
        if number:
            return number.sentence.span
    for category in ("results", "conclusions", "abstract"):
        for occurrence in regimen.occurrences:
            if context.document.category(occurrence.sentence) == category:
                return occurrence.sentence.span
    return regimen.occurrences[0].sentence.span


def _not_extracted(
    context: Context, regimen: Regimen, patients: Number | None, responders: Number | None
) -> tuple[str, ...]:
    """Name the cells left empty although a sentence of the course holds numbers that may belong there."""
    own = {o.sentence for o in regimen.occurrences}
    kinds = {s.kind for sentence, found in context.statistics if sentence in own for s in found}
    missing = []
    if patients is None and kinds & {"count", "count_of"}:
        missing.append("patients")
    if responders is None and "count_of" in kinds:
        missing.append("responders")
    return tuple(missing)


def _link_arms(courses: Sequence[Course], design: StudyDesign) -> Iterable[Course]:
    if design not in COMPARED or len(courses) < 2:
        return courses
    return [replace(c, comparators=tuple(other.id for other in courses if other is not c)) for c in courses]
