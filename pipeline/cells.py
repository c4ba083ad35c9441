"""Records of answers as the cells of a row: the columns of the command line and the keys of the JSON."""

from __future__ import annotations

from extractors.records import Argument
from graphs import course_facts, explanation
from graphs.answers import AssembledClaim, CourseSource, Source
from graphs.contradictions import Contradiction
from graphs.paths import Path
from graphs.query import Answer
from graphs.tables.cells import origin, pmid

Cell = str | int | float | bool | None
Row = dict[str, Cell]

#: How a hop is drawn, by (gap, sign).
ARROWS = {
    (False, 1): "─▲→",
    (False, -1): "─▼→",
    (False, 0): "──→",
    (True, 1): "┄?→",
    (True, -1): "┄?→",
    (True, 0): "┄?→",
}


def claim(item: AssembledClaim) -> Row:
    """Return a claim's figures."""
    first, last = item.first_year, item.last_year
    return {
        "verdict": item.verdict,
        "belief": round(item.belief, 3),
        "opposed": round(item.opposed, 3),
        "articles": item.articles,
        "studies": item.studies,
        "patients": span(item.patients_low, item.patients_high),
        "retracted": item.retracted,
        "years": span(first, last),
        "claim": item.id,
    }


def reading(line: explanation.Line) -> Row:
    """Return one reading of a claim with the axes of its strength."""
    row = evidence(line.source)
    strength = line.strength
    row |= {"counts": line.counts, "direction": "retracted", "strength": 0.0}
    if strength:
        row |= {
            "direction": strength.direction,
            "strength": round(strength.value, 3),
            "extraction": round(strength.extraction, 3),
            "design_weight": strength.design,
            "participants": round(strength.participants, 3),
            "directness": strength.directness,
            "witness": strength.witness,
        }
    return row


def span(low: int | None, high: int | None) -> str:
    """Return "3" or "3–5"; nothing for nothing."""
    return "" if low is None else str(low) if low == high else f"{low}–{high}"


def answer(found: Answer, *, subject: str = "subject", object_: str = "object") -> Row:
    """Return a claim with its ends, figures and best sentence; the ends get the question's words."""
    ends = found.claim.claim
    return {
        subject: ends.subject.name,
        "predicate": str(ends.predicate),
        object_: ends.object.name,
        **claim(found.claim),
        "design": str(found.source.design),
        "pmid": pmid(found.source),
        "sentence": found.source.quote,
        "origin": origin(found.source),
    }


def evidence(source: Source) -> Row:
    """Return an evidence."""
    item = source.evidence
    return {
        "pmid": pmid(source),
        "year": source.year,
        "subject": item.claim.subject.name,
        "predicate": str(item.claim.predicate),
        "object": item.claim.object.name,
        "effect": item.effect and str(item.effect),
        "negated": item.negated,
        "certainty": str(item.certainty),
        "origin": origin(source),
        "design": str(source.design),
        "n": source.n,
        "section": source.section,
        "score": round(item.score, 4),
        "extractor": item.extractor,
        "retracted": source.retracted,
        "sentence": source.quote,
        "claim": item.claim.id,
        "evidence": item.id,
    }


def course(source: CourseSource) -> Row:
    """Return a treatment course."""
    item = source.course
    return {
        "condition": item.condition.name if item.condition else None,
        "prior": names(item.prior),
        "reason": item.prior_reason,
        "treatment": course_facts.treatment(item),
        "mode": item.mode,
        "patients": item.patients,
        "responders": item.responders,
        "outcome": item.outcome,
        "design": str(source.design),
        "year": source.year,
        "pmid": pmid(source),
        "sentence": source.quote,
        "regimen_of": course_facts.components(item),
        "setting": course_facts.setting(item),
        "doses": course_facts.doses(item),
        "endpoints": course_facts.endpoints(item),
        "adverse_events": ", ".join(event.name for event in item.adverse_events),
        "deaths": item.deaths,
        "not_extracted": ", ".join(item.not_extracted),
        **{f"{cell}_spans": " ".join(f"{a}-{b}" for a, b in found) for cell, found in course_facts.spans(item).items()},
    }


def names(arguments: tuple[Argument, ...], *, joint: str = ", ") -> str:
    """Return the names of several arguments."""
    return joint.join(argument.name for argument in arguments)


def contradiction(found: Contradiction) -> Row:
    """Return a contradiction with both quotes."""
    ends = found.claim.claim
    return {
        "subject": ends.subject.name,
        "predicate": str(ends.predicate),
        "object": ends.object.name,
        "side": found.direction,
        "belief": round(found.belief, 3),
        "pmid": pmid(found.source),
        "quote": found.source.quote,
        "other_side": found.other_direction,
        "other_belief": round(found.other_belief, 3),
        "other_pmid": pmid(found.other_source),
        "other_quote": found.other_source.quote,
        "differs": found.factor,
        "claim": found.claim.id,
    }


def hops(path: Path, number: int) -> list[Row]:
    """Return a path as a row a hop, with the path drawn in front."""
    rows: list[Row] = []
    for place, (hop, source, species) in enumerate(zip(path.hops, path.sources, path.species, strict=True), start=1):
        rows.append(
            {
                "path": number,
                "hop": place,
                "from": hop.start_name,
                "arrow": ARROWS[hop.gap, hop.sign],
                "to": hop.end_name,
                "read_as": f"{hop.claim.claim.predicate}{' (read backwards)' if hop.backward else ''}",
                "verdict": hop.claim.verdict,
                "certainty": str(source.evidence.certainty),
                "belief": round(hop.claim.belief, 3),
                "gap": hop.gap,
                "species": ", ".join(species),
                "pmid": pmid(source),
                "sentence": source.quote,
                "claim": hop.claim.id,
            }
        )
    return rows
