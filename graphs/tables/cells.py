"""A source as cells of a row: its PMID with what must be known of it, its sentence with what it names marked."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.records import Span
from graphs.answers import CourseSource, Source
from graphs.tables.table import Quote


def pmid(source: Source | CourseSource) -> str:
    """Return the PMID, marked where the record was written for this project or has a notice against it."""
    stated = {"synthetic": source.synthetic, "retracted": source.retracted, "concern": source.concern}
    marks = ", ".join(mark for mark, given in stated.items() if given)
    return f"{source.pmid} ({marks})" if marks else source.pmid


def origin(source: Source) -> str | None:
    """Return whether the sentence tells a finding of its study or what was known before; None if it is not known."""
    return source.evidence.origin and str(source.evidence.origin)


def quote(source: Source) -> Quote:
    """Return an evidence's sentence with subject and object marked."""
    item = source.evidence
    return Quote(source.quote, _marks((*item.claim.subject.spans, *item.claim.object.spans), item.sentence))


def course_quote(source: CourseSource) -> Quote:
    """Return a course's sentence with drugs, condition and numbers marked."""
    item = source.course
    ends = (*item.current, *item.prior, *((item.condition,) if item.condition else ()))
    spans = [span for end in ends for span in end.spans]
    spans += [span for span in (item.patients_span, item.responders_span) if span]
    return Quote(source.quote, _marks(spans, item.sentence))


def _marks(spans: Iterable[Span], sentence: Span) -> tuple[Span, ...]:
    start, end = sentence
    return tuple(sorted({(s - start, e - start) for s, e in spans if start <= s and e <= end}))
