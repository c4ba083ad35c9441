"""Claims by what stands at their ends, gathered from several searches and ranked as the store ranks one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from extractors.values import Predicate
from graphs.answers import AssembledClaim
from graphs.belief import NEUTRAL
from graphs.store import claims
from graphs.topics import Topic


def between(
    connection: sqlite3.Connection,
    *,
    about: Topic | None = None,
    subject: Topic | None = None,
    object: Topic | None = None,  # noqa: A002 (the claim's word)
    predicates: Sequence[Predicate] = (),
    verdicts: Sequence[str] = (),
    retracted: bool = False,
    limit: int = -1,
) -> list[AssembledClaim]:
    """Return the claims with these topics at their ends (None: anything), weightiest first.

    `about` may stand at either end; so may both ends of a symmetric predicate. With `retracted`, also claims that only
    retracted articles state.
    """
    either, subjects, objects = (topic.ids if topic else None for topic in (about, subject, object))
    sides = [(subjects, objects)]
    if either is not None:
        sides = [(_both(either, subjects), objects), (subjects, _both(either, objects))]
    asked = [(first, second, tuple(predicates)) for first, second in sides]
    symmetric = tuple(p for p in (predicates or tuple(Predicate)) if p.symmetric)
    if symmetric and (subject or object):
        asked += [(second, first, symmetric) for first, second in sides]
    found: list[AssembledClaim] = []
    for first, second, named in asked:
        found += claims.find(
            connection,
            subjects=first,
            objects=second,
            predicates=named,
            verdicts=verdicts,
            retracted=retracted,
            limit=limit,
        )
    return ranked(found, limit)


def ranked(found: Sequence[AssembledClaim], limit: int = -1) -> list[AssembledClaim]:
    """Return claims once each in the order of `graphs.store.claims.RANK`, at most `limit`; negative: all."""
    once = sorted({claim.id: claim for claim in found}.values(), key=_rank)
    return once if limit < 0 else once[:limit]


def _rank(claim: AssembledClaim) -> tuple[float, int, str]:
    sided = claim.verdict not in {*NEUTRAL, "retracted", ""}
    return -(max(claim.belief, claim.opposed) + sided), -claim.articles, claim.id


def _both(some: tuple[str, ...], others: tuple[str, ...] | None) -> tuple[str, ...]:
    if others is None or {*some} <= {*others}:
        return some
    return others if {*others} <= {*some} else tuple(sorted({*some} & {*others}))
