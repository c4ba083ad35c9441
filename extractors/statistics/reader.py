"""Find the statistics of a text: spans with parsed values."""

from __future__ import annotations

import re

from extractors.cue_patterns import fold_case
from extractors.records import Statistic
from extractors.statistics.numbers import parse_number
from extractors.statistics.shapes import Shape, number_starts, shapes

#: How comparators are written, and what they are.
COMPARATORS = {
    "≤": "<=",
    "⩽": "<=",
    "≦": "<=",
    "<=": "<=",
    "less than or equal to": "<=",
    "≥": ">=",
    "⩾": ">=",
    "≧": ">=",
    ">=": ">=",
    "at least": ">=",
    "<": "<",
    "less than": "<",
    ">": ">",
    "greater than": ">",
    "more than": ">",
    "over": ">",
    "=": "=",
    "~": "~",
    "≈": "~",
}


def find_statistics(text: str, start: int = 0, end: int | None = None) -> tuple[Statistic, ...]:
    """Return the statistics between two offsets, in text order; none overlaps another."""
    stop = len(text) if end is None else end
    taken: list[Statistic] = []
    numbers = number_starts(text, start, stop)
    digits = any(text[place].isdigit() for place in numbers)
    folded = fold_case(text[start:stop])
    for shape in shapes():
        if not shape.may_match(folded, digits):
            continue
        for match in shape.find(text, start, stop, numbers):
            begin, finish = match.span()
            if all(finish <= other.start or other.end <= begin or _holds(other, shape, match) for other in taken):
                taken.append(_statistic(shape, match))
    return tuple(sorted(taken, key=lambda s: s.start))


def _holds(other: Statistic, shape: Shape, match: re.Match[str]) -> bool:
    """Whether the match is the share inside "12 (80%) of 15"; it counts beside the count it stands in."""
    inside = other.start < match.start() and match.end() < other.end
    return inside and other.kind == "count_of" and shape.kind == "percentage"


def _statistic(shape: Shape, match: re.Match[str]) -> Statistic:
    parts = match.groupdict()
    value: float | None
    total: float | None
    if parts.get("all"):
        value = total = parse_number(parts["all"])
    elif parts.get("both"):
        value = total = 2.0
    else:
        value, total = _number(parts.get("value")), _number(parts.get("total"))
    comparator = " ".join((parts.get("comparator") or "=").split())
    return Statistic(
        start=match.start(),
        end=match.start() + len(match.group().rstrip()),
        kind=shape.kind,
        value=value,
        total=total,
        low=_number(parts.get("low")),
        high=_number(parts.get("high")),
        unit=parts.get("unit") or parts.get("unit2"),
        comparator=COMPARATORS[comparator.replace("< =", "<=").replace("> =", ">=")],
        spread=_number(parts.get("spread")),
    )


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    return 0.0 if text.lower() in {"none", "no"} else parse_number(text)
