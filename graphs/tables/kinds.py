"""The tables by kind: treatment courses, outcomes, harms, mechanisms, contradictions, summary of findings."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from extractors.records import Argument, Span
from extractors.values import Predicate
from graphs import contradictions as conflicts
from graphs import course_facts, query
from graphs.answers import CourseSource, Source
from graphs.query import Answer
from graphs.store import claims, courses, reads
from graphs.tables.summary import Finding, summarise
from graphs.tables.table import Cell, Column, Kind, Quote, Table

MECHANISMS = (
    Predicate.TARGETS, Predicate.INCREASES, Predicate.DECREASES, Predicate.INVOLVED_IN, Predicate.EXPRESSED_BY,
)  # fmt: skip
EMPTY = (
    'An empty cell is not stated; "not extracted" names cells that the text seems to fill but that could not be read.'
)
LEFT_OUT = "Evidence of retracted articles is left out."
#: Columns of what a claim's evidence amounts to, and of the sentence that shows it.
WEIGHED = (
    "verdict", "belief", "opposed", "articles", "studies", "patients", "certainty", "origin", "design", "year", "PMID",
    "sentence",
)  # fmt: skip


def course_table(connection: sqlite3.Connection) -> Table:
    """Return every treatment course, by condition and treatment."""
    return courses_as_table(sorted(_standing(courses.find(connection)), key=_course_order))


def courses_as_table(found: Iterable[CourseSource]) -> Table:
    """Return these courses in this order."""
    columns = (
        "condition", "prior treatments", "why they ended", "treatment", "drugs of a named regimen", "mode", "setting",
        "patients", "responders", "outcome", "doses", "endpoints", "harms", "not extracted", "design", "year", "PMID",
        "sentence",
    )  # fmt: skip
    rows = [
        (
            _name(s.course.condition),
            ", ".join(drug.name for drug in s.course.prior),
            s.course.prior_reason,
            course_facts.treatment(s.course),
            course_facts.components(s.course),
            s.course.mode,
            course_facts.setting(s.course),
            s.course.patients,
            s.course.responders,
            s.course.outcome,
            course_facts.doses(s.course),
            course_facts.endpoints(s.course),
            course_facts.harms(s.course),
            ", ".join(s.course.not_extracted),
            str(s.design),
            s.year,
            pmid(s),
            course_quote(s),
        )
        for s in found
    ]
    return Table("courses", "Treatment courses", _columns(columns), tuple(rows), f"{EMPTY} {LEFT_OUT}")


def claims_as_table(found: Iterable[Answer]) -> Table:
    """Return these claims in this order, whatever they say."""
    columns = ("subject", "relation", "object", *WEIGHED)
    rows: list[tuple[Cell, ...]] = []
    for answer in found:
        claim = answer.claim.claim
        rows.append((claim.subject.name, str(claim.predicate), claim.object.name, *_weighed(answer)))
    return Table("claims", "Claims", _columns(columns), tuple(rows), LEFT_OUT)


def outcome_table(connection: sqlite3.Connection) -> Table:
    """Return what each treatment does to each endpoint, "no difference" included."""
    return _claim_table(
        connection,
        "outcomes",
        "Outcomes by endpoint",
        ("endpoint", "treatment"),
        (Predicate.AFFECTS_OUTCOME,),
        flip=True,
    )


def harm_table(connection: sqlite3.Connection) -> Table:
    """Return the adverse events, by treatment; "denied" where the text says that they did not occur."""
    return _claim_table(
        connection,
        "adverse-events",
        "Adverse events",
        ("treatment", "adverse event"),
        (Predicate.CAUSES_ADVERSE_EVENT,),
    )


def mechanism_table(connection: sqlite3.Connection) -> Table:
    """Return the biology: what targets, raises, lowers, drives or expresses what, and in which species."""
    found = query.answers(connection, claims.find(connection, predicates=MECHANISMS))
    columns = (
        "subject", "relation", "object", "verdict", "belief", "opposed", "articles", "species", "certainty", "origin",
        "design", "PMID", "sentence",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for answer in sorted(found, key=_claim_order):
        claim, source = answer.claim, answer.source
        study = reads.study(connection, source.evidence.article)
        rows.append(
            (
                claim.claim.subject.name,
                str(claim.claim.predicate),
                claim.claim.object.name,
                claim.verdict,
                claim.belief,
                claim.opposed,
                claim.articles,
                ", ".join(study.species if study else ()),
                str(source.evidence.certainty),
                source.evidence.origin and str(source.evidence.origin),
                str(source.design),
                pmid(source),
                quote(source),
            )
        )
    return Table("mechanisms", "Mechanisms", _columns(columns), tuple(rows), LEFT_OUT)


def contradiction_table(connection: sqlite3.Connection) -> Table:
    """Return the claims whose evidence points both ways, with both quotes and what differs."""
    columns = (
        "subject", "relation", "object", "one side", "belief", "PMID", "sentence", "other side", "opposed",
        "other PMID", "other sentence", "what differs",
    )  # fmt: skip
    rows = [
        (
            found.claim.claim.subject.name,
            str(found.claim.claim.predicate),
            found.claim.claim.object.name,
            found.direction,
            found.belief,
            pmid(found.source),
            quote(found.source),
            found.other_direction,
            found.other_belief,
            pmid(found.other_source),
            quote(found.other_source),
            found.factor,
        )
        for found in conflicts.find(connection)
    ]
    return Table("contradictions", "Contradictions", _columns(columns), tuple(rows), LEFT_OUT)


def summary_table(connection: sqlite3.Connection) -> Table:
    """Return the summary of findings, a row for each condition and treatment."""
    columns = (
        "condition", "treatment", "articles", "studies", "patients", "responders", "response", "95% low", "95% high",
        "by design", "reviews apart", "verdict of the claim", "PMID", "sentence",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for found in summarise(_standing(courses.find(connection))):
        answers = claims.find(
            connection, subjects=[found.treatment_ids[0]], predicates=(Predicate.TREATS,), objects=[found.condition_id]
        )
        verdict = answers[0].verdict if answers and len(found.treatment_ids) == 1 else ""
        rows.append(
            (
                found.condition,
                found.treatment,
                found.articles,
                found.studies,
                _range(found.patients_low, found.patients_high),
                _responders(found),
                found.proportion,
                found.low,
                found.high,
                found.by_design,
                found.reviews,
                verdict,
                ", ".join(source.pmid for source in found.sources[:5]),
                course_quote(found.sources[0]),
            )
        )
    note = (
        f"Response: responders of patients in courses that tell both, each cohort once, with Wilson's 95% interval. "
        f"Ranges: at least (the largest course of each cohort) – at most (every course of each study). {LEFT_OUT}"
    )
    return Table("summary", "Summary of findings", _columns(columns), tuple(rows), note)


#: Kind → what makes it, and the line for the help page.
KINDS: dict[str, tuple[Callable[[sqlite3.Connection], Table], str]] = {
    "courses": (course_table, "Treatment courses: who was given what after what, and what came of it."),
    "outcomes": (outcome_table, 'Outcomes by endpoint, "no difference" included.'),
    "adverse-events": (harm_table, "Adverse events by treatment."),
    "mechanisms": (mechanism_table, "Biology: what targets, raises, lowers, drives or expresses what."),
    "contradictions": (contradiction_table, "Claims whose evidence points both ways, with both quotes."),
    "summary": (summary_table, "Summary of findings by condition and treatment, with pooled response."),
}


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


def pmid(source: Source | CourseSource) -> str:
    """Return the PMID, marked where the record was written for this project or is under concern."""
    marks = (" (synthetic)" if source.synthetic else "") + (" (concern)" if source.concern else "")
    return source.pmid + marks


def _claim_table(
    connection: sqlite3.Connection,
    name: str,
    title: str,
    ends: tuple[str, str],
    predicates: tuple[Predicate, ...],
    *,
    flip: bool = False,
) -> Table:
    found = sorted(query.answers(connection, claims.find(connection, predicates=predicates)), key=_claim_order)
    columns = (*ends, *WEIGHED)
    rows: list[tuple[Cell, ...]] = []
    for answer in found:
        names = answer.claim.claim.subject.name, answer.claim.claim.object.name
        rows.append((*(names[::-1] if flip else names), *_weighed(answer)))
    if flip:
        rows.sort(key=lambda row: (str(row[0]).casefold(), str(row[1]).casefold()))
    return Table(name, title, _columns(columns), tuple(rows), LEFT_OUT)


def _weighed(answer: Answer) -> tuple[Cell, ...]:
    """Return the cells named in WEIGHED: what a claim's evidence amounts to, and the sentence that shows it."""
    claim, source = answer.claim, answer.source
    return (
        claim.verdict,
        claim.belief,
        claim.opposed,
        claim.articles,
        claim.studies,
        _range(claim.patients_low, claim.patients_high),
        str(source.evidence.certainty),
        source.evidence.origin and str(source.evidence.origin),
        str(source.design),
        source.year,
        pmid(source),
        quote(source),
    )


