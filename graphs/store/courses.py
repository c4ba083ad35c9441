"""Treatment courses, with the sentence and the article that report them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from extractors.records import Argument, Course, MentionType
from graphs.answers import CourseSource
from graphs.store import cited, codec, course_cells, hierarchy
from graphs.store.hierarchy import LISTED

#: The cells of a course that have no column, and its sentence; the same where courses are only counted and compared: of
#: one finding there may be thousands at a time.
TOLD = 'c.cells, substr(a.title || char(10) || a.abstract, c.start + 1, c."end" - c.start)'
COUNTED = "json_object('arm', json_extract(c.cells, '$.arm')), ''"
#: Courses read at a time where all of many findings are wanted.
READ = 500
#: A JSON list of node ids as the rows of their arguments.
ARGUMENTS = (
    "(SELECT g.key FROM json_each(?) listed JOIN node n ON n.id = listed.value JOIN argument g ON g.node = n.key)"
)
#: What courses are sorted and filtered by, without reading texts.
FACTS = (
    "course c JOIN article a INDEXED BY article_facts ON a.key = c.article LEFT JOIN argument g ON g.key = c.condition"
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
    where = "" if article_id is None else "WHERE a.key = (SELECT key FROM article WHERE id = ?)"
    values = () if article_id is None else (article_id,)
    keys = connection.execute(f"SELECT c.key FROM {FACTS} {where} ORDER BY {BY_PLACE}", values).fetchall()  # noqa: S608
    for _, source in _sources(connection, [key for (key,) in keys]):
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
            roots = hierarchy.broad(ids)
            of = hierarchy.under("x.node", roots) if roots else f"x.key IN {ARGUMENTS}"
            drug = f"FROM course_drug d JOIN argument x ON x.key = d.argument WHERE d.role IN ({roles}) AND {of}"
            where.append(
                f"EXISTS (SELECT 1 {drug} AND d.course = c.key)" if roots else f"c.key IN (SELECT d.course {drug})"
            )
            values += roots or (codec.dump(list(ids)),)
    if conditions is not None:
        roots = hierarchy.broad(conditions)
        where.append(hierarchy.under("g.node", roots) if roots else f"c.condition IN {ARGUMENTS}")
        values += roots or (codec.dump(list(conditions)),)
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
        where.append(f"c.article IN (SELECT key FROM article WHERE id IN {LISTED})")  # noqa: S608 (a constant)
        values.append(codec.dump(list(articles)))
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    sorted_by = f"a.retracted, {ORDERS[order]} {'DESC' if descending else 'ASC'} NULLS LAST, {BY_PLACE}"
    rows = connection.execute(
        f"SELECT c.key FROM {FACTS} {condition} ORDER BY {sorted_by} LIMIT ? OFFSET ?",  # noqa: S608 (constants)
        (*values, limit, offset),
    )
    # Only keys are sorted; texts are read of what is shown.
    return [source for _, source in _sources(connection, [key for (key,) in rows])]


def by_keys(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, CourseSource]:
    """Return courses by their rows in this store's file; those that are gone are left out."""
    return dict(_sources(connection, keys))


def of_findings(connection: sqlite3.Connection, keys: Sequence[int]) -> Iterator[tuple[int, int, CourseSource]]:
    """Yield (finding's row, course's row, course) of the courses of findings (rows), finding by finding.

    Of each course there is what is counted and compared: no sentence, and no cells that have no column but the arm.
    """
    rows = connection.execute(
        f"SELECT c.key, c.finding FROM {FACTS} WHERE c.finding IN {LISTED}"  # noqa: S608 (constants)
        f" ORDER BY c.finding, {ORDERS['patients']} DESC NULLS LAST, {BY_PLACE}",
        (codec.dump(list(keys)),),
    )
    while found := rows.fetchmany(READ):
        finding = dict(found)
        for key, source in _sources(connection, list(finding), told=COUNTED):
            yield finding[key], key, source


def _sources(
    connection: sqlite3.Connection, keys: Sequence[int], *, told: str = TOLD
) -> Iterator[tuple[int, CourseSource]]:
    """Yield (row, course) of these rows, in their order; `told` are the columns of their cells and sentence."""
    rows = connection.execute(
        'SELECT c.key, a.id, n.concept, g.name, g.type, c.condition_spans, c.start, c."end", c.prior_reason, c.mode,'  # noqa: S608
        " c.patients, c.responders, c.patients_start, c.patients_end, c.responders_start, c.responders_end, c.outcome,"
        f" {told}, {cited.COLUMNS} FROM json_each(?) listed CROSS JOIN course c ON c.key = listed.value"
        " JOIN article a ON a.key = c.article LEFT JOIN argument g ON g.key = c.condition"
        " LEFT JOIN node n ON n.key = g.node ORDER BY listed.key",
        (codec.dump(list(keys)),),
    )
    drugs = _drugs(connection, keys)
    for key, id_, concept, name, type_, spans, start, end, reason, mode, patients, responders, *rest in rows:
        patients_start, patients_end, responders_start, responders_end, outcome, cells, quote, *rest = rest
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
        yield key, CourseSource(course, quote, *cited.cited(rest))


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
