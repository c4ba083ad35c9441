"""Evidence tables to take away, the summary of findings of a condition, and the names that the graph speaks of."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from extractors.errors import InputError
from graphs import findings, query
from graphs.tables import kinds, plots
from pipeline.web import downloads, explorer

router = APIRouter()


@router.get("/tables")
def page(request: Request) -> HTMLResponse:
    """List the tables."""
    listed = [(name, line) for name, (_, line) in kinds.KINDS.items()]
    return explorer.of(request).page(request, "tables.html", kinds=listed, endings=("csv", "xlsx", "docx", "md"))


@router.get("/tables/{kind}.{ending}")
def file(request: Request, kind: str, ending: str) -> Response:
    """Return a whole table as a file."""
    here = explorer.of(request)
    if kind not in kinds.KINDS:
        raise InputError(f"{kind[:40]!r}: no such table; there are {', '.join(kinds.KINDS)}")
    if ending not in downloads.MEDIA:
        raise InputError(f"{ending[:20]!r}: no such format; there are {', '.join(downloads.MEDIA)}")
    with here.reading() as connection:
        return downloads.table_file(kinds.KINDS[kind][0](connection), ending)


@router.get("/summary")
def summary(request: Request, condition: str = "") -> HTMLResponse:
    """Show patients and responders by treatment of a condition, each cohort once, with the forest plot."""
    here = explorer.of(request)
    if not explorer.plain(condition):
        return here.page(request, "summary.html", condition="", topic=None, findings=(), drawing=None)
    with here.reading() as connection:
        topic = explorer.topic(connection, condition, "disease")
        found = findings.find(connection, topic.ids, limit=here.settings.rows)
    # Drawn by graphs/tables/plots.py, which escapes every text in it.
    drawing = Markup(plots.forest(topic.name, found)) if any(f.proportion is not None for f in found) else None  # noqa: S704
    return here.page(request, "summary.html", condition=condition, topic=topic, findings=found, drawing=drawing)


@router.get("/names")
def names(request: Request, q: str = "") -> HTMLResponse:
    """List what the graph speaks of, most first."""
    here = explorer.of(request)
    rows = here.settings.rows
    typed = explorer.plain(q)
    if typed:
        with here.reading() as connection:
            named = query.names(connection, typed, limit=rows)
    else:
        named = here.overview().names
    return here.page(request, "names.html", typed_name=typed, named=named)
