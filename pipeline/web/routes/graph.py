"""The graph around a thing: the page, and the neighbours of a node as JSON for its drawing."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from extractors.values import Predicate
from graphs import ends
from graphs.answers import AssembledClaim, Source
from graphs.store import claims
from graphs.topics import Topic
from pipeline.web import choices, explorer

router = APIRouter()
#: Claims drawn around a node, and looked at for it.
DRAWN, LOOKED_AT = 24, 160
Several = Annotated[list[str], Query(default_factory=list)]


@router.get("/graph")
def page(request: Request, about: str = "") -> HTMLResponse:
    """Show the graph view; its script asks for the neighbours."""
    here = explorer.of(request)
    start = about or (here.overview().names[0].id if here.overview().names else "")
    topic = None
    if explorer.plain(start):
        with here.reading() as connection:
            topic = explorer.topic(connection, start)
    return here.page(request, "graph.html", about=about, topic=topic, choices=choices)


@router.get("/graph/around")
def around(
    request: Request,
    about: str,
    predicate: Several,
    type: str = "",  # noqa: A002 (the mention's word)
    design: str = "",
    certainty: str = "",
    first: str = "",
    last: str = "",
) -> dict[str, Any]:
    """Return the strongest claims of a thing whose evidence passes the filters, as nodes and edges."""
    here = explorer.of(request)
    predicates = tuple(map(Predicate, choices.several(predicate, choices.PREDICATES, "predicate")))
    wanted = {
        "type": choices.one(type, choices.TYPES, "type"),
        "design": choices.one(design, choices.DESIGNS, "design"),
        "certainty": choices.one(certainty, choices.CERTAINTIES, "certainty"),
        "first": choices.number(first, "from year", high=9999),
        "last": choices.number(last, "to year", high=9999),
    }
    with here.reading() as connection:
        topic = explorer.topic(connection, about, exact=True)
        found = ends.between(connection, about=topic, predicates=predicates, limit=LOOKED_AT)
        filtered = any(wanted[name] is not None for name in ("design", "certainty", "first", "last"))
        sources = evidence(connection, found) if filtered else {}
    kept = [
        claim
        for claim in found
        if (wanted["type"] is None or wanted["type"] in far_types(claim, topic))
        and (not filtered or any(passes(source, wanted) for source in sources.get(claim.id, ())))
    ]
    return drawing(topic, kept[:DRAWN], more=len(kept) > DRAWN)


def evidence(connection: sqlite3.Connection, found: list[AssembledClaim]) -> dict[str, list[Source]]:
    """Return the sentences of claims that are not of retracted articles."""
    sources: dict[str, list[Source]] = {}
    for source in claims.sources(connection, [claim.id for claim in found]):
        if not source.retracted:
            sources.setdefault(source.evidence.claim.id, []).append(source)
    return sources


def passes(source: Source, wanted: dict[str, Any]) -> bool:
    """Whether one sentence is of the design, certainty and years asked for."""
    return (
        wanted["design"] in (None, str(source.design))
        and wanted["certainty"] in (None, str(source.evidence.certainty))
        and (wanted["first"] is None or (source.year or 0) >= wanted["first"])
        and (wanted["last"] is None or (source.year or 9999) <= wanted["last"])
    )


def far_types(claim: AssembledClaim, topic: Topic) -> set[str]:
    """Return the types of a claim's ends that are not the topic."""
    return {str(end.type) for end in (claim.claim.subject, claim.claim.object) if end.key not in topic.ids}


def drawing(topic: Topic, found: list[AssembledClaim], *, more: bool) -> dict[str, Any]:
    """Return claims as nodes and edges with what the drawing says of them."""
    ends = {end.key: end for claim in found for end in (claim.claim.subject, claim.claim.object)}
    return {
        "id": topic.id,
        "name": topic.name,
        "nodes": [{"id": key, "name": end.name, "type": str(end.type)} for key, end in sorted(ends.items())],
        "edges": [
            {
                "id": claim.id,
                "source": claim.claim.subject.key,
                "target": claim.claim.object.key,
                "predicate": str(claim.claim.predicate),
                "symmetric": claim.claim.predicate.symmetric,
                "verdict": claim.verdict,
                "belief": round(claim.belief, 3),
                "articles": claim.articles,
                "years": "" if claim.first_year is None else f"{claim.first_year}–{claim.last_year}",
            }
            for claim in found
        ],
        "more": more,
    }
