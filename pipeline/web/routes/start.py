"""The start page: what can be asked, what is new, what the run holds and how fresh it is."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.web import explorer

router = APIRouter()


@router.get("/")
def start(request: Request) -> HTMLResponse:
    """Show the start page."""
    here = explorer.of(request)
    ended = here.overview().ended
    return here.page(request, "start.html", age=(datetime.now(UTC) - ended).days if ended else None)
