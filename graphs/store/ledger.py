"""What was read with what, what failed, and the runs that did it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article's state: the hash of its raw record, the key of all that read it, and how that went."""

    article: str
    raw_hash: str
    stage_key: str
    status: str
    error: str = ""
    traceback: str = ""


def write(connection: sqlite3.Connection, state: Extracted) -> None:
    """Add or replace an article's state."""
    connection.execute(
        "INSERT OR REPLACE INTO extraction VALUES (?, ?, ?, ?, ?, ?)",
        (state.article, state.raw_hash, state.stage_key, state.status, state.error, state.traceback),
    )


def forget(connection: sqlite3.Connection, article_id: str) -> None:
    """Delete an article's state."""
    connection.execute("DELETE FROM extraction WHERE article = ?", (article_id,))


def read(connection: sqlite3.Connection, article_id: str) -> Extracted | None:
    """Return an article's state, None for one never seen."""
    row = connection.execute("SELECT * FROM extraction WHERE article = ?", (article_id,)).fetchone()
    return Extracted(*row) if row else None


def read_all(connection: sqlite3.Connection, *, status: str | None = None) -> Iterator[Extracted]:
    """Yield the articles' states, sorted by article, all or those of one status."""
    rows = connection.execute(
        "SELECT * FROM extraction WHERE :status IS NULL OR status = :status ORDER BY article", {"status": status}
    )
    for row in rows:
        yield Extracted(*row)


def write_run(connection: sqlite3.Connection, manifest: str) -> int:
    """Add a run and what its claims have become since the one before; returns its number, from 1 up."""
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM run").fetchone()
    connection.execute("INSERT INTO run VALUES (?, ?)", (number, manifest))
    connection.execute(
        """
        INSERT INTO claim_history (run, claim, verdict, belief, articles)
        WITH last AS (
          SELECT claim, verdict, belief, articles, max(run) FROM claim_history GROUP BY claim
        )
        SELECT :number, claim.id, claim.verdict, claim.belief, claim.articles
        FROM claim LEFT JOIN last ON last.claim = claim.id
        WHERE last.claim IS NULL OR (last.verdict, last.belief, last.articles)
          IS NOT (claim.verdict, claim.belief, claim.articles)
        UNION ALL
        SELECT :number, last.claim, '', 0, 0 FROM last LEFT JOIN claim ON claim.id = last.claim
        WHERE claim.id IS NULL AND last.verdict <> ''
        """,
        {"number": number},
    )
    return int(number)


def read_runs(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return (number, manifest) of every run, oldest first."""
    return connection.execute("SELECT number, manifest FROM run ORDER BY number").fetchall()
