"""A course's drugs, doses, endpoints, harms and empty cells as short texts; every number is the record's own."""

from __future__ import annotations

from extractors.records import Course, Endpoint, Span, Statistic


def treatment(course: Course) -> str:
    """Return the drugs given as one text: "rituximab + prednisone", "rituximab → belimumab" for a sequence."""
    return (" → " if course.mode == "sequential" else " + ").join(drug.name for drug in course.current)


def setting(course: Course) -> str | None:
    """Return how the course stands to other treatment ("add-on")."""
    return course.setting and course.setting.replace("_", "-")


def components(course: Course) -> str:
    """Return the drugs of its named regimens ("R-CHOP" is rituximab, cyclophosphamide …)."""
    return ", ".join(drug.name for drug in course.components)


def doses(course: Course) -> str:
    """Return the doses as the text gives them."""
    return "; ".join(dict.fromkeys(_statistic(dose) for dose in course.doses))


def endpoints(course: Course) -> str:
    """Return each endpoint with direction, value, time and p: "ESSDAI: improved, 12 to 5 at 24 weeks (p = 0.01)"."""
    return "; ".join(dict.fromkeys(_endpoint(endpoint) for endpoint in course.endpoints))


def harms(course: Course) -> str:
    """Return the adverse events named for the course, and the deaths."""
    events = [event.name for event in course.adverse_events]
    return ", ".join(events + ([f"deaths: {course.deaths}"] if course.deaths is not None else []))


def spans(course: Course) -> dict[str, tuple[Span, ...]]:
    """Return where each filled cell was read, in offsets of the article; computed numbers have their operands."""
    found: dict[str, tuple[Span, ...]] = {
        "condition": course.condition.spans if course.condition else (),
        "qualifiers": course.condition_qualifiers,
        "prior": tuple(span for drug in course.prior for span in drug.spans),
        "prior_reason": course.prior_spans,
        "current": tuple(span for drug in course.current for span in drug.spans),
        "mode": (course.mode_span,) if course.mode_span else (),
        "setting": (course.setting_span,) if course.setting_span else (),
        "patients": course.patients_terms or ((course.patients_span,) if course.patients_span else ()),
        "responders": course.responders_terms or ((course.responders_span,) if course.responders_span else ()),
        "outcome": course.outcome_spans,
        "doses": tuple((dose.start, dose.end) for dose in course.doses),
        "endpoints": tuple(span for endpoint in course.endpoints for span in endpoint.measure.spans),
        "adverse_events": tuple(span for event in course.adverse_events for span in event.spans),
        "deaths": (course.deaths_span,) if course.deaths_span else (),
    }
    return {cell: places for cell, places in found.items() if places}


def _endpoint(endpoint: Endpoint) -> str:
    words = f"{endpoint.measure.name}: {endpoint.direction.replace('_', ' ')}"
    if endpoint.value:
        words += f", {_statistic(endpoint.value)}"
    if endpoint.time:
        words += f" at {_statistic(endpoint.time)}"
    if endpoint.p and endpoint.p.value is not None:
        words += f" (p {endpoint.p.comparator} {endpoint.p.value:g})"
    return words


def _statistic(statistic: Statistic) -> str:
    """Return the value with its parts and unit: "20/31", "64%", "1.42 (0.89 to 2.1)", "375 mg/m2"."""
    value = "" if statistic.value is None else f"{statistic.value:g}"
    if statistic.total is not None:
        value += f"/{statistic.total:g}"
    if statistic.kind == "percentage":
        value += "%"
    if statistic.spread is not None:
        value += f" ± {statistic.spread:g}"
    if statistic.low is not None and statistic.high is not None:
        bounds = f"{statistic.low:g} to {statistic.high:g}"
        value = f"{value} ({bounds})" if value else bounds
    unit = statistic.unit if statistic.kind != "percentage" else None
    return f"{value} {unit}" if unit else value
