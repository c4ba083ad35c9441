"""The page of a claim: its verdict, how belief is reckoned, every sentence, and what speaks against it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from extractors.errors import InputError
from graphs import contradictions, explanation
from graphs.belief import CONFLICTS
from graphs.explanation import Explanation, Line
from graphs.store import claims
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
        told = explanation.explain(connection, found)
        conflicts = contradictions.of_claim(connection, found)
    supporting, against, other = sides(told)
    rows = here.settings.rows
    return here.page(
        request,
        "claim.html",
        told=told,
        claim=found,
        supporting=supporting[:rows],
        against=against[:rows],
        other=other[:rows],
        left_out=sum(max(0, len(side) - rows) for side in (supporting, against, other)),
        conflicts=conflicts,
        directions=directions(told),
    )


def sides(told: Explanation) -> tuple[list[Line], list[Line], list[Line]]:
    """Return the readings that speak for the leading direction, those against it, and the rest."""
    leading = told.belief.directions[0][0] if told.belief.directions else told.belief.verdict
    opposite = {b if a == leading else a for a, b in CONFLICTS if leading in (a, b)}
    supporting: list[Line] = []
    against: list[Line] = []
    other: list[Line] = []
    for line in told.lines:
        way = line.strength.direction if line.strength else ""
        (supporting if way == leading else against if way in opposite or way == "mixed" else other).append(line)
    return supporting, against, other


def directions(told: Explanation) -> list[tuple[str, float, list[float]]]:
    """Return each direction with its belief and the strengths of its witnesses, strongest first."""
    found = []
    for way, value in told.belief.directions:
        strongest: dict[str, float] = {}
        for strength in told.belief.strengths:
            if strength.direction == way or (strength.direction == "mixed" and way in {"effective", "ineffective"}):
                strongest[strength.witness] = max(strongest.get(strength.witness, 0.0), strength.value)
        found.append((way, value, sorted(strongest.values(), reverse=True)))
    return found
