"""Contradictions as rows: which directions of which claims cannot both hold, and each side's strongest sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graphs.store import codec, hierarchy
from graphs.store.hierarchy import LISTED

#: Claims whose opposites are looked for at a time.
BATCH = 5000


class Conflict(NamedTuple):
    """The stronger side first; claims and evidence by their rows in this store's file."""

    claim: int
    #: The claim of the other side: the same, or its opposite.
    other: int
    direction: str
    other_direction: str
    belief: float
    other_belief: float
    evidence: int
    other_evidence: int


#: A row's columns; evidence that a run has taken out since the last assembly is no longer there to be shown.
SELECT = (
    "SELECT k.claim, k.other, k.direction, k.other_direction, k.belief, k.other_belief, k.evidence, k.other_evidence"
    " FROM contradiction k JOIN claim c ON c.key = k.claim"
    " JOIN evidence e ON e.key = k.evidence AND e.claim = k.claim"
    " JOIN evidence o ON o.key = k.other_evidence AND o.claim = k.other"
)
#: The contradictions of one claim, whichever side it is.
OF_CLAIM = (
    "k.key IN (SELECT key FROM contradiction WHERE claim = (SELECT key FROM claim WHERE id = :id)"
    " UNION SELECT key FROM contradiction WHERE other = (SELECT key FROM claim WHERE id = :id))"
)


def forget(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Delete the contradictions of these claims; the caller holds the transaction."""
    listed = codec.dump(list(keys))
    for column in ("claim", "other"):
        connection.execute(f"DELETE FROM contradiction WHERE {column} IN {LISTED}", (listed,))  # noqa: S608 (constants)


def write(connection: sqlite3.Connection, rows: Iterable[Conflict]) -> None:
    """Add contradictions; the caller holds the transaction."""
    connection.executemany(
        "INSERT INTO contradiction (claim, other, direction, other_direction, belief, other_belief, evidence,"
        " other_evidence, weight) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*row, min(row.belief, row.other_belief)) for row in rows),
    )


def opposites(connection: sqlite3.Connection, keys: Sequence[int], *, least: float) -> list[tuple[int, int]]:
    """Return the pairs of claims, one of these among them, that the same thing increases and decreases another.

    Both are stated, and believed at least so much.
    """
    pairs: set[tuple[int, int]] = set()
    for start in range(0, len(keys), BATCH):
        rows = connection.execute(
            "SELECT iif(c.predicate = 'increases', c.key, d.key), iif(c.predicate = 'increases', d.key, c.key)"  # noqa: S608
            " FROM claim c JOIN claim d ON d.subject = c.subject AND d.object = c.object"
            " AND d.predicate = iif(c.predicate = 'increases', 'decreases', 'increases')"
            f" WHERE c.key IN {LISTED} AND c.predicate IN ('increases', 'decreases') AND c.verdict = 'stated'"
            " AND d.verdict = 'stated' AND c.belief >= ? AND d.belief >= ?",
            (codec.dump(list(keys[start : start + BATCH])), least, least),
        )
        pairs.update(rows)
    return sorted(pairs)


def find(
    connection: sqlite3.Connection, *, least: float, about: Sequence[str] | None = None, limit: int = -1
) -> list[Conflict]:
    """Return the contradictions, the weightiest first, all or those of claims with one of these nodes at an end.

    Those of one claim are left out where less than `least` stands against its verdict: they are of side results.
    """
    where, values = "", tuple[str, ...]()
    if about is not None:
        roots = hierarchy.broad(about)
        listed = roots or (codec.dump(hierarchy.nodes(connection, about)),)
        ends = [
            hierarchy.under(f"c.{end}", roots) if roots else f"c.{end} IN {LISTED}" for end in ("subject", "object")
        ]
        where, values = f" AND ({' OR '.join(ends)})", (*listed, *listed)
    rows = connection.execute(
        f"{SELECT} WHERE (k.claim <> k.other OR (c.belief >= ? AND c.opposed >= ?)){where}"
        " ORDER BY k.weight DESC, c.id, k.direction LIMIT ?",
        (least, least, *values, limit),
    )
    return [Conflict(*row) for row in rows]


def of_claim(connection: sqlite3.Connection, claim_id: str) -> list[Conflict]:
    """Return the contradictions of one claim, those within it first."""
    rows = connection.execute(
        f"{SELECT} WHERE {OF_CLAIM} ORDER BY k.claim <> k.other, k.weight DESC, c.id", {"id": claim_id}
    )
    return [Conflict(*row) for row in rows]
