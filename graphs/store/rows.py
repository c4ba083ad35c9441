"""Plain rows for bulk exports, in content order, read as fast as SQLite gives them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator


def nodes(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, bool]]:
    """Yield (id, name, type, whether it is a concept) of what claims are about."""
    for id_, name, type_, linked in connection.execute(
        "SELECT id, name, type, concept IS NOT NULL FROM node WHERE key IN"
        " (SELECT subject FROM claim UNION SELECT object FROM claim) ORDER BY id"
    ):
        yield id_, name, type_, bool(linked)


def articles(
    connection: sqlite3.Connection,
) -> Iterator[tuple[str, str, str | None, int | None, str | None, str, int | None, bool, bool]]:
    """Yield (id, title, journal, year, doi, design, n, retracted, synthetic) of every article."""
    for *row, retracted, synthetic in connection.execute(
        "SELECT id, title, journal, year, doi, design, n, retracted, synthetic FROM article ORDER BY id"
    ):
        id_, title, journal, year, doi, design, n = row
        yield id_, title, journal, year, doi, design, n, bool(retracted), bool(synthetic)


def evidence(
    connection: sqlite3.Connection,
) -> Iterator[tuple[str, str, str, str | None, bool, str, float, str, str | None]]:
    """Yield (id, sentence, section, effect, negated, certainty, score, extractor, origin) of every evidence."""
    for id_, sentence, section, effect, negated, certainty, score, extractor, origin in connection.execute(
        'SELECT e.id, substr(a.title || char(10) || a.abstract, e.start + 1, e."end" - e.start), e.section, e.effect,'
        " e.negated, e.certainty, e.score, e.extractor, e.origin"
        " FROM evidence e JOIN article a ON a.key = e.article ORDER BY e.id"
    ):
        yield id_, sentence, section, effect, bool(negated), certainty, score, extractor, origin


def claim_subjects(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield (claim, node) for the subjects."""
    yield from connection.execute("SELECT c.id, n.id FROM claim c JOIN node n ON n.key = c.subject ORDER BY c.id")


def claim_objects(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield (claim, node) for the objects."""
    yield from connection.execute("SELECT c.id, n.id FROM claim c JOIN node n ON n.key = c.object ORDER BY c.id")


def evidence_claims(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield (evidence, claim)."""
    yield from connection.execute("SELECT e.id, c.id FROM evidence e JOIN claim c ON c.key = e.claim ORDER BY e.id")


def evidence_articles(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield (evidence, article)."""
    yield from connection.execute("SELECT e.id, a.id FROM evidence e JOIN article a ON a.key = e.article ORDER BY e.id")
