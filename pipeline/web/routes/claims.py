"""Claims as a table: between two things, about one, by predicate and verdict."""

from __future__ import annotations

import sqlite3
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from extractors.values import Predicate
from graphs import ends, query
from graphs.answers import AssembledClaim
from graphs.query import Answer
from graphs.tables import kinds
from graphs.topics import Topic
from pipeline.curation import overlay
from pipeline.web import choices, downloads, explorer

router = APIRouter()
#: Rows of a file at most.
MOST = 5_000
Several = Annotated[list[str], Query(default_factory=list)]


@router.get("/claims")
def page(
    request: Request,
    predicate: Several,
    about: str = "",
    subject: str = "",
    object: str = "",  # noqa: A002 (the claim's word)
    verdict: str = "",
) -> HTMLResponse:
    """Show the claims that the filters leave, weightiest first."""
    here = explorer.of(request)
    rows = here.settings.rows
    with here.reading() as connection:
        topics = named(connection, about=about, subject=subject, object=object)
        found = listed(connection, topics, predicate, verdict, limit=rows + 1)
        answers = query.answers(connection, overlay.claims_judged(connection, found[:rows], here.judgements()))
    asked = {"about": about, "subject": subject, "object": object, "predicate": predicate, "verdict": verdict}
    return here.page(
        request, "claims.html", asked=asked, topics=topics, answers=answers, more=len(found) > rows, choices=choices
    )


@router.get("/claims.{ending}")
def file(
    request: Request,
    ending: str,
    predicate: Several,
    about: str = "",
    subject: str = "",
    object: str = "",  # noqa: A002
    verdict: str = "",
) -> Response:
    """Return the same claims, or the articles of their best sentences, as a file."""
    here = explorer.of(request)
    with here.reading() as connection:
        topics = named(connection, about=about, subject=subject, object=object)
        ranked = listed(connection, topics, predicate, verdict, limit=MOST)
        found: tuple[Answer, ...] = query.answers(
            connection, overlay.claims_judged(connection, ranked, here.judgements())
        )
        if ending == "ris":
            return downloads.articles_file(connection, (a.source.evidence.article for a in found), "claims")
        return downloads.table_file(kinds.claims_as_table(found), ending)


def named(connection: sqlite3.Connection, **typed: str) -> dict[str, Topic]:
    """Return what the typed names stand for, by field; empty fields are left out."""
    return {field: explorer.topic(connection, text) for field, text in typed.items() if explorer.plain(text)}


def listed(
    connection: sqlite3.Connection, topics: dict[str, Topic], predicate: list[str], verdict: str, *, limit: int
) -> list[AssembledClaim]:
    """Return the claims with these ends, predicates and verdict, weightiest first."""
    predicates = tuple(map(Predicate, choices.several(predicate, choices.PREDICATES, "predicate")))
    chosen = choices.one(verdict, choices.VERDICTS, "verdict")
    return ends.between(
        connection,
        about=topics.get("about"),
        subject=topics.get("subject"),
        object=topics.get("object"),
        predicates=predicates,
        verdicts=(chosen,) if chosen else (),
        limit=limit,
    )
