"""One article's rows: written in one transaction, replaced when it is revised, deleted when NLM deletes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from extractors.records import Argument, Article, Claim, Course, Evidence, Mention, Sentence, Study
from graphs.names import fold
from graphs.store import codec, counts, course_cells, findings


def put(
    connection: sqlite3.Connection,
    article: Article,
    sentences: Iterable[Sentence],
    mentions: Iterable[Mention],
    evidence: Iterable[Evidence],
    courses: Iterable[Course],
    study: Study,
) -> None:
    """Replace an article and all that hangs on it; the caller holds the transaction."""
    counts.forget(connection)
    before = _delete_rows(connection, article.id)
    key = _insert_article(connection, article, study)
    connection.executemany(
        "INSERT OR IGNORE INTO sentence VALUES (?, ?, ?, ?)", ((key, s.start, s.end, s.passage) for s in sentences)
    )
    connection.executemany(
        'INSERT INTO mention (article, start, "end", text, type, concept, name, source)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((key, m.start, m.end, m.text, str(m.type), m.concept, m.name, m.source) for m in _ordered(mentions)),
    )
    for item in _best(evidence):
        _insert_evidence(connection, key, article, item)
    for course in sorted(set(courses), key=_course_order):
        _insert_course(connection, key, course)
    _drop_empty(connection, before)


def delete(connection: sqlite3.Connection, article_id: str) -> bool:
    """Delete an article's rows and the claims that stood on it alone; returns whether it was there."""
    known = connection.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone() is not None
    counts.forget(connection)
    _drop_empty(connection, _delete_rows(connection, article_id))
    return known


def prune(connection: sqlite3.Connection) -> None:
    """Delete findings, arguments and nodes that nothing refers to any more; the caller holds the transaction."""
    findings.drop_empty(connection)
    for statement in (
        "CREATE TEMP TABLE used (key INTEGER PRIMARY KEY)",
        "INSERT OR IGNORE INTO used SELECT subject FROM evidence",
        "INSERT OR IGNORE INTO used SELECT object FROM evidence",
        "INSERT OR IGNORE INTO used SELECT condition FROM course WHERE condition IS NOT NULL",
        "INSERT OR IGNORE INTO used SELECT argument FROM course_drug",
        "DELETE FROM argument WHERE key NOT IN (SELECT key FROM used)",
        "DELETE FROM node WHERE key NOT IN (SELECT node FROM argument)",
        "DROP TABLE used",
    ):
        connection.execute(statement)


def _delete_rows(connection: sqlite3.Connection, article_id: str) -> list[tuple[int]]:
    """Delete an article's rows and return the claims that had evidence in it."""
    row = connection.execute("SELECT key FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return []
    claims = connection.execute("SELECT DISTINCT claim FROM evidence WHERE article = ?", row).fetchall()
    # A number of a deleted row is given again: until assembly, what pointed to one points to nothing.
    connection.execute(
        "UPDATE claim SET quote = NULL FROM evidence e WHERE e.article = ? AND claim.key = e.claim"
        " AND claim.quote = e.key",
        row,
    )
    findings.touch(connection, row[0])
    connection.execute("DELETE FROM course_drug WHERE course IN (SELECT key FROM course WHERE article = ?)", row)
    for table in ("course", "evidence", "mention", "sentence"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", row)  # noqa: S608 (names from the line above)
    connection.execute("DELETE FROM article WHERE key = ?", row)
    connection.executemany("UPDATE claim SET fresh = 0 WHERE key = ?", claims)
    return claims


def _drop_empty(connection: sqlite3.Connection, claims: list[tuple[int]]) -> None:
    connection.executemany(
        "DELETE FROM claim WHERE key = ? AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.claim = claim.key)",
        claims,
    )


def _insert_article(connection: sqlite3.Connection, article: Article, study: Study) -> int:
    cursor = connection.execute(
        "INSERT INTO article (id, title, abstract, journal, year, doi, design, n, retracted, concern, corrected,"
        " synthetic, record, study) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            article.title,
            article.abstract,
            article.journal,
            article.year,
            article.doi,
            str(study.design),
            study.n,
            article.retracted,
            article.concern,
            article.corrected,
            article.synthetic,
            codec.dump_article(article),
            codec.dump_study(study),
        ),
    )
    return int(cursor.lastrowid or 0)


def _insert_evidence(connection: sqlite3.Connection, key: int, article: Article, item: Evidence) -> None:
    connection.execute(
        'INSERT INTO evidence (id, article, claim, subject, object, start, "end", section, extractor, effect, negated,'
        " certainty, score, subject_spans, object_spans, cues, why, origin)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            item.id,
            key,
            _claim(connection, item.claim),
            _argument(connection, item.claim.subject),
            _argument(connection, item.claim.object),
            *item.sentence,
            codec.section(article.passages, item.sentence[0]),
            item.extractor,
            item.effect and str(item.effect),
            item.negated,
            str(item.certainty),
            item.score,
            codec.dump_spans(item.claim.subject.spans),
            codec.dump_spans(item.claim.object.spans),
            codec.dump([list(cue) for cue in item.cues]),
            item.why,
            item.origin and str(item.origin),
        ),
    )


