"""From what is typed into the box to a page: a question, a PMID, a name, or names to choose from."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from extractors.errors import InputError
from graphs import query
from graphs.store import concepts, reads
from graphs.topics import understand
from pipeline.web import explorer, phrases
from pipeline.web.rendering import url

router = APIRouter()
#: Names offered while typing, and on the page of names.
OFFERED, LISTED = 8, 100
#: Letters from which names are offered.
LEAST = 2


@router.get("/search")
def search(request: Request, q: str = "") -> Response:
    """Go to what is meant, or list what it could be."""
    here = explorer.of(request)
    typed = explorer.plain(q)
    if not typed:
        return RedirectResponse("/", status_code=303)
    if question := phrases.address(typed):
        return RedirectResponse(question, status_code=303)
    with here.reading() as connection:
        article = f"PMID:{typed.lower().removeprefix('pmid').lstrip(': ')}"
        if reads.study(connection, article) is not None:
            return RedirectResponse(url("/article", id=article), status_code=303)
        exact = concepts.by_id(connection, typed) or concepts.named(connection, typed)
        if exact:
            found = understand(connection, typed, kinds=False)
            return RedirectResponse(url("/concept", id=found.id), status_code=303)
        named = query.names(connection, typed, limit=LISTED)
        message = ""
        if not named:
            try:
                found = understand(connection, typed, kinds=False)
                return RedirectResponse(url("/concept", id=found.id), status_code=303)
            except InputError as error:
                message = str(error)
    return here.page(
        request, "search.html", status=200 if named else 404, typed=typed, named=named, message=message, most=LISTED
    )


@router.get("/suggest")
def suggest(request: Request, q: str = "") -> HTMLResponse:
    """Return the names that begin with what was typed so far, as options of the search box."""
    here = explorer.of(request)
    typed = explorer.plain(q)
    named: tuple[query.Named, ...] = ()
    if len(typed) >= LEAST:
        with here.reading() as connection:
            named = query.names(connection, typed, limit=OFFERED)
    return here.page(request, "suggestions.html", named=named)
