"""Claims as edges between rows, for walking the graph: light, and the strongest of each node first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graphs.store import codec
from graphs.store.hierarchy import LISTED


class Edge(NamedTuple):
    """A claim between two nodes, given by their rows in this store's file."""

    claim: int
    subject: int
    predicate: str
    object: int
    verdict: str
    belief: float


#: Verdicts of claims that nobody may walk along.
CLOSED = "('denied', 'retracted', '')"
COLUMNS = "key, subject, predicate, object, verdict, belief"


def around(connection: sqlite3.Connection, found: Iterable[int], *, most: int) -> list[Edge]:
    """Return the strongest claims from and to each of these nodes, at most so many each way and node."""
    edges: list[Edge] = []
    for node in found:
        for end in ("subject", "object"):
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM claim WHERE {end} = ? AND subject <> object AND verdict NOT IN {CLOSED}"  # noqa: S608
                " ORDER BY belief DESC, key LIMIT ?",
                (node, most),
            )
            edges += [Edge(*row) for row in rows]
    return edges


def claim_ids(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, str]:
    """Return the ids of claims by their rows."""
    rows = connection.execute(f"SELECT key, id FROM claim WHERE key IN {LISTED}", (codec.dump(list(keys)),))  # noqa: S608
    return dict(rows.fetchall())
