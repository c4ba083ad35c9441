"""Treatment courses, with the sentence and the article that report them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from extractors.records import Argument, Course, MentionType, StudyDesign
from graphs.answers import CourseSource
from graphs.store import codec, course_cells

#: A JSON list of node ids as the rows of their arguments.
ARGUMENTS = (
    "(SELECT g.key FROM json_each(?) listed JOIN node n ON n.id = listed.value JOIN argument g ON g.node = n.key)"
)
#: Order by content.
BY_PLACE = "a.id, c.start, c.id, c.patients, c.responders, c.outcome"
#: What courses may be sorted by; the first is how they are shown when nothing is said.
ORDERS = {
    "patients": "c.patients",
    "responders": "c.responders",
    "year": "a.year",
    "condition": "g.name COLLATE NOCASE",
    "treatment": "(SELECT x.name FROM course_drug d JOIN argument x ON x.key = d.argument WHERE d.course = c.key"
    " AND d.role = 'current' ORDER BY d.position LIMIT 1) COLLATE NOCASE",
    "reason": "c.prior_reason",
    "mode": "c.mode",
    "outcome": "c.outcome",
    "design": "a.design",
}


def read(connection: sqlite3.Connection, article_id: str | None = None) -> Iterator[Course]:
    """Yield the treatment courses of an article, or all, sorted by article, place and id."""
    where, values = ("", (-1, 0)) if article_id is None else ("WHERE a.id = ?", (article_id, -1, 0))
    for source in _sources(connection, where, values, order=BY_PLACE):
        yield source.course


def find(
    connection: sqlite3.Connection,
    *,
    current: Sequence[str] | None = None,
    prior: Sequence[str] | None = None,
    conditions: Sequence[str] | None = None,
    reason: str | None = None,
    articles: Sequence[str] | None = None,
    outcome: str | None = None,
    mode: str | None = None,
    design: str | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
    order: str = "patients",
    descending: bool = True,
    limit: int = -1,
    offset: int = 0,
) -> list[CourseSource]:
    """Return the courses with one of these current drugs, prior drugs and conditions; None leaves it open.

    Retracted ones come last; else they are sorted by one of `ORDERS`, those of more patients first, and what is not
    stated last.
    """
    where: list[str] = []
    values: list[str | int] = []
    # A drug of a named regimen is given as the others are.
    for roles, ids in (("'current', 'component'", current), ("'prior'", prior)):
        if ids is not None:
            where.append(
                f"c.key IN (SELECT course FROM course_drug WHERE role IN ({roles}) AND argument IN {ARGUMENTS})"  # noqa: S608
            )
            values.append(codec.dump(list(ids)))
    if conditions is not None:
        where.append(f"c.condition IN {ARGUMENTS}")
        values.append(codec.dump(list(conditions)))
    equal = (("c.prior_reason", reason), ("c.outcome", outcome), ("c.mode", mode), ("a.design", design))
    for column, value in equal:
        if value is not None:
            where.append(f"{column} = ?")
            values.append(value)
    for sign, year in ((">=", first_year), ("<=", last_year)):
        if year is not None:
            where.append(f"a.year {sign} ?")
            values.append(year)
    if articles is not None:
        where.append("a.id IN (SELECT value FROM json_each(?))")
        values.append(codec.dump(list(articles)))
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    sorted_by = f"a.retracted, {ORDERS[order]} {'DESC' if descending else 'ASC'} NULLS LAST, {BY_PLACE}"
    return list(_sources(connection, condition, (*values, limit, offset), order=sorted_by))


def _sources(
    connection: sqlite3.Connection, where: str, values: tuple[object, ...], *, order: str
) -> Iterator[CourseSource]:
    rows = connection.execute(
        'SELECT c.key, a.id, n.concept, g.name, g.type, c.condition_spans, c.start, c."end", c.prior_reason, c.mode,'  # noqa: S608
        " c.patients, c.responders, c.patients_start, c.patients_end, c.responders_start, c.responders_end, c.outcome,"
        ' c.cells, substr(a.title || char(10) || a.abstract, c.start + 1, c."end" - c.start), a.year,'
        " a.journal, a.design, a.n, a.retracted, a.concern, a.corrected, a.synthetic, a.cluster, a.cohort,"
        " a.title, a.doi FROM course c JOIN article a ON a.key = c.article LEFT JOIN argument g ON g.key = c.condition"
        f" LEFT JOIN node n ON n.key = g.node {where}"
        f" ORDER BY {order} LIMIT ? OFFSET ?",
        values,
    ).fetchall()
    drugs = _drugs(connection, [row[0] for row in rows])
    for key, id_, concept, name, type_, spans, start, end, reason, mode, patients, responders, *rest in rows:
        patients_start, patients_end, responders_start, responders_end, outcome, cells, *rest = rest
        quote, year, journal, design, n, retracted, concern, corrected, synthetic, cluster, cohort, title, doi = rest
        course = Course(
            article=id_,
            condition=Argument(concept, name, MentionType(type_), codec.load_spans(spans)) if type_ else None,
            current=drugs.get((key, "current"), ()),
            sentence=(start, end),
            prior=drugs.get((key, "prior"), ()),
            prior_reason=reason,
            mode=mode,
            patients=patients,
            responders=responders,
            patients_span=(patients_start, patients_end) if patients_start is not None else None,
            responders_span=(responders_start, responders_end) if responders_start is not None else None,
            outcome=outcome,
            **course_cells.load(cells),
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


def _drugs(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[tuple[int, str], tuple[Argument, ...]]:
    """Return the drugs of courses by (course, role), in their order."""
    rows = connection.execute(
        "SELECT d.course, d.role, n.concept, g.name, g.type, d.spans FROM json_each(?) listed"
        " JOIN course_drug d ON d.course = listed.value JOIN argument g ON g.key = d.argument"
        " JOIN node n ON n.key = g.node ORDER BY d.course, d.role, d.position",
        (codec.dump(list(keys)),),
    )
    found: dict[tuple[int, str], tuple[Argument, ...]] = {}
    for course, role, concept, name, type_, spans in rows:
        drug = Argument(concept, name, MentionType(type_), codec.load_spans(spans))
        found[course, role] = (*found.get((course, role), ()), drug)
    return found
