"""Patients and responders of courses, pooled by condition and treatment; each cohort once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from graphs.answers import CourseSource
from graphs.belief import SECONDARY

#: The standard normal's 97.5th percentile.
Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition and treatment. The proportion is of the lower counts; None where no course tells both numbers."""

    condition_id: str
    condition: str
    treatment_ids: tuple[str, ...]
    treatment: str
    articles: int
    studies: int
    patients_low: int | None
    patients_high: int | None
    responders_low: int | None
    responders_high: int | None
    #: Patients of the courses that tell both numbers: what the responders are out of.
    counted_low: int | None
    counted_high: int | None
    proportion: float | None
    low: float | None
    high: float | None
    #: "case_series 3/3; randomised_trial 10/15"
    by_design: str
    #: What reviews report of it, which is counted nowhere else.
    reviews: str
    #: The courses behind it, those of most patients first.
    sources: tuple[CourseSource, ...]


def summarise(found: Iterable[CourseSource]) -> tuple[Finding, ...]:
    """Return a finding for each condition and treatment, most patients first."""
    groups: dict[tuple[str, tuple[str, ...]], list[CourseSource]] = {}
    for source in found:
        if source.course.condition and source.course.current:
            drugs = tuple(sorted({drug.key for drug in source.course.current}))
            groups.setdefault((source.course.condition.key, drugs), []).append(source)
    return tuple(sorted((finding(group) for group in groups.values()), key=_order))


def _order(found: Finding) -> tuple[int, str, str, str, tuple[str, ...]]:
    names = found.condition.casefold(), found.treatment.casefold()
    return -(found.patients_low or 0), *names, found.condition_id, found.treatment_ids


def wilson(responders: int, patients: int) -> tuple[float, float]:
    """Return the 95% interval of a proportion (Wilson, 1927), which keeps to 0–1 and holds for small numbers."""
    if patients <= 0:
        raise ValueError("an interval needs patients")
    p, square = responders / patients, Z * Z
    centre = (p + square / (2 * patients)) / (1 + square / patients)
    half = Z / (1 + square / patients) * math.sqrt(p * (1 - p) / patients + square / (4 * patients * patients))
    return max(0.0, centre - half), min(1.0, centre + half)


def response(responders: int | None, patients: int | None) -> tuple[float | None, float | None, float | None]:
    """Return the proportion of responders and its interval, None where the numbers are not told."""
    if responders is None or not patients:
        return None, None, None
    return responders / patients, *wilson(responders, patients)


def finding(group: Iterable[CourseSource]) -> Finding:
    """Return what the courses of one condition and treatment amount to."""
    group = sorted(group, key=lambda s: (-(s.course.patients or 0), s.course.article, s.course.sentence))
    primary = [source for source in group if source.design not in SECONDARY]
    counted = [s for s in primary if s.course.patients is not None and s.course.responders is not None]
    low = _at_least(counted)
    totals = _total(low), _total(_at_most(counted))
    proportion, lowest, highest = response(totals[0][1], totals[0][0]) if totals[0] else (None, None, None)
    first = group[0].course
    sized = [s for s in primary if s.course.patients is not None]
    patients = [
        sum(s.course.patients or 0 for s in once) if sized else None for once in (_at_least(sized), _at_most(sized))
    ]
    return Finding(
        condition_id=first.condition.key if first.condition else "",
        condition=first.condition.name if first.condition else "",
        treatment_ids=tuple(sorted({drug.key for drug in first.current})),
        treatment=" + ".join(sorted({drug.name for drug in first.current})),
        articles=len({source.course.article for source in group}),
        studies=len({_cohort(source) for source in primary}),
        patients_low=patients[0],
        patients_high=patients[1],
        responders_low=totals[0][1] if totals[0] else None,
        responders_high=totals[1][1] if totals[1] else None,
        counted_low=totals[0][0] if totals[0] else None,
        counted_high=totals[1][0] if totals[1] else None,
        proportion=proportion,
        low=lowest,
        high=highest,
        by_design=_by_design(low),
        reviews=_by_design([s for s in group if s.design in SECONDARY]),
        sources=tuple(group),
    )


def _at_least(found: Iterable[CourseSource]) -> list[CourseSource]:
    """Return the largest course of each cohort: whatever else its articles report may be of the same patients."""
    best: dict[str, CourseSource] = {}
    for source in sorted(found, key=_by_size):
        best.setdefault(_cohort(source), source)
    return list(best.values())


def _at_most(found: Iterable[CourseSource]) -> list[CourseSource]:
    """Return every course of the larger article of each study; what one article says twice counts once."""
    articles: dict[str, str] = {}
    chosen: dict[tuple[str, int | None, int | None], CourseSource] = {}
    for source in sorted(found, key=_by_size):
        course = source.course
        if articles.setdefault(source.cluster or course.article, course.article) == course.article:
            chosen.setdefault((course.article, course.patients, course.responders), source)
    return list(chosen.values())


def _by_size(source: CourseSource) -> tuple[int, str, tuple[int, int], str]:
    return -(source.course.patients or 0), source.course.article, source.course.sentence, source.course.id


def _cohort(source: CourseSource) -> str:
    return source.cohort or source.cluster or source.course.article


def _total(found: list[CourseSource]) -> tuple[int, int] | None:
    if not found:
        return None
    return sum(s.course.patients or 0 for s in found), sum(s.course.responders or 0 for s in found)


def _by_design(found: Iterable[CourseSource]) -> str:
    """Return "design responders/patients" for each design, a question mark for what is not told."""
    parts: dict[str, list[CourseSource]] = {}
    for source in found:
        parts.setdefault(str(source.design), []).append(source)
    return "; ".join(f"{design} {_fraction(group)}" for design, group in sorted(parts.items()))


def _fraction(group: list[CourseSource]) -> str:
    told = [s for s in group if s.course.patients is not None and s.course.responders is not None]
    total = _total(told)
    return f"{total[1]}/{total[0]}" if total else f"?/{sum(s.course.patients or 0 for s in group) or '?'}"
