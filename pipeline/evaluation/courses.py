"""Treatment courses and study facts against gold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.records import Argument, Course, Study
from extractors.scores import Score
from pipeline.evaluation.claims import touches
from pipeline.evaluation.gold import GoldCourse, GoldDocument


@dataclass(frozen=True, slots=True)
class CourseScores:
    """Courses found by their set of current drugs, and how many cells of the found ones are right."""

    found: Score
    patients: int
    responders: int
    prior: int
    outcome: int


@dataclass(frozen=True, slots=True)
class StudyScores:
    """How many documents have the right design, and exactly the right number of participants."""

    documents: int
    design: int
    n: int


def _same_drugs(found: Sequence[Argument], gold: Iterable[str], document: GoldDocument) -> bool:
    wanted = [spans for key in gold if (spans := document.spans(key))]
    return len(found) == len(wanted) and all(any(touches(a, spans) for a in found) for spans in wanted)


def _prior(found: Course, gold: GoldCourse, document: GoldDocument) -> bool:
    return _same_drugs(found.prior, gold.prior, document)


def score_courses(results: Iterable[tuple[GoldDocument, Sequence[Course]]]) -> CourseScores:
    """Match courses one to one by their current drugs; cells count among the matched."""
    total = Score()
    patients = responders = prior = outcome = 0
    for document, courses in results:
        left = list(courses)
        for gold in document.courses:
            hit = next((c for c in left if _same_drugs(c.current, gold.current, document)), None)
            if hit is None:
                total += Score(missed=1)
                continue
            left.remove(hit)
            total += Score(right=1)
            patients += hit.patients == gold.patients
            responders += hit.responders == gold.responders
            prior += _prior(hit, gold, document)
            outcome += hit.outcome == gold.outcome
        total += Score(wrong=len(left))
    return CourseScores(total, patients, responders, prior, outcome)


def score_studies(results: Iterable[tuple[GoldDocument, Study]]) -> StudyScores:
    """Compare design and number of participants, document by document."""
    documents = design = n = 0
    for document, study in results:
        documents += 1
        design += study.design == document.design
        n += study.n == document.n
    return StudyScores(documents, design, n)
