"""The summary of findings of a condition, from the rows that assembly keeps: a page reads only what it shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from graphs.answers import CourseSource
from graphs.store import courses
from graphs.store import findings as rows
from graphs.tables.summary import Finding, finding, response

#: Findings whose courses are read at a time.
BATCH = 2000


def refresh(connection: sqlite3.Connection) -> int:
    """Bring the findings whose courses changed up to date and return how many; the caller holds the transaction."""
    keys = rows.stale_keys(connection)
    for start in range(0, len(keys), BATCH):
        rows.write(connection, list(_summed(connection, keys[start : start + BATCH])))
    return len(keys)


def find(connection: sqlite3.Connection, conditions: Sequence[str], *, limit: int = -1) -> tuple[Finding, ...]:
    """Return the first findings of conditions (ids), most patients first, as `summarise` has them.

    Of the courses behind each, `sources` holds the largest alone. Courses of retracted articles are left out.
    """
    found: list[tuple[Any, ...]] = rows.find(connection, conditions, limit=limit)
    largest = courses.by_keys(connection, [course for course, *_ in found])
    return tuple(_finding(amounts, (largest[course],)) for course, *amounts in found if course in largest)


def _summed(connection: sqlite3.Connection, keys: Sequence[int]) -> Iterator[tuple[object, ...]]:
    """Yield what the store keeps of each finding of these rows; of one without a standing course, that it has none."""
    left = set(keys)
    for key, group in groupby(courses.of_findings(connection, keys), key=lambda row: row[0]):
        standing = [(course, source) for _, course, source in group if not source.retracted]
        if not standing:
            continue
        made = finding([source for _, source in standing])
        first = next(course for course, source in standing if source is made.sources[0])
        left.remove(key)
        yield (
            made.articles,
            made.studies,
            made.condition,
            made.treatment,
            made.patients_low,
            made.patients_high,
            made.responders_low,
            made.responders_high,
            made.counted_low,
            made.counted_high,
            made.by_design,
            made.reviews,
            first,
            made.condition.casefold(),
            made.treatment.casefold(),
            key,
        )
    for key in sorted(left):
        yield (0, 0, "", "", None, None, None, None, None, None, "", "", None, "", "", key)


def _finding(amounts: Sequence[Any], sources: tuple[CourseSource, ...]) -> Finding:
    condition_id, drugs, articles, studies, condition, treatment, *numbers, by_design, reviews = amounts
    patients_low, patients_high, responders_low, responders_high, counted_low, counted_high = numbers
    proportion, low, high = response(responders_low, counted_low)
    return Finding(
        condition_id=condition_id,
        condition=condition,
        treatment_ids=tuple(drugs.split("\n")),
        treatment=treatment,
        articles=articles,
        studies=studies,
        patients_low=patients_low,
        patients_high=patients_high,
        responders_low=responders_low,
        responders_high=responders_high,
        counted_low=counted_low,
        counted_high=counted_high,
        proportion=proportion,
        low=low,
        high=high,
        by_design=by_design,
        reviews=reviews,
        sources=sources,
    )
