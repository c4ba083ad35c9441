"""The questions researchers ask, as functions that return records; docs/questions.md shows each with real answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.records import Predicate
from graphs.answers import AssembledClaim, Source
from graphs.store import claims
from graphs.topics import Topic


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim with the evidence that shows it best."""

    claim: AssembledClaim
    source: Source


def treatments(connection: sqlite3.Connection, disease: Topic, *, limit: int = -1) -> tuple[Answer, ...]:
    """Return what is given for a disease or its kinds, most believed first; null results and harms included."""
    found = claims.find(connection, predicates=(Predicate.TREATS,), objects=disease.ids, limit=limit)
    return answers(connection, found)


def evidence(
    connection: sqlite3.Connection,
    *,
    subject: Topic | None = None,
    object: Topic | None = None,  # noqa: A002 (the claim's word)
    predicates: Sequence[Predicate] = (),
) -> tuple[Source, ...]:
    """Return every sentence that states a claim between two topics (either may be open), claim by claim.

    Claims of symmetric predicates are found whichever end is named first.
    """
    subjects, objects = (end.ids if end else None for end in (subject, object))
    found = claims.find(connection, subjects=subjects, objects=objects, predicates=predicates)
    symmetric = tuple(p for p in (predicates or tuple(Predicate)) if p.symmetric)
    if symmetric:
        found += claims.find(connection, subjects=objects, objects=subjects, predicates=symmetric)
    order = {claim.id: place for place, claim in reversed(list(enumerate(found)))}
    return tuple(
        sorted(claims.sources(connection, sorted(order)), key=lambda s: (order[s.evidence.claim.id], s.retracted))
    )


def answers(connection: sqlite3.Connection, found: Sequence[AssembledClaim]) -> tuple[Answer, ...]:
    """Return claims with their best sentences."""
    shown = [claim for claim in found if claim.quote is not None]
    return tuple(Answer(c, s) for c, s in zip(shown, claims.quotes(connection, shown), strict=True))
