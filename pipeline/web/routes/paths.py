"""The mechanism from one thing to another, hop by hop, each with its sentence."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from graphs import query
from pipeline.web import choices, explorer

router = APIRouter()
#: Paths shown.
SHOWN = 5


@router.get("/path")
def page(
    request: Request,
    start: str = Query("", alias="from"),
    end: str = Query("", alias="to"),
    via: str = "",
    hops: str = "",
) -> HTMLResponse:
    """Show the best chains of claims; names in `via` are parted by commas."""
    here = explorer.of(request)
    most = choices.number(hops, "hops", low=1, high=4) or 4
    shown: dict[str, Any] = {"start": start, "end": end, "via": via, "hops": str(most)}
    if not explorer.plain(start) or not explorer.plain(end):
        return here.page(request, "path.html", **shown, topics=(), found=None)
    stations = [name for name in explorer.plain(via).split(",") if name.strip()][:3]
    with here.reading() as connection:
        topics = [explorer.topic(connection, name) for name in (start, *stations, end)]
        found = query.mechanism_paths(connection, topics[0], topics[-1], via=topics[1:-1], most_hops=most, limit=SHOWN)
    return here.page(request, "path.html", **shown, topics=topics, found=found)
