"""The questions of `sicca ask`, one address each."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from extractors.values import Predicate
from graphs import query
from pipeline import cells
from pipeline.web import explorer
from pipeline.web.api.shapes import FAULTS, Answer, Exact, Limit, Name, Names, answer

router = APIRouter(prefix="/api", tags=["questions"], responses=FAULTS)
Reason = Literal["refractory", "relapse", "intolerant", "contraindicated"]


@router.get("/treatments")
def treatments(request: Request, disease: Name, exact: Exact = False, limit: Limit = 100) -> Answer:
    """What is given for a condition, and with what effect."""
    with explorer.of(request).reading() as connection:
        topic = explorer.topic(connection, disease, "disease", exact=exact)
        found = query.treatments(connection, topic, limit=limit + 1)
    return answer([topic], [cells.answer(a, subject="treatment", object_="condition") for a in found], limit)


@router.get("/after-failure")
def after_failure(
    request: Request,
    after: Name,
    reason: Reason | None = None,
    disease: Name | None = None,
    loose: bool = False,
    limit: Limit = 100,
) -> Answer:
    """What was given after a drug had failed, and what came of it."""
    with explorer.of(request).reading() as connection:
        drug = explorer.topic(connection, after, "drug")
        condition = explorer.topic(connection, disease, "disease") if disease else None
        found = query.after_failure(
            connection, drug, condition=condition, reason=reason, strict=not loose, limit=limit + 1
        )
    rows: list[cells.Row] = []
    for row in found:
        if row.course:
            rows.append({"read": "strict", **cells.course(row.course)})
        elif row.claim:
            rows.append({"read": "loose", **cells.evidence(row.claim)})
    return answer([drug, condition], rows, limit)


@router.get("/outcomes")
def outcomes(request: Request, drug: Name, endpoint: Name | None = None, limit: Limit = 100) -> Answer:
    """What a drug does to each endpoint, "no difference" included."""
    with explorer.of(request).reading() as connection:
        topic = explorer.topic(connection, drug, "drug")
        end = explorer.topic(connection, endpoint, "endpoint") if endpoint else None
        found = query.outcomes(connection, topic, endpoint=end, limit=limit + 1)
    return answer([topic, end], [cells.answer(a, subject="drug", object_="endpoint") for a in found], limit)


@router.get("/adverse-events")
def adverse_events(request: Request, drug: Name, limit: Limit = 100) -> Answer:
    """The harms a drug is said to do, or not to do ("denied")."""
    with explorer.of(request).reading() as connection:
        topic = explorer.topic(connection, drug, "drug")
        found = query.adverse_events(connection, topic, limit=limit + 1)
    return answer([topic], [cells.answer(a, subject="drug", object_="harm") for a in found], limit)


@router.get("/combinations")
def combinations(request: Request, drug: Name, disease: Name | None = None, limit: Limit = 100) -> Answer:
    """What a drug is combined with, and what is given before and after it: claims, then courses."""
    with explorer.of(request).reading() as connection:
        topic = explorer.topic(connection, drug, "drug")
        condition = explorer.topic(connection, disease, "disease") if disease else None
        found, given = query.combinations(connection, topic, condition=condition)
    rows = [cells.answer(a, subject="drug", object_="other") for a in found[: limit + 1]]
    return answer([topic, condition], [*rows, *(cells.course(source) for source in given[: limit + 1])], limit)


@router.get("/predictors")
def predictors(request: Request, of: Name, limit: Limit = 100) -> Answer:
    """What predicts a disease or an outcome; "negative" means less of it."""
    with explorer.of(request).reading() as connection:
        topic = explorer.topic(connection, of)
        found = query.predictors(connection, topic, limit=limit + 1)
    return answer([topic], [cells.answer(a, subject="predictor", object_="outcome") for a in found], limit)


@router.get("/path")
def path(
    request: Request,
    start: Annotated[str, Query(alias="from", min_length=1, max_length=300)],
    end: Annotated[str, Query(alias="to", min_length=1, max_length=300)],
    via: Names = [],  # noqa: B006 (FastAPI copies it)
    hops: Annotated[int, Query(ge=1, le=4)] = 4,
    limit: Annotated[int, Query(ge=1, le=20, description="Paths at most.")] = 3,
) -> Answer:
    """The mechanism from one thing to another: a row a hop; `gap` marks a hop that is not supported."""
    with explorer.of(request).reading() as connection:
        topics = [explorer.topic(connection, name) for name in (start, *via, end)]
        found = query.mechanism_paths(connection, topics[0], topics[-1], via=topics[1:-1], most_hops=hops, limit=limit)
    rows = [row for number, chain in enumerate(found, start=1) for row in cells.hops(chain, number)]
    return answer(topics, rows, len(rows))


@router.get("/contradictions")
def contradictions(
    request: Request, about: Name | None = None, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> Answer:
    """Claims whose evidence points both ways: both quotes and the factor that differs, or "true conflict"."""
    with explorer.of(request).reading() as connection:
        topic = explorer.topic(connection, about) if about else None
        found = query.contradictions(connection, topic, limit=limit + 1)
    return answer([topic], [cells.contradiction(item) for item in found], limit)


@router.get("/evidence")
def evidence(
    request: Request,
    subject: Name,
    object: Name,  # noqa: A002 (the claim's word)
    predicate: Annotated[list[Predicate], Query(description="May be repeated.")] = [],  # noqa: B006
    limit: Limit = 100,
) -> Answer:
    """Every sentence behind the claims between two things; those of retracted articles come last of their claim."""
    with explorer.of(request).reading() as connection:
        topics = [explorer.topic(connection, name) for name in (subject, object)]
        found = query.evidence(connection, subject=topics[0], object=topics[1], predicates=predicate)
    return answer(topics, [cells.evidence(source) for source in found[: limit + 1]], limit)


@router.get("/gaps")
def gaps(request: Request, disease: Name, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Answer:
    """Treatments most often written of beside a disease without a finding on whether they help."""
    with explorer.of(request).reading() as connection:
        topic = explorer.topic(connection, disease, "disease")
        found = query.gaps(connection, topic, limit=limit + 1)
    rows: list[cells.Row] = [{"id": g.id, "name": g.name, "articles": g.articles, "said": g.said} for g in found]
    return answer([topic], rows, limit)
