"""A number that a text states."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number the text states, as a span with its parsed value.

    `kind` is one of count, count_of (value of total), percentage, mean, median, p_value, ratio, difference,
    duration, dose, age … ; `low` and `high` are the bounds of an interval, `total` the denominator, `unit` as written.
    """

    start: int
    end: int
    kind: str
    value: float | None
    total: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    #: <, <=, =, >, >= or ~ as the text has it.
    comparator: str = "="
    #: The standard deviation or error beside a mean.
    spread: float | None = None
