"""Lays judgements over what was extracted: rejected readings weigh nothing, corrected ones as corrected."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from extractors.records import Certainty, Course, Effect, Evidence
from graphs import explanation
from graphs.answers import AssembledClaim, CourseSource, Reading
from graphs.belief import assess, load_weights
from graphs.explanation import Explanation
from graphs.store import claims
from pipeline.curation.book import Book
from pipeline.curation.judgement import Judgement


def explain(connection: sqlite3.Connection, claim: AssembledClaim, book: Book) -> Explanation:
    """Return where a claim's numbers come from when its readers' judgements count."""
    if claim.id not in book.claims:
        return explanation.explain(connection, claim)
    readings = judged_readings(connection, claim, book)
    told = explanation.explain(connection, claim, readings=readings)
    lines = []
    for line in told.lines:
        judgement = book.of_evidence(line.source.evidence, line.source.quote)
        if judgement and judgement.verdict == "correct":
            source = replace(line.source, evidence=corrected_evidence(line.source.evidence, judgement))
            line = replace(line, source=source)
        lines.append(line)
    return replace(told, claim=_summed(claim, told, readings), lines=tuple(lines))


def judged_readings(connection: sqlite3.Connection, claim: AssembledClaim, book: Book) -> list[Reading]:
    """Return a claim's readings without the rejected, with the corrected as corrected; accepted ones are certain."""
    sources = {source.evidence.id: source for source in claims.sources(connection, [claim.id])}
    readings = []
    for reading in claims.readings_of(connection, claim.id):
        source = sources.get(reading.id)
        judgement = book.of_evidence(source.evidence, source.quote) if source else None
        if judgement and judgement.verdict == "reject":
            continue
        if judgement and source:
            evidence = corrected_evidence(source.evidence, judgement)
            effect = str(evidence.effect) if evidence.effect else None
            reading = replace(
                reading, score=1.0, effect=effect, negated=int(evidence.negated), certainty=str(evidence.certainty)
            )
        readings.append(reading)
    return readings


def claims_judged(connection: sqlite3.Connection, found: Iterable[AssembledClaim], book: Book) -> list[AssembledClaim]:
    """Return claims with verdict and belief as they are when judgements count; those left without a reading go."""
    touched = book.claims
    weights = load_weights() if touched else None
    kept = []
    for claim in found:
        if claim.id in touched and weights is not None:
            readings = judged_readings(connection, claim, book)
            if not readings:
                continue
            belief = assess(str(claim.claim.predicate), readings, weights)
            claim = replace(claim, verdict=belief.verdict, belief=belief.belief, opposed=belief.opposed)
        kept.append(claim)
    return kept


def courses_judged(found: Iterable[CourseSource], book: Book) -> list[CourseSource]:
    """Return courses without the rejected, with corrected cells as corrected."""
    kept = []
    for source in found:
        judgement = book.of_course(source.course, source.quote)
        if judgement and judgement.verdict == "reject":
            continue
        kept.append(replace(source, course=corrected_course(source.course, judgement)) if judgement else source)
    return kept


def corrected_evidence(evidence: Evidence, judgement: Judgement) -> Evidence:
    """Return a reading with the values of its judgement."""
    values = judgement.values
    return replace(
        evidence,
        effect=(Effect(values["effect"]) if values["effect"] else None) if "effect" in values else evidence.effect,
        negated=values["negated"] == "true" if values.get("negated") else evidence.negated,
        certainty=Certainty(values["certainty"]) if values.get("certainty") else evidence.certainty,
    )


def corrected_course(course: Course, judgement: Judgement) -> Course:
    """Return a course with the values of its judgement; a corrected number no longer has a place in the text."""
    changed: dict[str, object] = {}
    for name, value in judgement.values.items():
        if name in {"patients", "responders"}:
            number = int(value) if value else None
            if number != getattr(course, name):
                changed |= {name: number, f"{name}_span": None}
        elif name == "prior_reason":
            changed[name] = value or None
        elif value:
            changed[name] = value
    return replace(course, **changed)  # type: ignore[arg-type]


def _summed(claim: AssembledClaim, told: Explanation, readings: list[Reading]) -> AssembledClaim:
    standing = [reading for reading in readings if not reading.retracted]
    return replace(
        claim,
        verdict=told.belief.verdict,
        belief=told.belief.belief,
        opposed=told.belief.opposed,
        evidence=len(standing),
        articles=len({reading.article for reading in standing}),
        studies=len({strength.witness for strength in told.belief.strengths}),
    )
