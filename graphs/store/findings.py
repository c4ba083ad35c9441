"""Findings as rows: what the courses of a condition and a treatment amount to, written when they change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from graphs.store import codec, hierarchy
from graphs.store.hierarchy import LISTED

#: What a finding amounts to.
AMOUNTS = (
    "articles", "studies", "condition_name", "treatment", "patients_low", "patients_high", "responders_low",
    "responders_high", "counted_low", "counted_high", "by_design", "reviews",
)  # fmt: skip
#: The columns that assembly writes, before the finding's key.
WRITTEN = (*AMOUNTS, "course", "condition_fold", "treatment_fold")
#: The order in which findings are shown; the index finding_rank begins so.
RANK = "coalesce(f.patients_low, 0) DESC, f.condition_fold, f.treatment_fold, n.id, f.drugs"


def of(connection: sqlite3.Connection, condition: int, drugs: Iterable[str]) -> int:
    """Return the row of the finding on a condition (a node's row) and drugs (ids), which its courses have changed."""
    listed = "\n".join(sorted(set(drugs)))
    connection.execute(
        "INSERT INTO finding (condition, drugs) VALUES (?, ?) ON CONFLICT DO UPDATE SET fresh = 0", (condition, listed)
    )
    (key,) = connection.execute(
        "SELECT key FROM finding WHERE condition = ? AND drugs = ?", (condition, listed)
    ).fetchone()
    return int(key)


def stale_keys(connection: sqlite3.Connection) -> list[int]:
    """Return the rows of the findings whose courses changed since they were assembled."""
    return [key for (key,) in connection.execute("SELECT key FROM finding WHERE fresh = 0 ORDER BY key")]


def touch(connection: sqlite3.Connection, article: int) -> None:
    """Mark the findings on which an article (its row) reports, before its courses are deleted.

    A finding whose largest course goes is shown again once it has been assembled. The caller holds the transaction.
    """
    connection.execute(
        "UPDATE finding SET fresh = 0, course = iif(course IN (SELECT key FROM course WHERE article = :article), NULL,"
        " course) WHERE key IN (SELECT finding FROM course WHERE article = :article)",
        {"article": article},
    )


def write(connection: sqlite3.Connection, rows: Iterable[Sequence[object]]) -> None:
    """Write what findings amount to: the values of `WRITTEN`, then the row. The caller holds the transaction."""
    columns = ", ".join(f"{name} = ?" for name in WRITTEN)
    connection.executemany(f"UPDATE finding SET {columns}, fresh = 1 WHERE key = ?", rows)  # noqa: S608 (constants)


def drop_empty(connection: sqlite3.Connection) -> None:
    """Delete findings without a course; the caller holds the transaction."""
    connection.execute("DELETE FROM finding WHERE NOT EXISTS (SELECT 1 FROM course WHERE course.finding = finding.key)")


def find(connection: sqlite3.Connection, conditions: Sequence[str], *, limit: int = -1) -> list[tuple[object, ...]]:
    """Return (largest course's row, condition's id, drugs' ids a line each, `AMOUNTS`), most patients first."""
    roots = hierarchy.broad(conditions)
    values = roots or (codec.dump(hierarchy.nodes(connection, conditions)),)
    where = hierarchy.under("f.condition", roots) if roots else f"f.condition IN {LISTED}"
    return connection.execute(
        f"SELECT f.course, n.id, f.drugs, {', '.join('f.' + name for name in AMOUNTS)} FROM finding f"  # noqa: S608 (constants)
        f" JOIN node n ON n.key = f.condition WHERE f.articles > 0 AND {where} ORDER BY {RANK} LIMIT ?",
        (*values, limit),
    ).fetchall()
