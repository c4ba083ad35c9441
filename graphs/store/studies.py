"""What tells whether two articles report the same patients: registrations, links, authors, centres, drugs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """An article as the search for shared patients sees it."""

    article: str
    design: str
    year: int | None
    #: Trial registrations, from the record and from the text.
    registrations: tuple[str, ...]
    #: (kind, other article) of the record's CommentsCorrections.
    links: tuple[tuple[str, str], ...]
    #: "family, initial" of the persons.
    authors: tuple[str, ...]
    affiliations: tuple[str, ...]
    #: Ids of the treatments whose use it reports.
    drugs: tuple[str, ...]


def facts(connection: sqlite3.Connection) -> Iterator[StudyFacts]:
    """Yield the facts of every article, sorted by id."""
    drugs: dict[str, list[str]] = {}
    rows = connection.execute(
        "SELECT a.id, n.id FROM claim c JOIN evidence e ON e.claim = c.key JOIN article a ON a.key = e.article"
        " JOIN node n ON n.key = c.subject WHERE c.predicate = 'treats'"
        " UNION SELECT a.id, n.id FROM course_drug d JOIN course c ON c.key = d.course"
        " JOIN article a ON a.key = c.article JOIN argument g ON g.key = d.argument JOIN node n ON n.key = g.node"
        " WHERE d.role = 'current' ORDER BY 1, 2"
    )
    for article, drug in rows:
        drugs.setdefault(article, []).append(drug)
    for article, design, year, record, study in connection.execute(
        "SELECT id, design, year, record, study FROM article ORDER BY id"
    ):
        values, read = json.loads(record), json.loads(study)
        authors = values.get("authors", ())
        yield StudyFacts(
            article=article,
            design=design,
            year=year,
            registrations=tuple(read["registrations"]) + tuple(number for _, number in values.get("accessions", ())),
            links=tuple((c["kind"], f"PMID:{c['pmid']}") for c in values.get("corrections", ()) if c["pmid"]),
            authors=tuple(_person(author) for author in authors if author["family"]),
            affiliations=tuple(place for author in authors for place in author["affiliations"]),
            drugs=tuple(drugs.get(article, ())),
        )


def write(connection: sqlite3.Connection, rows: Iterable[tuple[str, str | None, str | None]]) -> None:
    """Write (article, cluster, cohort) and mark the claims and findings of articles for which that is news."""
    connection.execute("CREATE TEMP TABLE found (article TEXT PRIMARY KEY, cluster TEXT, cohort TEXT)")
    connection.executemany("INSERT INTO found VALUES (?, ?, ?)", rows)
    connection.execute(
        "UPDATE claim SET fresh = 0 WHERE key IN (SELECT e.claim FROM found f JOIN article a ON a.id = f.article"
        " JOIN evidence e ON e.article = a.key WHERE (a.cluster, a.cohort) IS NOT (f.cluster, f.cohort))"
    )
    connection.execute(
        "UPDATE finding SET fresh = 0 WHERE key IN (SELECT c.finding FROM found f JOIN article a ON a.id = f.article"
        " JOIN course c ON c.article = a.key WHERE (a.cluster, a.cohort) IS NOT (f.cluster, f.cohort))"
    )
    connection.execute(
        "UPDATE article SET cluster = f.cluster, cohort = f.cohort FROM found f"
        " WHERE f.article = article.id AND (article.cluster, article.cohort) IS NOT (f.cluster, f.cohort)"
    )
    connection.execute("DROP TABLE found")


def _person(author: dict[str, Any]) -> str:
    return f"{author['family'].casefold()}, {(author['initials'] or author['given'])[:1].casefold()}"
