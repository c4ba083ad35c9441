"""Where the evidence points both ways, and what claims lose by retractions."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from graphs import query, retractions
from pipeline.web import choices, explorer

router = APIRouter()
#: Contradictions on a page; each is reckoned anew from its evidence.
SHOWN = 20


@router.get("/contradictions")
def page(request: Request, about: str = "") -> HTMLResponse:
    """Show contradictions, both sides beside each other, all or about one thing."""
    here = explorer.of(request)
    most = min(SHOWN, here.settings.rows)
    with here.reading() as connection:
        topic = explorer.topic(connection, about) if explorer.plain(about) else None
        found = query.contradictions(connection, topic, limit=most + 1)
    return here.page(
        request, "contradictions.html", about=about, topic=topic, found=found[:most], more=len(found) > most
    )


@router.get("/retractions")
def losses(request: Request, notice: str = "") -> HTMLResponse:
    """Show what claims lose by retracted articles, or would lose by those under concern or corrected."""
    here = explorer.of(request)
    chosen = choices.one(notice, retractions.NOTICES, "notice") or "retracted"
    rows = here.settings.rows
    with here.reading() as connection:
        found = query.lost_by_retraction(connection, chosen)
    return here.page(
        request,
        "retractions.html",
        notice=chosen,
        notices=retractions.NOTICES,
        found=found[:rows],
        more=len(found) > rows,
    )
