"""Claims as edges between rows, for walking the graph: light, and the strongest of each node first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from typing import NamedTuple

from graphs.store import codec, hierarchy
from graphs.store.hierarchy import LISTED


class Edge(NamedTuple):
    """A claim between two nodes, given by their rows in this store's file."""

    claim: int
    subject: int
    predicate: str
    object: int
    verdict: str
    belief: float


#: An edge's columns as they come from the store; there are tens of thousands to a search, and few are made edges.
Row = tuple[int, int, str, int, str, float]
COLUMNS = "key, subject, predicate, object, verdict, belief"
#: The condition that a claim may be walked along, and the order in which a node's claims are taken.
OPEN = "subject <> object AND verdict NOT IN ('denied', 'retracted', '')"
STRENGTH = "ORDER BY belief DESC, key"
#: A claim's ends, as `strongest` numbers them.
SIDES = ("subject", "object")


def around(connection: sqlite3.Connection, found: Iterable[int], *, most: int) -> list[Row]:
    """Return the strongest claims from and to each of these nodes, at most so many each way and node."""
    edges: list[Row] = []
    for node in found:
        for end in SIDES:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM claim WHERE {end} = ? AND {OPEN} {STRENGTH} LIMIT ?",  # noqa: S608 (constants)
                (node, most),
            )
            edges += rows
    return edges


def around_topic(
    connection: sqlite3.Connection, roots: Sequence[str], *, most: int, predicates: Sequence[str]
) -> list[Row]:
    """Return those of these predicates for the nodes of a broad topic, in the same order: node, side and strength."""
    nodes = f"{hierarchy.topic_nodes(roots)} t"
    if most == 1:
        rows = connection.execute(
            "SELECT s.claim, s.subject, s.predicate, s.object, s.verdict, s.belief"  # noqa: S608 (constants)
            f" FROM {nodes} CROSS JOIN strongest s ON s.node = t.node"
            f" WHERE s.predicate IN ({hierarchy.marks(predicates)}) ORDER BY t.node, s.side",
            (*roots, *predicates),
        )
        return rows.fetchall()
    sides = (_side(connection, nodes, roots, side, most) for side in range(len(SIDES)))
    return [row[2:] for row in merge(*sides, key=lambda row: row[:2]) if row[4] in predicates]


def _side(
    connection: sqlite3.Connection, nodes: str, roots: Sequence[str], side: int, most: int
) -> Iterator[tuple[int, int, int, int, str, int, str, float]]:
    """Yield (node, side, columns of an edge) of a topic's nodes, node by node."""
    columns = ", ".join(f"c.{name}" for name in COLUMNS.split(", "))
    yield from connection.execute(
        f"SELECT t.node, {side}, {columns} FROM {nodes} CROSS JOIN claim c ON c.key IN"  # noqa: S608 (constants)
        f" (SELECT key FROM claim WHERE {SIDES[side]} = t.node AND {OPEN} {STRENGTH} LIMIT ?)"
        " ORDER BY t.node, c.belief DESC, c.key",
        (*roots, most),
    )


def unrank(connection: sqlite3.Connection) -> None:
    """Mark the nodes of the claims that are to be assembled; the caller holds the transaction."""
    for end in SIDES:
        connection.execute(f"UPDATE node SET ranked = 0 WHERE key IN (SELECT {end} FROM claim WHERE fresh = 0)")  # noqa: S608


def rank(connection: sqlite3.Connection) -> None:
    """Write the strongest claims of the nodes of which any changed; the caller holds the transaction."""
    connection.execute("DELETE FROM strongest WHERE node IN (SELECT key FROM node WHERE ranked = 0)")
    for side, end in enumerate(SIDES):
        connection.execute(
            "INSERT INTO strongest SELECT n.key, ?, c.key, c.subject, c.predicate, c.object, c.verdict, c.belief"  # noqa: S608
            f" FROM node n CROSS JOIN claim c ON c.key = (SELECT key FROM claim WHERE {end} = n.key AND {OPEN}"
            f" {STRENGTH} LIMIT 1) WHERE n.ranked = 0 ORDER BY n.key",
            (side,),
        )
    connection.execute("UPDATE node SET ranked = 1 WHERE ranked = 0")


def claim_ids(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, str]:
    """Return the ids of claims by their rows."""
    rows = connection.execute(f"SELECT key, id FROM claim WHERE key IN {LISTED}", (codec.dump(list(keys)),))  # noqa: S608
    return dict(rows.fetchall())
