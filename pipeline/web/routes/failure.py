"""After failure of a drug: what was given next, as a flow of lines of therapy and as a table."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from graphs import query
from pipeline.web import choices, explorer, flow
from pipeline.web.routes.courses import MOST, course_file

router = APIRouter()


@router.get("/after-failure")
def page(request: Request, after: str = "", reason: str = "", disease: str = "", read: str = "") -> HTMLResponse:
    """Show what was given after a drug had failed; with `read` loose, also what the same abstracts say."""
    here = explorer.of(request)
    rows = here.settings.rows
    why = choices.one(reason, choices.REASONS, "reason")
    loose = choices.one(read, ("strict", "loose"), "read") == "loose"
    shown: dict[str, Any] = {"after": after, "reason": reason, "disease": disease, "read": read, "choices": choices}
    if not explorer.plain(after):
        return here.page(request, "failure.html", **shown, topic=None, condition=None, found=(), flow=None, more=False)
    with here.reading() as connection:
        drug = explorer.topic(connection, after, "drug")
        condition = explorer.topic(connection, disease, "disease") if explorer.plain(disease) else None
        found = query.after_failure(connection, drug, condition=condition, reason=why, strict=not loose, limit=rows + 1)
    stated = [row.course for row in found if row.course and not row.course.retracted]
    return here.page(
        request,
        "failure.html",
        **shown,
        topic=drug,
        condition=condition,
        found=found[:rows],
        flow=flow.draw(stated),
        more=len(found) > rows,
    )


@router.get("/after-failure.{ending}")
def file(request: Request, ending: str, after: str, reason: str = "", disease: str = "") -> Response:
    """Return the stated courses after a failure as a file."""
    here = explorer.of(request)
    why = choices.one(reason, choices.REASONS, "reason")
    with here.reading() as connection:
        drug = explorer.topic(connection, after, "drug")
        condition = explorer.topic(connection, disease, "disease") if explorer.plain(disease) else None
        found = query.after_failure(connection, drug, condition=condition, reason=why, limit=MOST)
        stated = [row.course for row in found if row.course and not row.course.retracted]
        return course_file(connection, stated, ending, "after-failure")
