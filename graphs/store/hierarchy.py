"""What is a kind of what, near or far, as rows, so that a topic with thousands of kinds is asked for in one search.

`kind` holds every concept below another, `topic_node` the nodes of both; triggers keep the latter up with the nodes.
"""

from __future__ import annotations

import sqlite3
from bisect import insort
from collections.abc import Sequence

from graphs.store import codec

#: A JSON list as a set of values, however long.
LISTED = "(SELECT value FROM json_each(?))"
#: Ids of a topic from which on it is asked for by what it is the kinds of, and not one by one.
BROAD = 50
#: Links of links until nothing is new; UNION ends where a source's hierarchy runs in a circle.
CLOSURE = """
WITH RECURSIVE up (child, ancestor) AS (
  SELECT child, parent FROM concept_parent
  UNION SELECT up.child, p.parent FROM up JOIN concept_parent p ON p.child = up.ancestor
)
INSERT INTO kind SELECT ancestor, child FROM up WHERE ancestor <> child ORDER BY ancestor, child
"""
NODES = """
INSERT INTO topic_node
SELECT id, key FROM node UNION SELECT k.ancestor, n.key FROM kind k JOIN node n ON n.id = k.child ORDER BY 1, 2
"""


class Kinds(tuple[str, ...]):
    """The ids of some concepts and of all their kinds, sorted; `roots` are those of the concepts alone."""

    roots: tuple[str, ...]

    def __new__(cls, ids: Sequence[str], roots: Sequence[str]) -> Kinds:
        """Return ids that know whose kinds they are."""
        made = super().__new__(cls, ids)
        made.roots = tuple(roots)
        return made


def rebuild(connection: sqlite3.Connection) -> None:
    """Write anew what is a kind of what; the caller holds the transaction."""
    for statement in ("DELETE FROM kind", CLOSURE, "DELETE FROM topic_node", NODES):
        connection.execute(statement)


def below(connection: sqlite3.Connection, roots: Sequence[str]) -> list[str]:
    """Return the ids of concepts and of all their kinds, sorted."""
    if len(roots) == 1:
        rows = connection.execute("SELECT child FROM kind WHERE ancestor = ? ORDER BY child", tuple(roots))
        found = [child for (child,) in rows]
        insort(found, roots[0])
        return found
    rows = connection.execute(f"SELECT child FROM kind WHERE ancestor IN ({marks(roots)})", tuple(roots))  # noqa: S608
    return sorted({*roots, *(child for (child,) in rows)})


def nodes(connection: sqlite3.Connection, ids: Sequence[str]) -> list[int]:
    """Return the rows of the nodes with these ids, sorted; what nothing speaks of has none."""
    roots = broad(ids)
    if roots is None:
        rows = connection.execute(f"SELECT key FROM node WHERE id IN {LISTED} ORDER BY key", (codec.dump(list(ids)),))  # noqa: S608
    else:
        rows = connection.execute(f"SELECT node FROM {topic_nodes(roots)} ORDER BY node", roots)  # noqa: S608
    return [key for (key,) in rows]


def broad(ids: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the roots of a topic that is asked for by them, None for one that is not broad."""
    return ids.roots if isinstance(ids, Kinds) and len(ids) > BROAD else None


def under(column: str, roots: Sequence[str]) -> str:
    """Return the condition that a node is of a broad topic, tested node by node; its parameters are the roots."""
    return f"EXISTS (SELECT 1 FROM topic_node t WHERE t.topic IN ({marks(roots)}) AND t.node = {column})"  # noqa: S608


def among(column: str, roots: Sequence[str]) -> str:
    """Return the same condition for gathering all of a broad topic's rows by an index on the column."""
    return f"{column} IN (SELECT node FROM topic_node WHERE topic IN ({marks(roots)}))"  # noqa: S608


def topic_nodes(roots: Sequence[str]) -> str:
    """Return the nodes of a broad topic as a table of one column, `node`; its parameters are the roots."""
    # Of one root they are distinct and lie in order.
    distinct = "" if len(roots) == 1 else "DISTINCT "
    return f"(SELECT {distinct}node FROM topic_node WHERE topic IN ({marks(roots)}))"  # noqa: S608


def marks(values: Sequence[object]) -> str:
    """Return a question mark for each value."""
    return ", ".join("?" * len(values))