def _insert_course(connection: sqlite3.Connection, key: int, course: Course) -> None:
    condition = course.condition
    finding = None
    if condition and course.current:
        node = _node(connection, condition.key, condition.concept)
        finding = findings.of(connection, node, (drug.key for drug in course.current))
    cursor = connection.execute(
        'INSERT INTO course (article, id, condition, condition_spans, start, "end", prior_reason, mode, patients,'
        " responders, patients_start, patients_end, responders_start, responders_end, outcome,"
        " cells, finding) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            course.id,
            _argument(connection, condition) if condition else None,
            codec.dump_spans(condition.spans if condition else ()),
            *course.sentence,
            course.prior_reason,
            course.mode,
            course.patients,
            course.responders,
            *(course.patients_span or (None, None)),
            *(course.responders_span or (None, None)),
            course.outcome,
            course_cells.dump(course),
            finding,
        ),
    )
    for role, drugs in (("current", course.current), ("prior", course.prior), ("component", course.components)):
        connection.executemany(
            "INSERT INTO course_drug VALUES (?, ?, ?, ?, ?)",
            (
                (cursor.lastrowid, role, position, _argument(connection, drug), codec.dump_spans(drug.spans))
                for position, drug in enumerate(drugs)
            ),
        )


def _claim(connection: sqlite3.Connection, claim: Claim) -> int:
    row = connection.execute("SELECT key FROM claim WHERE id = ?", (claim.id,)).fetchone()
    if row:
        connection.execute("UPDATE claim SET fresh = 0 WHERE key = ?", row)
        return int(row[0])
    concepts = {a.key: a.concept for a in (claim.subject, claim.object)}
    subject, predicate, object_ = claim.key
    cursor = connection.execute(
        "INSERT INTO claim (id, subject, predicate, object) VALUES (?, ?, ?, ?)",
        (
            claim.id,
            _node(connection, subject, concepts[subject]),
            predicate,
            _node(connection, object_, concepts[object_]),
        ),
    )
    return int(cursor.lastrowid or 0)


def _node(connection: sqlite3.Connection, id_: str, concept: str | None) -> int:
    row = connection.execute("SELECT key FROM node WHERE id = ?", (id_,)).fetchone()
    if row:
        return int(row[0])
    return int(connection.execute("INSERT INTO node (id, concept) VALUES (?, ?)", (id_, concept)).lastrowid or 0)


def _argument(connection: sqlite3.Connection, argument: Argument) -> int:
    node = _node(connection, argument.key, argument.concept)
    named = (node, argument.name, str(argument.type))
    row = connection.execute("SELECT key FROM argument WHERE node = ? AND name = ? AND type = ?", named).fetchone()
    if row:
        return int(row[0])
    cursor = connection.execute(
        "INSERT INTO argument (node, name, type, fold) VALUES (?, ?, ?, ?)", (*named, fold(argument.name))
    )
    return int(cursor.lastrowid or 0)


def _ordered(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(set(mentions), key=lambda m: (m.start, m.end, m.type, m.source, m.concept or "", m.name))


def _best(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return one evidence an id, the surest: an extractor may read one claim twice off one sentence."""
    found: dict[str, Evidence] = {}
    for item in sorted(evidence, key=lambda e: (e.id, -e.score, e.effect or "", e.negated, e.certainty, e.cues, e.why)):
        found.setdefault(item.id, item)
    return list(found.values())


def _course_order(course: Course) -> tuple[str, int, int, str]:
    return course.id, course.patients or -1, course.responders or -1, course.outcome