def _columns(names: Iterable[str]) -> tuple[Column, ...]:
    numbers = {
        "patients", "responders", "belief", "opposed", "articles", "studies", "year", "response", "95% low", "95% high",
    }  # fmt: skip
    return tuple(
        Column(
            name,
            Kind.PMID
            if name.endswith("PMID")
            else Kind.QUOTE
            if name.endswith("sentence")
            else Kind.NUMBER
            if name in numbers
            else Kind.TEXT,
        )
        for name in names
    )


def _standing(found: Iterable[CourseSource]) -> list[CourseSource]:
    return [source for source in found if not source.retracted]


def _name(argument: Argument | None) -> str | None:
    return argument.name if argument else None


def _range(low: int | None, high: int | None) -> Cell:
    return low if low == high else f"{low}–{high}"


def _responders(found: Finding) -> str | None:
    """Return "3/4", or "3/4–9/14" where reports may overlap."""
    if found.responders_low is None:
        return None
    low, high = f"{found.responders_low}/{found.counted_low}", f"{found.responders_high}/{found.counted_high}"
    return low if low == high else f"{low}–{high}"


def _marks(spans: Iterable[Span], sentence: Span) -> tuple[Span, ...]:
    start, end = sentence
    return tuple(sorted({(s - start, e - start) for s, e in spans if start <= s and e <= end}))


def _course_order(source: CourseSource) -> tuple[str, str, int, str, tuple[int, int]]:
    course = source.course
    drugs = ", ".join(drug.name.casefold() for drug in course.current)
    return (
        (_name(course.condition) or "\uffff").casefold(),
        drugs,
        -(course.patients or 0),
        course.article,
        course.sentence,
    )


def _claim_order(answer: Answer) -> tuple[str, str, str, str]:
    claim = answer.claim.claim
    return claim.subject.name.casefold(), str(claim.predicate), claim.object.name.casefold(), answer.claim.id
