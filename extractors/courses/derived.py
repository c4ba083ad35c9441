"""Claims that a treatment course states by itself: what a disease was refractory to, which drug followed which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from extractors.document import Document
from extractors.records import Argument, Certainty, Claim, Course, Evidence, Predicate, Span

#: The extractor's name on the evidence.
NAME = "courses"
#: Reasons that make a disease refractory to a drug, as the guidelines have it.
FAILED = frozenset({"refractory", "relapse", "intolerant"})
#: Scores of the two kinds of claim: the share that was right on gold train, see docs/courses.md.
REFRACTORY, FOLLOWED = 0.5, 0.5


def derived_claims(document: Document, courses: Iterable[Course]) -> tuple[Evidence, ...]:
    """Return the claims that the courses of a document state, each once, with the sentence and words that say so.

    `refractory_to` for each prior treatment whose end is told; `followed_by` for the drugs of a sequential course.
    """
    found: dict[tuple[str, str, str], Evidence] = {}
    for course in courses:
        for evidence in (*_refractory(document, course), *_followed(document, course)):
            found.setdefault(evidence.claim.key, evidence)
    return tuple(found.values())


def _refractory(document: Document, course: Course) -> Iterator[Evidence]:
    if course.condition is None or course.prior_reason not in FAILED:
        return
    for drug, cue in zip(course.prior, course.prior_spans, strict=False):
        claim = Claim(course.condition, Predicate.REFRACTORY_TO, drug)
        yield _evidence(document, course, claim, cue, REFRACTORY, f"prior treatment, {course.prior_reason}")


def _followed(document: Document, course: Course) -> Iterator[Evidence]:
    if course.mode != "sequential":
        return
    for first, second in pairwise(course.current):
        cue = course.mode_span or course.sentence
        yield _evidence(document, course, _sequence(first, second), cue, FOLLOWED, "sequential course")


def _sequence(first: Argument, second: Argument) -> Claim:
    return Claim(first, Predicate.FOLLOWED_BY, second)


def _evidence(document: Document, course: Course, claim: Claim, cue: Span, score: float, why: str) -> Evidence:
    sentence = next((s.span for s in document.sentences if s.start <= cue[0] < s.end), course.sentence)
    return Evidence(
        article=course.article,
        claim=claim,
        sentence=sentence,
        extractor=NAME,
        certainty=Certainty.ASSERTED,
        score=score,
        cues=(("trigger", *cue),),
        why=why,
    )
