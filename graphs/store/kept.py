"""Proves that the rows kept for the pages are what would be reckoned anew from the rest of the store.

Answers read kinds, counts, strongest claims, quotes, contradictions and findings where assembly and triggers left them:
what is checked here is that they still say what the claims, evidence and courses say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from graphs.store.walks import OPEN, SIDES, STRENGTH

#: Examples of a fault that are named.
SHOWN = 3
_KINDS = (
    "WITH RECURSIVE up (child, ancestor) AS (SELECT child, parent FROM concept_parent"
    " UNION SELECT up.child, p.parent FROM up JOIN concept_parent p ON p.child = up.ancestor)"
    " SELECT ancestor, child FROM up WHERE ancestor <> child"
)
_NODE_CLAIMS = " UNION ALL ".join(
    f"SELECT {side} AS node, '{side}' AS side, predicate, count(*) AS claims FROM claim GROUP BY 1, 3"  # noqa: S608
    for side in SIDES
)
_STRONGEST = " UNION ALL ".join(
    f"SELECT n.key, {number}, c.key FROM node n JOIN claim c ON c.key ="  # noqa: S608 (constants)
    f" (SELECT key FROM claim WHERE {side} = n.key AND {OPEN} {STRENGTH} LIMIT 1) WHERE n.ranked = 1"
    for number, side in enumerate(SIDES)
)
#: (what is wrong, the rows that are kept, the rows as they ought to be).
_TABLES = (
    ("kinds of a concept", "SELECT ancestor, child FROM kind", _KINDS),
    (
        "nodes of a topic",
        "SELECT topic, node FROM topic_node",
        "SELECT id, key FROM node UNION SELECT k.ancestor, n.key FROM kind k JOIN node n ON n.id = k.child",
    ),
    (
        "numbers of claims by end and predicate",
        "SELECT node, side, predicate, claims FROM node_claims WHERE claims > 0",
        _NODE_CLAIMS,
    ),
    (
        "numbers of claims of a node",
        "SELECT key, claims FROM node WHERE claims > 0",
        f"SELECT node, sum(claims) FROM ({_NODE_CLAIMS}) GROUP BY node",  # noqa: S608 (constants)
    ),
    (
        "strongest claims of a node",
        "SELECT s.node, s.side, s.claim FROM strongest s JOIN node n ON n.key = s.node WHERE n.ranked = 1",
        _STRONGEST,
    ),
)
#: (what is wrong, the rows for which it is).
_ROWS = (
    (
        "a claim's quote is no sentence of its own",
        "SELECT c.id FROM claim c LEFT JOIN evidence e ON e.key = c.quote WHERE c.fresh = 1 AND e.claim IS NOT c.key",
    ),
    (
        "a claim's numbers are not those of its evidence",
        "SELECT c.id FROM claim c WHERE c.fresh = 1 AND (c.evidence, c.articles) IS NOT (SELECT count(*),"
        " count(DISTINCT e.article) FROM evidence e JOIN article a ON a.key = e.article WHERE e.claim = c.key"
        " AND NOT a.retracted)",
    ),
    (
        "a side of a contradiction has no sentence of its own",
        "SELECT c.id FROM contradiction k JOIN claim c ON c.key = k.claim WHERE c.fresh = 1 AND"
        " (NOT EXISTS (SELECT 1 FROM evidence e WHERE e.key = k.evidence AND e.claim = k.claim)"
        " OR NOT EXISTS (SELECT 1 FROM evidence e WHERE e.key = k.other_evidence AND e.claim = k.other))",
    ),
    (
        "a finding's largest course is none of its own",
        "SELECT n.id FROM finding f JOIN node n ON n.key = f.condition LEFT JOIN course c ON c.key = f.course"
        " WHERE f.fresh = 1 AND f.articles > 0 AND c.finding IS NOT f.key",
    ),
    (
        "a finding's articles are not those of its courses",
        "SELECT n.id FROM finding f JOIN node n ON n.key = f.condition WHERE f.fresh = 1 AND f.articles <> (SELECT"
        " count(DISTINCT c.article) FROM course c JOIN article a ON a.key = c.article WHERE c.finding = f.key"
        " AND NOT a.retracted)",
    ),
)


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is kept and wrong, with examples; what awaits assembly is passed over."""
    for what, kept, right in _TABLES:
        for verb, one, other in (("too many", kept, right), ("missing", right, kept)):
            rows = connection.execute(f"SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other})").fetchall()  # noqa: S608
            if rows:
                examples = "; ".join(", ".join(map(str, row)) for row in rows[:SHOWN])
                yield f"{what}: {len(rows)} {verb} ({examples})"
    for what, query in _ROWS:
        ids = [str(id_) for (id_,) in connection.execute(query)]
        if ids:
            yield f"{what}: {len(ids)} ({', '.join(ids[:SHOWN])})"
