"""Articles and what was read off them, as records, sorted by content."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from extractors.records import Article, Mention, MentionType, Sentence, Study
from graphs.store import codec


def article_ids(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all articles, sorted."""
    return [id_ for (id_,) in connection.execute("SELECT id FROM article ORDER BY id")]


def article(connection: sqlite3.Connection, article_id: str) -> Article | None:
    """Return an article, None where the store does not hold it."""
    row = connection.execute("SELECT id, title, abstract, record FROM article WHERE id = ?", (article_id,)).fetchone()
    return codec.load_article(*row) if row else None


def articles(connection: sqlite3.Connection) -> Iterator[Article]:
    """Yield all articles, sorted by id."""
    for row in connection.execute("SELECT id, title, abstract, record FROM article ORDER BY id"):
        yield codec.load_article(*row)


def sentences(connection: sqlite3.Connection, article_id: str) -> list[Sentence]:
    """Return an article's sentences in text order."""
    rows = connection.execute(
        'SELECT start, "end", passage FROM sentence WHERE article = (SELECT key FROM article WHERE id = ?)'
        ' ORDER BY start, "end"',
        (article_id,),
    )
    return [Sentence(*row) for row in rows]


def mentions(connection: sqlite3.Connection, article_id: str) -> list[Mention]:
    """Return an article's mentions in text order."""
    rows = connection.execute(
        'SELECT start, "end", text, type, concept, name, source FROM mention'
        ' WHERE article = (SELECT key FROM article WHERE id = ?) ORDER BY start, "end", type, source, concept, name',
        (article_id,),
    )
    return [Mention(start, end, text, MentionType(type_), *rest) for start, end, text, type_, *rest in rows]


def study(connection: sqlite3.Connection, article_id: str) -> Study | None:
    """Return the study behind an article, None where the store does not hold it."""
    row = connection.execute("SELECT id, study FROM article WHERE id = ?", (article_id,)).fetchone()
    return codec.load_study(*row) if row else None


def flagged(connection: sqlite3.Connection, notice: str) -> list[str]:
    """Return the articles whose gravest notice is "retracted", "concern" or "corrected", sorted by id."""
    rows = connection.execute(
        "SELECT id FROM article WHERE CASE WHEN retracted THEN 'retracted' WHEN concern THEN 'concern'"
        " WHEN corrected THEN 'corrected' END = ? ORDER BY id",
        (notice,),
    )
    return [id_ for (id_,) in rows]


def cited_ids(connection: sqlite3.Connection) -> list[str]:
    """Return the articles that claims or courses rest on, sorted by id."""
    rows = connection.execute(
        "SELECT id FROM article WHERE key IN (SELECT article FROM evidence UNION SELECT article FROM course)"
        " ORDER BY id"
    )
    return [id_ for (id_,) in rows]
