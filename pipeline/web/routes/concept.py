"""The page of a thing: what it is, what is said of it, and since when."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from extractors.values import MentionType, Predicate
from graphs import ends, query
from graphs.query import Answer
from graphs.store import concepts, counts
from graphs.topics import Topic
from pipeline.curation import overlay
from pipeline.curation.book import Book
from pipeline.web import explorer
from pipeline.web.rendering import url

router = APIRouter()
#: Claims of a section before "all".
SHOWN = 8
#: Kinds of a thing up to which their claims are shown with its own; the top of a hierarchy has thousands.
MOST_KINDS = 1000


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said under it, and where all of it is."""

    key: str
    title: str
    #: The column's heading: the other end of the claims.
    other: str
    answers: tuple[Answer, ...]
    more: str


#: (key, heading, other end's heading, the concept's end of the claims, predicates).
SECTIONS: tuple[tuple[str, str, str, str, tuple[Predicate, ...]], ...] = (
    ("treatments", "Treatments", "treatment", "object", (Predicate.TREATS,)),
    ("treats", "Conditions it is given for", "condition", "subject", (Predicate.TREATS,)),
    ("outcomes", "Outcomes", "endpoint", "subject", (Predicate.AFFECTS_OUTCOME,)),
    ("influences", "What changes it", "treatment", "object", (Predicate.AFFECTS_OUTCOME,)),
    ("harms", "Adverse events", "adverse event", "subject", (Predicate.CAUSES_ADVERSE_EVENT,)),
    ("harmful", "Treatments said to cause it", "treatment", "object", (Predicate.CAUSES_ADVERSE_EVENT,)),
    ("failures", "Failure and resistance", "", "about", (Predicate.REFRACTORY_TO,)),
    (
        "mechanisms",
        "Mechanisms",
        "",
        "about",
        (
            Predicate.TARGETS,
            Predicate.INCREASES,
            Predicate.DECREASES,
            Predicate.INVOLVED_IN,
            Predicate.EXPRESSED_BY,
        ),
    ),
    ("predictors", "What predicts it", "predictor", "object", (Predicate.PREDICTS,)),
    ("predicts", "What it predicts", "outcome", "subject", (Predicate.PREDICTS,)),
    ("complications", "Complications and causes", "", "about", (Predicate.COMPLICATION_OF,)),
    ("associations", "Associations", "", "about", (Predicate.ASSOCIATED_WITH,)),
    (
        "company",
        "Combined, compared, in sequence",
        "",
        "about",
        (Predicate.COMBINED_WITH, Predicate.FOLLOWED_BY, Predicate.COMPARED_WITH),
    ),
)


@router.get("/concept")
def concept(request: Request, id: str, exact: bool = False) -> HTMLResponse:  # noqa: A002 (the address's word)
    """Show a concept, or an unlinked argument, by its id or a name."""
    here = explorer.of(request)
    with here.reading() as connection:
        topic = explorer.topic(connection, id, exact=exact)
        crowded = len(topic.ids) > MOST_KINDS
        if crowded:
            topic = explorer.topic(connection, id, exact=True)
        known = concepts.get(connection, topic.id)
        kind = known.type if known else MentionType(concepts.by_id(connection, topic.id)[0][2])
        parents = [row for parent in (known.parents if known else ()) for row in concepts.by_id(connection, parent)]
        children = concepts.kinds_of(connection, topic.id)
        sections = [
            found for shape in SECTIONS if (found := _section(connection, topic, here.judgements(), shape)).answers
        ]
        years = counts.evidence_years(connection, topic.ids)
        spoken = concepts.claim_count(connection, topic.id)
    return here.page(
        request,
        "concept.html",
        topic=topic,
        concept=known,
        kind=kind,
        parents=parents,
        children=children,
        sections=sections,
        years=years,
        spoken=spoken,
        exact=exact,
        crowded=crowded,
    )


def _section(
    connection: sqlite3.Connection,
    topic: Topic,
    judged: Book,
    shape: tuple[str, str, str, str, tuple[Predicate, ...]],
) -> Section:
    key, title, other, end, predicates = shape
    found = ends.between(
        connection,
        about=topic if end == "about" else None,
        subject=topic if end == "subject" else None,
        object=topic if end == "object" else None,
        predicates=predicates,
        limit=SHOWN + 1,
    )
    more_at = url("/claims", **{end: topic.id}, predicate=predicates) if len(found) > SHOWN else ""
    shown = overlay.claims_judged(connection, found[:SHOWN], judged)
    return Section(key, title, other, query.answers(connection, shown), more_at)
