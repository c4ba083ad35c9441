"""What the JSON of an answer looks like, and the parameters that questions share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, Field

from graphs.topics import Topic
from pipeline.cells import Cell, Row

Name = Annotated[
    str, Query(min_length=1, max_length=300, description='As a person types it ("Sjogren", "BLyS") or a CURIE.')
]
Names = Annotated[list[str], Query(max_length=3, description="May be repeated, in order.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows at most.")]
Exact = Annotated[bool, Query(description="Leave the kinds of the named things out.")]
ClaimId = Annotated[str, Path(pattern="^[0-9a-f]{4,16}$", description="A claim's id or its beginning.")]


class Understood(BaseModel):
    """What a typed name was taken for."""

    typed: str
    id: str
    name: str
    note: str = Field(description="Empty where the name was meant exactly; else what was guessed.")


class Answer(BaseModel):
    """Rows that answer a question; each stands beside its PMID and verbatim sentence."""

    understood: list[Understood]
    rows: list[dict[str, Cell]]
    more: bool = Field(description="Whether there are more rows than the limit.")


class Fault(BaseModel):
    """What is wrong, and what to do."""

    detail: str


#: Answers besides 200, for the OpenAPI document.
FAULTS: dict[int | str, dict[str, Any]] = {
    404: {"model": Fault, "description": "Nothing in this run has that name or id."},
    422: {"model": Fault, "description": "A parameter that cannot be read."},
    503: {"model": Fault, "description": "The question took longer than it may."},
}


def answer(topics: Iterable[Topic | None], rows: Sequence[Row], limit: int) -> Answer:
    """Return rows as an answer, cut at the limit."""
    understood = [Understood(typed=t.typed, id=t.id, name=t.name, note=t.note) for t in topics if t]
    return Answer(understood=understood, rows=[dict(row) for row in rows[:limit]], more=len(rows) > limit)
