"""The start page: what can be asked, what is new, what the run holds and how fresh it is."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from graphs import query
from pipeline.run_report import kind_of
from pipeline.web import explorer

router = APIRouter()
#: Changed claims on the start page.
SHOWN = 8


@router.get("/")
def start(request: Request) -> HTMLResponse:
    """Show the start page."""
    here = explorer.of(request)
    overview = here.overview()
    new: list[tuple[str, query.Change]] = []
    changed = 0
    if overview.runs:
        with here.reading() as connection:
            found = query.new_since(connection, overview.runs[-1][0] - 1)
        changed = len(found)
        new = [(kind_of(change), change) for change in found if change.claim][:SHOWN]
    age = (datetime.now(UTC) - overview.ended).days if overview.ended else None
    return here.page(request, "start.html", new=new, changed=changed, age=age)
