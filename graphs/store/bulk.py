"""The graph's tables by row number, read as fast as SQLite gives them, for a view that is loaded in bulk.

Row numbers are local to the store's file; the view keeps them as `row` to join by and shows `id` to people. Line breaks
are taken out of texts, because the view's loader reads a file in parallel by lines.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BulkTable:
    """A table of nodes (its columns with their types) or of relationships (the labels of their two ends)."""

    name: str
    select: str
    columns: tuple[tuple[str, str], ...] = ()
    ends: tuple[str, str] | None = None


#: In the order in which they can be loaded.
TABLES = (
    BulkTable(
        "Concept",
        "SELECT key, id, replace(name, char(10), ' '), type, iif(concept IS NULL, 'false', 'true') FROM node",
        (("row", "INT64"), ("id", "STRING"), ("name", "STRING"), ("type", "STRING"), ("linked", "BOOLEAN")),
    ),
    BulkTable(
        "Claim",
        "SELECT key, id, predicate, verdict, round(belief, 6), round(opposed, 6), evidence, articles, studies,"
        " patients_low, patients_high, first_year, last_year FROM claim",
        (
            ("row", "INT64"), ("id", "STRING"), ("predicate", "STRING"), ("verdict", "STRING"), ("belief", "DOUBLE"),
            ("opposed", "DOUBLE"), ("evidence", "INT64"), ("articles", "INT64"), ("studies", "INT64"),
            ("patients_low", "INT64"), ("patients_high", "INT64"), ("first_year", "INT64"), ("last_year", "INT64"),
        ),
    ),
    BulkTable(
        "Article",
        "SELECT key, id, replace(title, char(10), ' '), journal, year, doi, design, n, iif(retracted, 'true', 'false'),"
        " iif(synthetic, 'true', 'false') FROM article",
        (
            ("row", "INT64"), ("id", "STRING"), ("title", "STRING"), ("journal", "STRING"), ("year", "INT64"),
            ("doi", "STRING"), ("design", "STRING"), ("n", "INT64"), ("retracted", "BOOLEAN"), ("synthetic", "BOOLEAN"),
        ),
    ),
    BulkTable(
        "Evidence",
        'SELECT e.key, e.id, replace(substr(a.title || char(10) || a.abstract, e.start + 1, e."end" - e.start),'
        " char(10), ' '), e.section, e.effect, iif(e.negated, 'true', 'false'), e.certainty, e.score, e.extractor"
        " FROM evidence e JOIN article a ON a.key = e.article",
        (
            ("row", "INT64"), ("id", "STRING"), ("sentence", "STRING"), ("section", "STRING"), ("effect", "STRING"),
            ("negated", "BOOLEAN"), ("certainty", "STRING"), ("score", "DOUBLE"), ("extractor", "STRING"),
        ),
    ),
    BulkTable("SUBJECT", "SELECT key, subject FROM claim", ends=("Claim", "Concept")),
    BulkTable("OBJECT", "SELECT key, object FROM claim", ends=("Claim", "Concept")),
    BulkTable("STATES", "SELECT key, claim FROM evidence", ends=("Evidence", "Claim")),
    BulkTable("IN_ARTICLE", "SELECT key, article FROM evidence", ends=("Evidence", "Article")),
    BulkTable(
        "IS_A",
        "SELECT c.key, p.key FROM concept_parent JOIN node c ON c.id = child JOIN node p ON p.id = parent",
        ends=("Concept", "Concept"),
    ),
)  # fmt: skip


def read(connection: sqlite3.Connection, table: BulkTable) -> sqlite3.Cursor:
    """Return a table's rows, as they lie in the file."""
    return connection.execute(table.select)
