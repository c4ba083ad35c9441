"""Treatment courses, with the sentence and the article that report them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from extractors.records import Argument, Course, MentionType, StudyDesign
from graphs.answers import CourseSource
from graphs.store import codec

#: A JSON list of node ids as the rows of their arguments.
ARGUMENTS = (
    "(SELECT g.key FROM json_each(?) listed JOIN node n ON n.id = listed.value JOIN argument g ON g.node = n.key)"
)


def read(connection: sqlite3.Connection, article_id: str | None = None) -> Iterator[Course]:
    """Yield the treatment courses of an article, or all, sorted by article, place and id."""
    for source in _sources(connection, "WHERE ?1 IS NULL OR a.id = ?1", (article_id,)):
        yield source.course


def find(
    connection: sqlite3.Connection,
    *,
    current: Sequence[str] | None = None,
    prior: Sequence[str] | None = None,
    conditions: Sequence[str] | None = None,
    articles: Sequence[str] | None = None,
) -> list[CourseSource]:
    """Return the courses with one of these current drugs, prior drugs and conditions; None leaves it open."""
    where: list[str] = []
    values: list[str] = []
    for role, ids in (("current", current), ("prior", prior)):
        if ids is not None:
            where.append(
                f"c.key IN (SELECT course FROM course_drug WHERE role = '{role}' AND argument IN {ARGUMENTS})"  # noqa: S608
            )
            values.append(codec.dump(list(ids)))
    if conditions is not None:
        where.append(f"c.condition IN {ARGUMENTS}")
        values.append(codec.dump(list(conditions)))
    if articles is not None:
        where.append("a.id IN (SELECT value FROM json_each(?))")
        values.append(codec.dump(list(articles)))
    return list(_sources(connection, f"WHERE {' AND '.join(where)}" if where else "", tuple(values)))


def _sources(connection: sqlite3.Connection, where: str, values: tuple[object, ...]) -> Iterator[CourseSource]:
    rows = connection.execute(
        'SELECT c.key, a.id, n.concept, g.name, g.type, c.condition_spans, c.start, c."end", c.prior_reason, c.mode,'  # noqa: S608
        " c.patients, c.responders, c.patients_start, c.patients_end, c.responders_start, c.responders_end, c.outcome,"
        ' substr(a.title || char(10) || a.abstract, c.start + 1, c."end" - c.start), a.year, a.journal, a.design, a.n,'
        " a.retracted, a.concern, a.corrected, a.synthetic, a.cluster, a.cohort, a.title, a.doi"
        " FROM course c JOIN article a ON a.key = c.article LEFT JOIN argument g ON g.key = c.condition"
        f" LEFT JOIN node n ON n.key = g.node {where}"
        " ORDER BY a.id, c.start, c.id, c.patients, c.responders, c.outcome",
        values,
    ).fetchall()
    for key, id_, concept, name, type_, spans, start, end, reason, mode, patients, responders, *rest in rows:
        patients_start, patients_end, responders_start, responders_end, outcome, quote, year, journal, design, n = rest[
            :10
        ]
        retracted, concern, corrected, synthetic, cluster, cohort, title, doi = rest[10:]
        course = Course(
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
        yield CourseSource(
            course,
            quote,
            year,
            journal,
            StudyDesign(design),
            n,
            bool(retracted),
            bool(concern),
            bool(corrected),
            bool(synthetic),
            cluster,
            cohort,
            title,
            doi,
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
