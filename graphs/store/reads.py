"""Articles and what was read off them, as records, sorted by content."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from extractors.records import Argument, Article, Course, Mention, MentionType, Sentence, Study
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


def courses(connection: sqlite3.Connection, article_id: str | None = None) -> Iterator[Course]:
    """Yield the treatment courses of an article, or all, sorted by article, place and id."""
    rows = connection.execute(
        'SELECT c.key, a.id, n.concept, g.name, g.type, c.condition_spans, c.start, c."end", c.prior_reason, c.mode,'
        " c.patients, c.responders, c.patients_start, c.patients_end, c.responders_start, c.responders_end, c.outcome"
        " FROM course c JOIN article a ON a.key = c.article LEFT JOIN argument g ON g.key = c.condition"
        " LEFT JOIN node n ON n.key = g.node WHERE ?1 IS NULL OR a.id = ?1"
        " ORDER BY a.id, c.start, c.id, c.patients, c.responders, c.outcome",
        (article_id,),
    )
    for key, id_, concept, name, type_, spans, start, end, reason, mode, patients, responders, *rest in rows:
        patients_start, patients_end, responders_start, responders_end, outcome = rest
        yield Course(
            article=id_,
            condition=Argument(concept, name, MentionType(type_), codec.load_spans(spans)) if type_ else None,
            current=_drugs(connection, key, "current"),
            sentence=(start, end),
            prior=_drugs(connection, key, "prior"),
            prior_reason=reason,
            mode=mode,
            patients=patients,
            responders=responders,
            patients_span=(patients_start, patients_end) if patients_start is not None else None,
            responders_span=(responders_start, responders_end) if responders_start is not None else None,
            outcome=outcome,
        )


def _drugs(connection: sqlite3.Connection, course: int, role: str) -> tuple[Argument, ...]:
    rows = connection.execute(
        "SELECT n.concept, g.name, g.type, d.spans FROM course_drug d JOIN argument g ON g.key = d.argument"
        " JOIN node n ON n.key = g.node WHERE d.course = ? AND d.role = ? ORDER BY d.position",
        (course, role),
    )
    return tuple(
        Argument(concept, name, MentionType(type_), codec.load_spans(spans)) for concept, name, type_, spans in rows
    )
