"""Counts: what the store holds, and how often two things stand together."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence

from graphs.store import codec, hierarchy

#: Statistics by name: (what is counted, a query of two columns: value, count).
STATISTICS = (
    ("articles", "SELECT 'all', count(*) FROM article"),
    ("articles", "SELECT 'synthetic', count(*) FROM article WHERE synthetic"),
    ("articles", "SELECT 'retracted', count(*) FROM article WHERE retracted"),
    ("articles", "SELECT 'without evidence', count(*) FROM article WHERE key NOT IN (SELECT article FROM evidence)"),
    ("articles by design", "SELECT design, count(*) FROM article GROUP BY 1 ORDER BY 2 DESC, 1"),
    ("articles by year", "SELECT coalesce(year, 'unknown'), count(*) FROM article GROUP BY 1 ORDER BY 1"),
    ("sentences", "SELECT 'all', count(*) FROM sentence"),
    ("mentions by type", "SELECT type, count(*) FROM mention GROUP BY 1 ORDER BY 2 DESC, 1"),
    ("mentions", "SELECT 'linked', count(*) FROM mention WHERE concept IS NOT NULL"),
    ("nodes by type", "SELECT type, count(*) FROM node GROUP BY 1 ORDER BY 2 DESC, 1"),
    ("nodes", "SELECT 'unlinked', count(*) FROM node WHERE concept IS NULL"),
    ("claims by predicate", "SELECT predicate, count(*) FROM claim GROUP BY 1 ORDER BY 2 DESC, 1"),
    ("claims by verdict", "SELECT verdict, count(*) FROM claim GROUP BY 1 ORDER BY 2 DESC, 1"),
    ("evidence by predicate", "SELECT predicate, count(*) FROM evidence JOIN claim ON claim.key = claim GROUP BY 1"
     " ORDER BY 2 DESC, 1"),
    ("evidence by certainty", "SELECT certainty, count(*) FROM evidence GROUP BY 1 ORDER BY 2 DESC, 1"),
    ("evidence", "SELECT 'negated', count(*) FROM evidence WHERE negated"),
    ("courses by outcome", "SELECT outcome, count(*) FROM course GROUP BY 1 ORDER BY 2 DESC, 1"),
)  # fmt: skip


#: What each claim was after a run, and what it has become since, where that differs.
HISTORY = """
WITH before AS (
  SELECT claim, verdict, belief, articles, max(run) FROM claim_history WHERE run <= :run GROUP BY claim
), after AS (
  SELECT claim, verdict, belief, articles, max(run) FROM claim_history WHERE run > :run GROUP BY claim
)
SELECT after.claim AS claim, coalesce(before.verdict, ''), coalesce(before.belief, 0), coalesce(before.articles, 0),
  after.verdict, after.belief, after.articles
FROM after LEFT JOIN before USING (claim)
WHERE (coalesce(before.verdict, ''), coalesce(before.belief, 0), coalesce(before.articles, 0))
  <> (after.verdict, after.belief, after.articles)
"""
CHANGED_MOST = "ORDER BY abs(after.belief - coalesce(before.belief, 0)) DESC, after.claim"


def statistics(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return (what, value, count) in a fixed order, as assembly kept them; where articles came since, counted now."""
    kept = connection.execute("SELECT what, value, count FROM statistic ORDER BY place").fetchall()
    return kept or _counted(connection)


def keep(connection: sqlite3.Connection) -> None:
    """Count and keep the statistics until an article comes or goes; the caller holds the transaction."""
    forget(connection)
    connection.executemany("INSERT INTO statistic (what, value, count) VALUES (?, ?, ?)", _counted(connection))


def forget(connection: sqlite3.Connection) -> None:
    """Drop the statistics that were kept; the caller holds the transaction."""
    connection.execute("DELETE FROM statistic")


