"""The cells of a course that have no column of their own, as one JSON object, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from extractors.records import Argument, Course, Endpoint, MentionType, Span, Statistic
from graphs.store import codec

#: Lists of spans, single spans, and plain values, by the names of the course's fields.
SPANS = ("patients_terms", "responders_terms", "condition_qualifiers", "prior_spans", "outcome_spans")
SPAN = ("mode_span", "setting_span", "deaths_span")
PLAIN = ("setting", "deaths", "arm")
NAMES = ("comparators", "not_extracted")
ARGUMENTS = ("components", "adverse_events")


def dump(course: Course) -> str:
    """Return the cells as JSON; what is at its default is left out."""
    cells: dict[str, Any] = {name: getattr(course, name) for name in (*SPANS, *SPAN, *PLAIN, *NAMES)}
    for name in ARGUMENTS:
        cells[name] = [_argument(argument) for argument in getattr(course, name)]
    cells["doses"] = [asdict(dose) for dose in course.doses]
    cells["endpoints"] = [_endpoint(endpoint) for endpoint in course.endpoints]
    return codec.dump({name: value for name, value in cells.items() if value not in (None, (), [])})


def load(text: str) -> dict[str, Any]:
    """Return the cells that `dump` wrote, as arguments for a Course."""
    values: dict[str, Any] = json.loads(text)
    cells: dict[str, Any] = {name: values[name] for name in PLAIN if name in values}
    cells |= {name: codec.pairs(values[name]) for name in SPANS if name in values}
    cells |= {name: _span(values[name]) for name in SPAN if name in values}
    cells |= {name: tuple(values[name]) for name in NAMES if name in values}
    for name in ARGUMENTS:
        cells[name] = tuple(_load_argument(value) for value in values.get(name, ()))
    cells["doses"] = tuple(Statistic(**value) for value in values.get("doses", ()))
    cells["endpoints"] = tuple(_load_endpoint(value) for value in values.get("endpoints", ()))
    return cells


def _argument(argument: Argument) -> dict[str, Any]:
    return {"id": argument.concept, "name": argument.name, "type": str(argument.type), "spans": argument.spans}


def _load_argument(value: dict[str, Any]) -> Argument:
    return Argument(value["id"], value["name"], MentionType(value["type"]), codec.pairs(value["spans"]))


def _endpoint(endpoint: Endpoint) -> dict[str, Any]:
    statistics = {name: getattr(endpoint, name) for name in ("value", "time", "p")}
    return {
        "measure": _argument(endpoint.measure),
        "sentence": endpoint.sentence,
        "direction": endpoint.direction,
        **{name: asdict(found) if found else None for name, found in statistics.items()},
    }


def _load_endpoint(value: dict[str, Any]) -> Endpoint:
    statistics = {name: Statistic(**value[name]) if value[name] else None for name in ("value", "time", "p")}
    return Endpoint(_load_argument(value["measure"]), _span(value["sentence"]), value["direction"], **statistics)


def _span(value: list[int]) -> Span:
    return value[0], value[1]
