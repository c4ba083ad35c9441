"""Work tables of the search for shared patients: temporary, and on the disk where they outgrow the writer's cache.

What is looked for is the same trial number in two articles, and the same persons in two articles on the same drug. Both
are found by sorting, not by holding every article in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import combinations, groupby, islice
from operator import itemgetter

TABLES = (
    "CREATE TEMP TABLE numbered (number TEXT NOT NULL, article INTEGER NOT NULL)",
    "CREATE TEMP TABLE written (drug INTEGER NOT NULL, person TEXT NOT NULL, article INTEGER NOT NULL, year INTEGER)",
    "CREATE TEMP TABLE shared (drug INTEGER NOT NULL, one INTEGER NOT NULL, two INTEGER NOT NULL)",
)


def begin(connection: sqlite3.Connection) -> None:
    """Create the tables; the caller holds the transaction, and ends with `end`."""
    for table in TABLES:
        connection.execute(table)


def end(connection: sqlite3.Connection) -> None:
    """Drop the tables."""
    for name in ("numbered", "written", "shared"):
        connection.execute(f"DROP TABLE {name}")


def add_numbers(connection: sqlite3.Connection, article: int, numbers: Iterable[str]) -> None:
    """Note an article's trial registrations."""
    connection.executemany("INSERT INTO numbered VALUES (?, ?)", ((number, article) for number in numbers))


def add_persons(
    connection: sqlite3.Connection, article: int, year: int | None, drugs: Iterable[int], persons: Iterable[str]
) -> None:
    """Note who reports on which drugs."""
    names = tuple(persons)
    connection.executemany(
        "INSERT INTO written VALUES (?, ?, ?, ?)", ((drug, name, article, year) for drug in drugs for name in names)
    )


def same_number(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles that tie together all articles of a registration."""
    rows = connection.execute("SELECT number, article FROM numbered ORDER BY number, article")
    before: tuple[str | None, int] = (None, 0)
    for number, article in rows:
        if number == before[0]:
            yield before[1], article
        before = number, article


def same_persons(
    connection: sqlite3.Connection, *, most_years: int, most_reports: int, least: int
) -> Iterator[tuple[int, int, int]]:
    """Yield (article, article, shared persons) of two reports on one drug by at least so many of the same persons.

    The reports are at most so many years apart; a name that more reports on the drug carry tells nothing.
    """
    connection.executemany("INSERT INTO shared VALUES (?, ?, ?)", _pairs(connection, most_years, most_reports))
    yield from connection.execute(
        "SELECT one, two, count(*) FROM shared GROUP BY drug, one, two HAVING count(*) >= ?", (least,)
    )


def _pairs(connection: sqlite3.Connection, most_years: int, most_reports: int) -> Iterator[tuple[int, int, int]]:
    rows = connection.execute("SELECT drug, person, article, year FROM written ORDER BY drug, person, article")
    for (drug, _), group in groupby(rows, key=itemgetter(0, 1)):
        reports = [(article, year or 0) for _, _, article, year in islice(group, most_reports + 1)]
        if len(reports) <= most_reports:
            for (one, year), (two, later) in combinations(reports, 2):
                if abs(year - later) <= most_years:
                    yield drug, one, two
