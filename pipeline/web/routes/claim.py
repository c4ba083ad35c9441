"""The page of a claim: its verdict, how belief is reckoned, every sentence, and what speaks against it."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from extractors.errors import InputError
from graphs import contradictions
from graphs.belief import conflicting
from graphs.explanation import Explanation, Line
from graphs.store import claims
from pipeline.curation import overlay
from pipeline.curation.book import Book
from pipeline.curation.judgement import CLAIM_FIELDS
from pipeline.web import explorer

router = APIRouter()


@router.get("/claim/{claim_id}")
def claim(request: Request, claim_id: str) -> HTMLResponse:
    """Show a claim by its id."""
    here = explorer.of(request)
    with here.reading() as connection:
        found = claims.by_ids(connection, [claim_id]).get(claim_id)
        if found is None:
            raise InputError(
                f"no claim has the id {explorer.plain(claim_id)!r} in this run; it may have gone with a later run: "
                "search for its subject instead"
            )
        told = overlay.explain(connection, found, here.judgements())
        conflicts = contradictions.of_claim(connection, found)
    judged = here.judgements()
    rejected = [line for line in told.lines if _verdict(judged, line) == "reject"]
    told = replace(told, lines=tuple(line for line in told.lines if line not in rejected))
    supporting, against, other = sides(told)
    rows = here.settings.rows
    return here.page(
        request,
        "claim.html",
        told=told,
        claim=told.claim,
        rejected=rejected,
        fields=CLAIM_FIELDS,
        supporting=supporting[:rows],
        against=against[:rows],
        other=other[:rows],
        left_out=sum(max(0, len(side) - rows) for side in (supporting, against, other)),
        conflicts=conflicts,
        directions=[(way, value, told.belief.witnesses(way)) for way, value in told.belief.directions],
    )


def sides(told: Explanation) -> tuple[list[Line], list[Line], list[Line]]:
    """Return the readings that speak for the leading direction, those against it, and the rest."""
    leading = told.belief.directions[0][0] if told.belief.directions else told.belief.verdict
    opposite = conflicting(leading)
    supporting: list[Line] = []
    against: list[Line] = []
    other: list[Line] = []
    for line in told.lines:
        way = line.strength.direction if line.strength else ""
        (supporting if way == leading else against if way in opposite or way == "mixed" else other).append(line)
    return supporting, against, other


def _verdict(judged: Book, line: Line) -> str:
    judgement = judged.of_evidence(line.source.evidence, line.source.quote)
    return judgement.verdict if judgement else ""
