"""Read treatment courses off a document whose mentions are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.courses.components import find_components
from extractors.courses.condition import find_condition, find_qualifiers
from extractors.courses.cues import compile_cues
from extractors.courses.dose_arms import part_by_dose
from extractors.courses.numbers import Context, Number, read_statistics
from extractors.courses.outcome import IMPROVED, choose_outcome, find_prior, is_only_failed, outcome_words
from extractors.courses.outcome_features import outcome_features
from extractors.courses.patients import PATIENTS, RESPONDERS, find_patients, find_responders, not_fewer
from extractors.courses.regimens import Regimen, find_regimens
from extractors.courses.results import find_adverse_events, find_deaths, find_doses, find_endpoints
from extractors.courses.selection import ENCODER_MODEL, MODEL, WITHOUT_COURSES, choose_courses
from extractors.courses.sequences import CASES, join_sequences, without_failed
from extractors.courses.setting import find_mode, find_setting
from extractors.courses.treatments import Treatment, group_conditions, group_treatments, is_only_measured
from extractors.document import Document
from extractors.linear import load_model
from extractors.optional import load_encoder
from extractors.records import Argument, Course, Span
from extractors.study.design import read_design
from extractors.study.participants import count_participants
from extractors.values import StudyDesign

if TYPE_CHECKING:
    from extractors.courses.reader import CourseReader

#: The learned weights of the outcome, see extractors/training/courses.py.
OUTCOME = "course_outcome"
#: Designs whose patients had no background that a text tells once for all.
UNCOMPOSED = frozenset({StudyDesign.CASE_REPORT, StudyDesign.CASE_SERIES, StudyDesign.COHORT})
#: Designs whose courses are arms that were compared with one another.
COMPARED = frozenset({StudyDesign.RANDOMISED_TRIAL, StudyDesign.NONRANDOMISED_TRIAL, StudyDesign.COHORT})


class CourseFinder:
    """Reads treatment courses: chooses who was given what, then fills the cells of each course from the text.

    With `encoder`, the encoder of claims has its say in the outcomes, and in the choice of courses but for case reports
    and series: it has seen too few. Raises ConfigError where what it needs is not installed.
    """

    def __init__(self, *, encoder: bool = True) -> None:
        self._reader = load_encoder("extraction.options.courses.encoder", _load_reader) if encoder else None
        # Read and compiled now: it takes as long as some articles, and a broken table is told before the first.
        compile_cues()
        for model in (MODEL, *((ENCODER_MODEL,) if encoder else ()), PATIENTS, RESPONDERS, OUTCOME):
            load_model(model)

    def extract(self, document: Document) -> Iterable[Course]:
        """Return the courses of an article."""
        design, _ = read_design(document)
        if design in WITHOUT_COURSES:
            return ()
        treatments = group_treatments(document)
        candidates = find_regimens(document, treatments)
        regimens: Sequence[Regimen] = [r for r in candidates if may_be_course(document, r, design)]
        if design in CASES:
            regimens = without_failed(document, regimens)
        reader = self._reader
        if reader and design not in CASES:
            odds = reader.odds(document, regimens, candidates, design)
            chosen = choose_courses(document, regimens, design, load_model(ENCODER_MODEL), odds)
        else:
            chosen = choose_courses(document, regimens, design, load_model(MODEL))
        if not chosen:
            return ()
        chosen = part_by_dose(document, join_sequences(document, chosen, regimens, design), design)
        counted = count_participants(document, design)
        context = Context(document, read_statistics(document), chosen, design, counted[0] if counted else None)
        diseases = group_conditions(document)
        outcomes = reader.outcomes(document, chosen, candidates, design) if reader else [None for _ in chosen]
        courses = [_read_course(context, r, treatments, diseases, o) for r, o in zip(chosen, outcomes, strict=True)]
        return tuple(_link_arms(courses, design))


def _load_reader() -> CourseReader:
    """Import what the encoder runs on only where it is asked for."""
    from extractors.courses.reader import CourseReader

    return CourseReader()


def may_be_course(document: Document, regimen: Regimen, design: StudyDesign) -> bool:
    """Whether a candidate is worth a choice: not named only as having failed or as having been measured.

    Composed of parts in trials only: what stands together nowhere in a report of patients was hardly given together.
    """
    if (regimen.is_composed and design in UNCOMPOSED) or is_only_failed(document, regimen):
        return False
    return not any(is_only_measured(document.text, member) for member in regimen.members)


def _read_course(
    context: Context,
    regimen: Regimen,
    treatments: Sequence[Treatment],
    diseases: Sequence[Treatment],
    by_encoder: Mapping[str, float] | None,
) -> Course:
    document = context.document
    patients = find_patients(context, regimen)
    responders = find_responders(context, regimen, patients)
    patients = not_fewer(context, patients, responders)
    prior, reason, prior_spans = find_prior(context, regimen, treatments)
    condition = find_condition(document, regimen, diseases)
    deaths = find_deaths(context, regimen)
    outcomes = load_model(OUTCOME).probabilities(outcome_features(context, regimen))
    outcome = choose_outcome(outcomes, responders.value if responders else None, by_encoder)
    if responders is None and patients and patients.value == 1 and outcome == IMPROVED:
        responders = patients  # the one patient, as in all of the gold standard's courses of one who improved
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
        outcome=outcome,
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
