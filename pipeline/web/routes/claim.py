"""The page of a claim: its verdict, how belief is reckoned, its sentences, and what speaks against it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from extractors.errors import InputError
from graphs import contradictions, explanation
from graphs.answers import AssembledClaim
from graphs.belief import Belief, conflicting
from graphs.explanation import Line, Weighed
from graphs.store import claims
from pipeline.curation import overlay
from pipeline.curation.book import Book
from pipeline.curation.judgement import CLAIM_FIELDS
from pipeline.web import choices, explorer

router = APIRouter()
#: Sentences of a side on the claim's page; the others are shown on demand, as many as a table has rows.
SHOWN = 20
#: What sentences may say of the leading direction.
SIDES = ("for", "against", "neither")
Item = TypeVar("Item", Line, Weighed)


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of one side that are shown, and how many there are."""

    name: str
    lines: tuple[Line, ...]
    #: Sentences before those shown.
    start: int
    total: int

    @property
    def following(self) -> int:
        """Where the next sentences begin; 0 where there are none."""
        end = self.start + len(self.lines)
        return end if end < self.total else 0


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with what its readings amount to, judgements counted, and a part of its sentences by side."""

    claim: AssembledClaim
    belief: Belief
    sides: dict[str, Side]
    rejected: tuple[Line, ...] = ()


@router.get("/claim/{claim_id}")
def claim(request: Request, claim_id: str) -> HTMLResponse:
    """Show a claim by its id, with the strongest sentences of each side."""
    here = explorer.of(request)
    with here.reading() as connection:
        found = named(connection, claim_id)
        told = tell(connection, found, here.judgements(), start=0, most=min(SHOWN, here.settings.rows))
        conflicts = contradictions.of_claim(connection, found)
    return here.page(
        request,
        "claim.html",
        told=told,
        claim=told.claim,
        fields=CLAIM_FIELDS,
        conflicts=conflicts,
        directions=[(way, value, told.belief.witnesses(way)) for way, value in told.belief.directions],
    )


@router.get("/claim/{claim_id}/sentences")
def sentences(request: Request, claim_id: str, side: str = "", start: str = "") -> HTMLResponse:
    """Show further sentences of one side of a claim, strongest first."""
    here = explorer.of(request)
    name = choices.one(side, SIDES, "side") or SIDES[0]
    first = choices.number(start, "start", high=10_000_000) or 0
    with here.reading() as connection:
        found = named(connection, claim_id)
        told = tell(connection, found, here.judgements(), start=first, most=here.settings.rows)
    return here.page(request, "sentences.html", told=told, claim=told.claim, side=told.sides[name], fields=CLAIM_FIELDS)


def named(connection: sqlite3.Connection, claim_id: str) -> AssembledClaim:
    """Return a claim by its id; raises InputError where there is none."""
    found = claims.by_ids(connection, [claim_id]).get(claim_id)
    if found is None:
        raise InputError(
            f"no claim has the id {explorer.plain(claim_id)!r} in this run; it may have gone with a later run: "
            "search for its subject instead"
        )
    return found


def tell(connection: sqlite3.Connection, found: AssembledClaim, judged: Book, *, start: int, most: int) -> Told:
    """Return a claim with so many sentences of each side; of the others only the facts are read, not the texts."""
    if found.id not in judged.claims:
        belief, weighed = explanation.weigh(connection, found)
        parted = sides(belief, weighed)
        shown = {
            name: Side(name, tuple(explanation.tell(connection, items[start : start + most])), start, len(items))
            for name, items in parted.items()
        }
        return Told(found, belief, shown)
    told = overlay.explain(connection, found, judged)
    rejected = tuple(line for line in told.lines if _verdict(judged, line) == "reject")
    left = [line for line in told.lines if line not in rejected]
    lines = {
        name: Side(name, tuple(items[start : start + most]), start, len(items))
        for name, items in sides(told.belief, left).items()
    }
    return Told(told.claim, told.belief, lines, rejected)


def sides(belief: Belief, found: Sequence[Item]) -> dict[str, list[Item]]:
    """Return the readings that speak for the leading direction, those against it, and the rest."""
    leading = belief.directions[0][0] if belief.directions else belief.verdict
    opposite = conflicting(leading)
    parted: dict[str, list[Item]] = {name: [] for name in SIDES}
    for item in found:
        way = item.strength.direction if item.strength else ""
        parted["for" if way == leading else "against" if way in opposite or way == "mixed" else "neither"].append(item)
    return parted


def _verdict(judged: Book, line: Line) -> str:
    judgement = judged.of_evidence(line.source.evidence, line.source.quote)
    return judgement.verdict if judgement else ""
