"""Cuts a text where its annotations begin and end, however they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractors.records import Span
from extractors.statistics.reader import find_statistics
from graphs.answers import CourseSource, Source


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text: what it is (a word for the style sheet), what to say of it, where it leads."""

    start: int
    end: int
    kind: str
    label: str = ""
    #: The node of the graph it names.
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text with all that lies over it; without kinds it is plain."""

    text: str
    kinds: tuple[str, ...] = ()
    label: str = ""
    concept: str = ""


def segments(text: str, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Return the text cut at every mark's ends; marks beyond the text are left out."""
    kept = sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end, m.kind))
    edges = sorted({0, len(text), *(m.start for m in kept), *(m.end for m in kept)})
    found = []
    for start, end in pairwise(edges):
        over = [mark for mark in kept if mark.start <= start and end <= mark.end]
        kinds = tuple(dict.fromkeys(mark.kind for mark in over))
        label = "; ".join(dict.fromkeys(mark.label for mark in over if mark.label))
        concept = next((mark.concept for mark in reversed(over) if mark.concept), "")
        found.append(Segment(text[start:end], kinds, label, concept))
    return tuple(found)


def passage_of(text: str, marks: Iterable[Mark], span: Span) -> tuple[Segment, ...]:
    """Return a stretch of a text with the parts of marks (offsets of the text) that lie in it."""
    start, end = span
    clipped = [
        Mark(max(m.start, start) - start, min(m.end, end) - start, m.kind, m.label, m.concept)
        for m in marks
        if m.start < end and start < m.end
    ]
    return segments(text[start:end], clipped)


def evidence_marks(source: Source) -> tuple[Mark, ...]:
    """Return an evidence's subject, object and cues, in offsets of its article's text."""
    item = source.evidence
    subject, object_ = item.claim.subject, item.claim.object
    marks = [Mark(*span, "subject", f"subject: {subject.name}") for span in subject.spans]
    marks += [Mark(*span, "object", f"object: {object_.name}") for span in object_.spans]
    marks += [Mark(start, end, f"cue-{role}", f"{role} cue") for role, start, end in item.cues]
    return tuple(marks)


def course_marks(source: CourseSource) -> tuple[Mark, ...]:
    """Return a course's drugs, condition and numbers, in offsets of its article's text."""
    item = source.course
    marks = [Mark(*span, "subject", f"given: {drug.name}") for drug in item.current for span in drug.spans]
    marks += [Mark(*span, "prior", f"given before: {drug.name}") for drug in item.prior for span in drug.spans]
    if item.condition:
        marks += [Mark(*span, "object", f"condition: {item.condition.name}") for span in item.condition.spans]
    for span, label in ((item.patients_span, "patients"), (item.responders_span, "responders")):
        if span:
            marks.append(Mark(*span, "number", label))
    return tuple(marks)


def sentence(quote: str, marks: Iterable[Mark], span: Span, *, numbers: bool = False) -> tuple[Segment, ...]:
    """Return a sentence with the marks that lie in it (offsets of the article); with `numbers`, its statistics too."""
    start, _ = span
    inside = [Mark(m.start - start, m.end - start, m.kind, m.label, m.concept) for m in marks]
    return segments(quote, (*inside, *(_numbers(quote) if numbers else ())))


def quoted(source: Source, *, numbers: bool = False) -> tuple[Segment, ...]:
    """Return an evidence's sentence with subject, object and cues; with `numbers`, its statistics too."""
    return sentence(source.quote, evidence_marks(source), source.evidence.sentence, numbers=numbers)


def reported(source: CourseSource) -> tuple[Segment, ...]:
    """Return a course's sentence with its drugs, condition, patients and responders."""
    return sentence(source.quote, course_marks(source), source.course.sentence)


@lru_cache(maxsize=10_000)
def _numbers(quote: str) -> tuple[Mark, ...]:
    return tuple(Mark(s.start, s.end, "number", s.kind.replace("_", " ")) for s in find_statistics(quote))
