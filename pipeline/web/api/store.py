"""What the run holds, as JSON: names, numbers, claims with their reckoning, abstracts with all that was read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from extractors.errors import InputError
from graphs import explanation, query
from graphs.store import claims, courses, reads
from pipeline import cells
from pipeline.cells import Cell
from pipeline.web import explorer
from pipeline.web.api.shapes import FAULTS, Answer, ClaimId, Limit, answer

router = APIRouter(prefix="/api", tags=["store"], responses=FAULTS)


class Statistic(BaseModel):
    """One count."""

    what: str
    value: str
    count: int


class Explained(BaseModel):
    """A claim, its figures, and each reading with the axes of its strength."""

    claim: dict[str, Cell]
    readings: list[dict[str, Cell]]


class Mentioned(BaseModel):
    """A stretch of an article's text that names something; offsets are code points, end exclusive."""

    start: int
    end: int
    text: str
    type: str
    id: str | None


class Abstract(BaseModel):
    """An article with its annotations; offsets are into title + newline + abstract."""

    id: str
    title: str
    abstract: str
    year: int | None
    synthetic: bool
    retracted: bool
    design: str
    mentions: list[Mentioned]
    evidence: list[dict[str, Cell]]
    courses: list[dict[str, Cell]]


@router.get("/names")
def names(request: Request, q: Annotated[str, Query(min_length=1, max_length=300)], limit: Limit = 20) -> Answer:
    """What the graph speaks of and has a name with words that begin like these, most first."""
    with explorer.of(request).reading() as connection:
        found = query.names(connection, explorer.plain(q), limit=limit + 1)
    rows: list[cells.Row] = [{"id": n.id, "name": n.name, "type": n.type, "claims": n.claims} for n in found]
    return answer([], rows, limit)


@router.get("/statistics")
def statistics(request: Request) -> list[Statistic]:
    """What the store holds."""
    counted = explorer.of(request).overview().statistics
    return [Statistic(what=what, value=value, count=count) for what, value, count in counted]


@router.get("/claims/{claim}")
def claim(request: Request, claim: ClaimId) -> Explained:
    """Where every number of a claim comes from."""
    with explorer.of(request).reading() as connection:
        found = claims.by_id(connection, claim, limit=1)
        if not found:
            raise InputError(f"{claim}: no claim of this run has an id that begins so")
        told = explanation.explain(connection, found[0])
    ends = told.claim.claim
    head: dict[str, Cell] = {
        "subject": ends.subject.name,
        "predicate": str(ends.predicate),
        "object": ends.object.name,
        **cells.claim(told.claim),
    }
    return Explained(claim=head, readings=[dict(cells.reading(line)) for line in told.lines])


@router.get("/articles/{pmid}")
def article(request: Request, pmid: str) -> Abstract:
    """An abstract with all that was read off it."""
    with explorer.of(request).reading() as connection:
        found = reads.article(connection, f"PMID:{pmid}") or reads.article(connection, pmid)
        if found is None:
            raise InputError(f"no article {explorer.plain(pmid)!r} in this run")
        study = reads.study(connection, found.id)
        mentions = reads.mentions(connection, found.id)
        said = [cells.evidence(source) for source in claims.article_sources(connection, found.id)]
        given = [cells.course(source) for source in courses.find(connection, articles=[found.id])]
    return Abstract(
        id=found.id,
        title=found.title,
        abstract=found.abstract,
        year=found.year,
        synthetic=found.synthetic,
        retracted=found.retracted,
        design=str(study.design) if study else "other",
        mentions=[Mentioned(start=m.start, end=m.end, text=m.text, type=str(m.type), id=m.concept) for m in mentions],
        evidence=[dict(row) for row in said],
        courses=[dict(row) for row in given],
    )


@router.get("/changes")
def changes(request: Request, since: Annotated[int, Query(ge=0, le=1_000_000)], limit: Limit = 100) -> Answer:
    """Claims that came, went or changed after a run of this store; 0 is before the first."""
    with explorer.of(request).reading() as connection:
        found = query.new_since(connection, since, limit=limit + 1)
    rows: list[cells.Row] = [
        {
            "claim": change.id,
            "subject": change.claim.claim.subject.name if change.claim else None,
            "predicate": str(change.claim.claim.predicate) if change.claim else None,
            "object": change.claim.claim.object.name if change.claim else None,
            "was": change.verdict_before,
            "is": change.verdict,
            "belief_was": round(change.belief_before, 3),
            "belief": round(change.belief, 3),
            "articles_was": change.articles_before,
            "articles": change.articles,
        }
        for change in found
    ]
    return answer([], rows, limit)
