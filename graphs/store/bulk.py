"""The graph's tables by row number, as lines of CSV that SQLite itself writes, for a view that is loaded in bulk.

Row numbers are local to the store's file; the view keeps them as `row` to join by and shows `id` to people. Line breaks
are taken out of texts, because the view's loader reads a file in parallel by lines. One text a row instead of a tuple
of values that a CSV writer looks through letter by letter: that took longer than the loading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

#: How a column's value is written. TEXT is free text, quoted; STRING one of our own words or ids, which need no quotes.
WRITTEN = {
    "INT64": "{0}",
    "DOUBLE": "{0}",
    "BOOLEAN": "iif({0}, 'true', 'false')",
    "STRING": "{0}",
    "TEXT": """'"' || replace(replace(nullif({0}, ''), char(10), ' '), '"', '""') || '"'""",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type (a key of WRITTEN) and, where it is not of the same name, what it is in SQL."""

    name: str
    type: str
    sql: str = ""


@dataclass(frozen=True, slots=True)
class BulkTable:
    """A table of nodes, or of relationships between the row numbers of two labels (`ends`)."""

    name: str
    source: str
    columns: tuple[Column, ...]
    ends: tuple[str, str] | None = None

    @property
    def select(self) -> str:
        """The statement whose every row is a line; what is NULL is empty."""
        values = ", ".join(WRITTEN[c.type].format(c.sql or c.name) for c in self.columns)
        return f"SELECT printf('{','.join(['%s'] * len(self.columns))}\n', {values}) FROM {self.source}"  # noqa: S608


def _ends(start: str, end: str) -> tuple[Column, ...]:
    return Column("start", "INT64", start), Column("end", "INT64", end)


#: An evidence's sentence. Title and abstract are put together only for the few sentences that begin in the title:
#: for every row of an article it took longer than all else.
SENTENCE = (
    'iif(e.start > length(a.title), substr(a.abstract, e.start - length(a.title), e."end" - e.start),'
    ' substr(a.title || char(10) || a.abstract, e.start + 1, e."end" - e.start))'
)

#: In the order in which they can be loaded.
TABLES = (
    BulkTable(
        "Concept",
        "node",
        (
            Column("row", "INT64", "key"), Column("id", "TEXT"), Column("name", "TEXT"), Column("type", "STRING"),
            Column("linked", "BOOLEAN", "concept IS NOT NULL"),
        ),
    ),
    BulkTable(
        "Claim",
        "claim",
        (
            Column("row", "INT64", "key"), Column("id", "STRING"), Column("predicate", "STRING"),
            Column("verdict", "STRING"), Column("belief", "DOUBLE", "printf('%.6f', belief)"),
            Column("opposed", "DOUBLE", "printf('%.6f', opposed)"), Column("evidence", "INT64"),
            Column("articles", "INT64"), Column("studies", "INT64"), Column("patients_low", "INT64"),
            Column("patients_high", "INT64"), Column("first_year", "INT64"), Column("last_year", "INT64"),
        ),
    ),
    BulkTable(
        "Article",
        "article",
        (
            Column("row", "INT64", "key"), Column("id", "TEXT"), Column("title", "TEXT"), Column("journal", "TEXT"),
            Column("year", "INT64"), Column("doi", "TEXT"), Column("design", "STRING"), Column("n", "INT64"),
            Column("retracted", "BOOLEAN"), Column("synthetic", "BOOLEAN"),
        ),
    ),
    BulkTable(
        "Evidence",
        "evidence e JOIN article a ON a.key = e.article",
        (
            Column("row", "INT64", "e.key"), Column("id", "STRING", "e.id"), Column("sentence", "TEXT", SENTENCE),
            Column("section", "TEXT", "e.section"), Column("effect", "STRING", "e.effect"),
            Column("negated", "BOOLEAN", "e.negated"), Column("certainty", "STRING", "e.certainty"),
            Column("score", "DOUBLE", "e.score"), Column("extractor", "TEXT", "e.extractor"),
            Column("origin", "STRING", "e.origin"),
        ),
    ),
    BulkTable("SUBJECT", "claim", _ends("key", "subject"), ("Claim", "Concept")),
    BulkTable("OBJECT", "claim", _ends("key", "object"), ("Claim", "Concept")),
    BulkTable("STATES", "evidence", _ends("key", "claim"), ("Evidence", "Claim")),
    BulkTable("IN_ARTICLE", "evidence", _ends("key", "article"), ("Evidence", "Article")),
    BulkTable(
        "IS_A",
        "concept_parent JOIN node c ON c.id = child JOIN node p ON p.id = parent",
        _ends("c.key", "p.key"),
        ("Concept", "Concept"),
    ),
)  # fmt: skip


def lines(connection: sqlite3.Connection, table: BulkTable) -> Iterator[str]:
    """Yield a table's rows as lines of CSV, as they lie in the file."""
    return (line for (line,) in connection.execute(table.select))
