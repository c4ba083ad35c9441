"""What tells whether two articles report the same patients: registrations, links, authors, centres, drugs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

#: An article's treatments: those that it claims to treat with, and those that its courses are made of.
DRUGS = (
    "SELECT c.subject FROM evidence e JOIN claim c ON c.key = e.claim WHERE e.article = :article"
    " AND c.predicate = 'treats'"
    " UNION SELECT g.node FROM course c JOIN course_drug d ON d.course = c.key JOIN argument g ON g.key = d.argument"
    " WHERE c.article = :article AND d.role = 'current'"
)
#: What each article belongs to now, beside what it belonged to; it differs.
NEWS = (
    "SELECT a.key AS article, f.cluster AS cluster, f.cohort AS cohort FROM article a LEFT JOIN found f"
    " ON f.article = a.key WHERE (a.cluster, a.cohort) IS NOT (f.cluster, f.cohort)"
)


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """An article as the search for shared patients sees it."""

    #: Its row in the store.
    row: int
    design: str
    year: int | None
    #: Trial registrations, from the record and from the text.
    registrations: tuple[str, ...]
    #: (kind, other article) of the record's CommentsCorrections.
    links: tuple[tuple[str, str], ...]
    #: "family, initial" of the persons.
    authors: tuple[str, ...]


def facts(connection: sqlite3.Connection) -> Iterator[StudyFacts]:
    """Yield the facts of every article, as they lie in the file."""
    rows = connection.execute("SELECT key, design, year, record, study FROM article ORDER BY key")
    for row, design, year, record, study in rows:
        values, read = json.loads(record), json.loads(study)
        yield StudyFacts(
            row=row,
            design=design,
            year=year,
            registrations=tuple(read["registrations"]) + tuple(number for _, number in values.get("accessions", ())),
            links=tuple((c["kind"], f"PMID:{c['pmid']}") for c in values.get("corrections", ()) if c["pmid"]),
            authors=tuple(_person(author) for author in values.get("authors", ()) if author["family"]),
        )


def drugs(connection: sqlite3.Connection, row: int) -> list[int]:
    """Return the nodes of the treatments whose use an article reports."""
    return [node for (node,) in connection.execute(DRUGS, {"article": row})]


def affiliations(connection: sqlite3.Connection, row: int) -> tuple[str, ...]:
    """Return where an article's authors work."""
    (record,) = connection.execute("SELECT record FROM article WHERE key = ?", (row,)).fetchone()
    return tuple(place for author in json.loads(record).get("authors", ()) for place in author["affiliations"])


def row_of(connection: sqlite3.Connection, article: str) -> int | None:
    """Return an article's row, None where the store does not hold it."""
    found = connection.execute("SELECT key FROM article WHERE id = ?", (article,)).fetchone()
    return None if found is None else int(found[0])


def last_row(connection: sqlite3.Connection) -> int:
    """Return the last article's row, 0 where there is none."""
    (row,) = connection.execute("SELECT coalesce(max(key), 0) FROM article").fetchone()
    return int(row)


def write(
    connection: sqlite3.Connection, clusters: Iterable[tuple[int, int]], cohorts: Iterable[tuple[int, int]]
) -> None:
    """Write what articles belong to, given as (article's row, the row that stands for its group), some perhaps twice.

    A group is called by the smallest of its articles' ids; an article without company is in none. The claims and
    findings of articles for which that is news are marked.
    """
    connection.execute("CREATE TEMP TABLE found (article INTEGER PRIMARY KEY, cluster TEXT, cohort TEXT)")
    for column, members in (("cluster", clusters), ("cohort", cohorts)):
        connection.execute("CREATE TEMP TABLE member (article INTEGER PRIMARY KEY, root INTEGER NOT NULL)")
        connection.executemany("INSERT OR IGNORE INTO member VALUES (?, ?)", members)
        connection.execute(
            f"INSERT INTO found (article, {column}) SELECT member.article, named.id FROM member JOIN (SELECT root,"  # noqa: S608
            " min(a.id) AS id FROM member JOIN article a ON a.key = member.article GROUP BY root HAVING count(*) > 1)"
            f" AS named USING (root) WHERE true ON CONFLICT (article) DO UPDATE SET {column} = excluded.{column}"
        )
        connection.execute("DROP TABLE member")
    connection.execute(
        f"UPDATE claim SET fresh = 0 WHERE key IN (SELECT e.claim FROM ({NEWS}) n"  # noqa: S608 (a constant)
        " JOIN evidence e ON e.article = n.article)"
    )
    connection.execute(
        f"UPDATE finding SET fresh = 0 WHERE key IN (SELECT c.finding FROM ({NEWS}) n"  # noqa: S608 (a constant)
        " JOIN course c ON c.article = n.article)"
    )
    connection.execute(
        f"UPDATE article SET cluster = n.cluster, cohort = n.cohort FROM ({NEWS}) n WHERE n.article = article.key"  # noqa: S608
    )
    connection.execute("DROP TABLE found")


def _person(author: dict[str, Any]) -> str:
    return f"{author['family'].casefold()}, {(author['initials'] or author['given'])[:1].casefold()}"
