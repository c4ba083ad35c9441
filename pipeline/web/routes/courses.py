"""Treatment courses as an evidence table: filtered, sorted, taken away; every state has its address."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict

from graphs.answers import CourseSource
from graphs.store import courses
from graphs.tables import kinds
from graphs.topics import Topic
from pipeline.web import choices, downloads, explorer
from pipeline.web.rendering import url

router = APIRouter()
#: Rows of a file at most.
MOST = 20_000


class Filters(BaseModel):
    """What the form on the page asks for; empty is anything."""

    model_config = ConfigDict(frozen=True)

    condition: str = ""
    treatment: str = ""
    prior: str = ""
    reason: str = ""
    outcome: str = ""
    mode: str = ""
    design: str = ""
    first: str = ""
    last: str = ""
    sort: str = ""
    up: str = ""
    page: str = ""

    def address(self, path: str = "/courses", **changed: object) -> str:
        """Return the address of this state with some of it changed."""
        return url(path, **{**self.model_dump(), **changed})


Asked = Annotated[Filters, Depends(Filters)]


@router.get("/courses")
def page(request: Request, asked: Asked) -> HTMLResponse:
    """Show the courses that the filters leave."""
    here = explorer.of(request)
    rows = here.settings.rows
    number = choices.number(asked.page, "page", low=1, high=10_000) or 1
    with here.reading() as connection:
        topics, chosen = understood(connection, asked)
        found = courses.find(connection, **chosen, limit=rows + 1, offset=rows * (number - 1))
    return here.page(
        request,
        "courses.html",
        asked=asked,
        topics=topics,
        found=found[:rows],
        more=len(found) > rows,
        number=number,
        choices=choices,
        sorted_by=chosen["order"],
        up=not chosen["descending"],
    )


@router.get("/courses.{ending}")
def file(request: Request, ending: str, asked: Asked) -> Response:
    """Return the same courses as a file; those of retracted articles are left out, as in every table."""
    here = explorer.of(request)
    with here.reading() as connection:
        _, chosen = understood(connection, asked)
        found = [c for c in courses.find(connection, **chosen, limit=MOST) if not c.retracted]
        return course_file(connection, found, ending, "courses")


def course_file(connection: sqlite3.Connection, found: list[CourseSource], ending: str, name: str) -> Response:
    """Return courses as a table, or the articles that report them."""
    if ending == "ris":
        return downloads.articles_file(connection, (c.course.article for c in found), name)
    return downloads.table_file(kinds.courses_as_table(found), ending)


def understood(connection: sqlite3.Connection, asked: Filters) -> tuple[dict[str, Topic], dict[str, Any]]:
    """Return what the typed names stand for, and the filters as the store takes them."""
    typed = {"condition": asked.condition, "treatment": asked.treatment, "prior": asked.prior}
    named = {field: text for field, text in typed.items() if explorer.plain(text)}
    topics = {
        field: explorer.topic(connection, text, "disease" if field == "condition" else "drug")
        for field, text in named.items()
    }
    ids = {field: topic.ids for field, topic in topics.items()}
    order = choices.one(asked.sort, courses.ORDERS, "sort") or "patients"
    chosen = {
        "conditions": ids.get("condition"),
        "current": ids.get("treatment"),
        "prior": ids.get("prior"),
        "reason": choices.one(asked.reason, choices.REASONS, "reason"),
        "outcome": choices.one(asked.outcome, choices.OUTCOMES, "outcome"),
        "mode": choices.one(asked.mode, choices.MODES, "mode"),
        "design": choices.one(asked.design, choices.DESIGNS, "design"),
        "first_year": choices.number(asked.first, "from year", high=9999),
        "last_year": choices.number(asked.last, "to year", high=9999),
        "order": order,
        "descending": not asked.up,
    }
    return topics, chosen