def _counted(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    return [
        (what, str(value), count) for what, query in STATISTICS for value, count in connection.execute(query).fetchall()
    ]


def mentioned(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Return the articles that mention one of these concepts or, unlinked, have it in a claim."""
    rows = connection.execute(
        "SELECT a.id FROM mention m JOIN article a ON a.key = m.article"
        " WHERE m.concept IN (SELECT value FROM json_each(:ids))"
        " UNION SELECT a.id FROM node n JOIN claim c ON c.subject = n.key OR c.object = n.key"
        " JOIN evidence e ON e.claim = c.key JOIN article a ON a.key = e.article"
        " WHERE n.id IN (SELECT value FROM json_each(:ids))",
        {"ids": codec.dump(list(ids))},
    )
    return {id_ for (id_,) in rows}


def same_sentence(connection: sqlite3.Connection, one: Sequence[str], two: Sequence[str]) -> list[tuple[str, str]]:
    """Return (article, sentence) of the sentences that mention a concept of both, sorted."""
    rows = connection.execute(
        'SELECT DISTINCT a.id, s.start, substr(a.title || char(10) || a.abstract, s.start + 1, s."end" - s.start)'
        " FROM mention m JOIN mention o ON o.article = m.article"
        ' JOIN sentence s ON s.article = m.article AND s.start <= m.start AND m."end" <= s."end"'
        ' AND s.start <= o.start AND o."end" <= s."end" JOIN article a ON a.key = m.article'
        " WHERE m.concept IN (SELECT value FROM json_each(?)) AND o.concept IN (SELECT value FROM json_each(?))"
        " ORDER BY a.id, s.start",
        (codec.dump(list(one)), codec.dump(list(two))),
    )
    return [(article, sentence) for article, _, sentence in rows]


def beside(connection: sqlite3.Connection, ids: Sequence[str], types: Sequence[str]) -> list[tuple[str, str, int]]:
    """Return (concept, name, articles) of the concepts of these types that stand in articles beside these."""
    rows = connection.execute(
        "SELECT concept.curie, concept.name, count(DISTINCT o.article) AS articles"
        " FROM mention m JOIN mention o ON o.article = m.article JOIN concept ON concept.curie = o.concept"
        " WHERE m.concept IN (SELECT value FROM json_each(:ids))"
        " AND o.concept NOT IN (SELECT value FROM json_each(:ids))"
        " AND o.type IN (SELECT value FROM json_each(:types)) GROUP BY 1 ORDER BY articles DESC, 1",
        {"ids": codec.dump(list(ids)), "types": codec.dump([str(type_) for type_ in types])},
    )
    return rows.fetchall()


def history_since(
    connection: sqlite3.Connection, run: int, *, limit: int = -1
) -> list[tuple[str, str, float, int, str, float, int]]:
    """Return (claim, verdict, belief, articles before, and the same after) of claims changed after a run of this store.

    A verdict is '' where the claim was not there. Those whose belief changed most come first.
    """
    rows = connection.execute(f"{HISTORY} {CHANGED_MOST} LIMIT :limit", {"run": run, "limit": limit})
    return rows.fetchall()


def each_since(
    connection: sqlite3.Connection, run: int, *, about: Sequence[str] | None = None
) -> Iterator[tuple[str, str, float, int, str, float, int]]:
    """Yield what `history_since` returns, one by one and sorted by claim: all of it, or what is about these nodes.

    What is about nodes is still there: a claim that is gone has no ends to tell by.
    """
    values = {"run": run, "about": None if about is None else codec.dump(hierarchy.nodes(connection, about))}
    if about is None:
        return connection.execute(f"{HISTORY} ORDER BY after.claim", values)
    nodes = "(SELECT value FROM json_each(:about))"
    return connection.execute(
        f"SELECT h.* FROM ({HISTORY}) h JOIN claim c ON c.id = h.claim"  # noqa: S608 (constants)
        f" WHERE c.subject IN {nodes} OR c.object IN {nodes} ORDER BY h.claim",
        values,
    )


def changed_since(connection: sqlite3.Connection, run: int) -> int:
    """Return how many claims changed after a run of this store."""
    (count,) = connection.execute(f"SELECT count(*) FROM ({HISTORY})", {"run": run}).fetchone()  # noqa: S608 (a constant)
    return int(count)


def version(connection: sqlite3.Connection) -> str:
    """Return a text that changes whenever claims or their evidence do, to tell whether a view is of today."""
    found = connection.execute(
        "SELECT count(*), sum(belief), sum(opposed), sum(evidence), sum(articles), sum(retracted) FROM claim"
    ).fetchone()
    return hashlib.sha256(repr(found).encode()).hexdigest()


def treatment_years(connection: sqlite3.Connection, ids: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return (year, articles for, articles against) of what treats these diseases; retracted articles are left out."""
    rows = connection.execute(
        "SELECT a.year, count(DISTINCT iif(e.effect IN ('effective', 'mixed') AND NOT e.negated, a.key, NULL)),"
        " count(DISTINCT iif(e.effect IN ('ineffective', 'mixed') OR e.negated, a.key, NULL))"
        " FROM node n JOIN claim c ON c.object = n.key AND c.predicate = 'treats' JOIN evidence e ON e.claim = c.key"
        " JOIN article a ON a.key = e.article WHERE n.id IN (SELECT value FROM json_each(?))"
        " AND a.year IS NOT NULL AND NOT a.retracted GROUP BY a.year ORDER BY a.year",
        (codec.dump(list(ids)),),
    )
    return [(year, good, bad) for year, good, bad in rows]


def evidence_years(
    connection: sqlite3.Connection, ids: Sequence[str], *, most: int = 20_000
) -> list[tuple[int, int, int]]:
    """Return (year, articles that state something of these nodes, articles that deny it or saw no effect).

    Retracted articles are left out; of a hub of the field, `most` of its claims are looked at.
    """
    rows = connection.execute(
        "WITH about (claim) AS (SELECT key FROM claim WHERE subject IN (SELECT n.key FROM json_each(:ids) JOIN node n"
        " ON n.id = value) UNION SELECT key FROM claim WHERE object IN (SELECT n.key FROM json_each(:ids) JOIN node n"
        " ON n.id = value) LIMIT :most)"
        ", told (article, up, down) AS (SELECT e.article, max(NOT e.negated AND coalesce(e.effect, '') NOT IN"
        " ('ineffective', 'no_difference', 'worsened')), max(e.negated OR coalesce(e.effect, '') IN ('ineffective',"
        " 'no_difference', 'worsened', 'mixed')) FROM about JOIN evidence e ON e.claim = about.claim GROUP BY 1)"
        " SELECT a.year, sum(told.up), sum(told.down) FROM told JOIN article a INDEXED BY article_facts"
        " ON a.key = told.article WHERE a.year IS NOT NULL AND NOT a.retracted GROUP BY a.year ORDER BY a.year",
        {"ids": codec.dump(list(ids)), "most": most},
    )
    return rows.fetchall()
