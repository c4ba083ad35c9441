"""Claims that a treatment course states by itself: what a disease was refractory to, which drug followed which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from extractors.courses.cues import course_patterns
from extractors.courses.treatments import group_treatments
from extractors.document import Document
from extractors.records import Certainty, Claim, Course, Evidence, Predicate, Span
from extractors.values import MentionType

#: The extractor's name on the evidence.
NAME = "courses"
#: Reasons that make a disease refractory to a drug, as the guidelines have it.
FAILED = frozenset({"refractory", "relapse", "intolerant"})
#: Two treatments whose order a sentence tells stand within this many characters.
FARTHEST = 90
#: Scores of the two kinds of claim: about the share that was right on annotated articles, see docs/courses.md.
REFRACTORY, FOLLOWED = 0.8, 0.6


def derived_claims(document: Document, courses: Iterable[Course]) -> tuple[Evidence, ...]:
    """Return the claims that the courses of a document state, each once, with the sentence and words that say so.

    `refractory_to` for each prior treatment whose end is told; `followed_by` for the drugs of a sequential course, and
    for two treatments of a sentence that says so itself ("A followed by B", "B after A", "switched from A to B").
    """
    found: dict[tuple[str, str, str], Evidence] = {}
    for course in courses:
        for evidence in (*_refractory(document, course), *_followed(document, course)):
            found.setdefault(evidence.claim.key, evidence)
    for evidence in stated_sequences(document):
        found.setdefault(evidence.claim.key, evidence)
    return tuple(found.values())


def stated_sequences(document: Document) -> Iterator[Evidence]:
    """Yield a `followed_by` for each two neighbouring treatments of a sentence whose order it tells."""
    treatments = group_treatments(document)
    cues = course_patterns("sequence")
    text = document.text
    for sentence in document.sentences:
        named = sorted(
            (span, number)
            for number, treatment in enumerate(treatments)
            for span in treatment.spans
            if sentence.start <= span[0] and span[1] <= sentence.end
        )
        for (first, one), (second, other) in pairwise(named):
            between = text[first[1] : second[0]]
            if one == other or second[0] < first[1] or len(between) > FARTHEST:
                continue
            before = text[sentence.start : first[0]]
            switched = cues["switched"].search(before) and cues["to"].search(between)
            if switched or cues["then"].search(between):
                ends = treatments[one], treatments[other]
            elif cues["after"].search(between) and treatments[other].argument.type is MentionType.DRUG:
                ends = treatments[other], treatments[one]
            else:
                continue
            claim = Claim(ends[0].argument, Predicate.FOLLOWED_BY, ends[1].argument)
            cue = first[1], second[0]
            yield _evidence(document, sentence.span, claim, cue, FOLLOWED, "order told in the sentence")


def _refractory(document: Document, course: Course) -> Iterator[Evidence]:
    if course.condition is None or course.prior_reason not in FAILED:
        return
    for drug, cue in zip(course.prior, course.prior_spans, strict=False):
        claim = Claim(course.condition, Predicate.REFRACTORY_TO, drug)
        yield _evidence(document, course.sentence, claim, cue, REFRACTORY, f"prior treatment, {course.prior_reason}")


def _followed(document: Document, course: Course) -> Iterator[Evidence]:
    if course.mode != "sequential" or len(course.current) != 2:
        return  # of three and more, the words tell the order of two neighbours only
    claim = Claim(course.current[0], Predicate.FOLLOWED_BY, course.current[1])
    cue = course.mode_span or course.sentence
    yield _evidence(document, course.sentence, claim, cue, FOLLOWED, "sequential course")


def _evidence(document: Document, sentence: Span, claim: Claim, cue: Span, score: float, why: str) -> Evidence:
    """Return the evidence in the sentence of its cue; in the given one where the cue stands in none."""
    home = document.sentence_at(cue[0])
    return Evidence(
        article=document.article.id,
        claim=claim,
        sentence=home.span if home else sentence,
        extractor=NAME,
        certainty=Certainty.ASSERTED,
        score=score,
        cues=(("trigger", *cue),),
        why=why,
    )
