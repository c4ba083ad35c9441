"""Arithmetic on stated numbers: what does not fit is flagged, never corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.records import Sentence, Statistic

#: Between a count and its share: "7 of 9 patients (78%)".
SHARE_FOLLOWS = re.compile(r"\s?(?:[\w-]+\s){0,3}[(\[;,]?\s?")
#: A sentence that splits a total into arms.
DIVISION = re.compile(r"\b(?:randomi[sz]ed|randomly|assigned|allocated|divided|received either)\b")
#: Kinds whose low and high are bounds ("118 to 100 mg" is two doses).
BOUNDED = frozenset({"interval", "ratio", "difference", "coefficient", "mean", "median", "percentage", "range", "age"})
#: Rounding of the authors: half a unit of the last printed digit, and a little for halves rounded either way.
TOLERANCE = 0.51


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two statements that contradict each other: where, what is stated, what follows from the rest."""

    start: int
    end: int
    stated: float
    computed: float
    reason: str


def find_discrepancies(
    text: str, sentences: Iterable[Sentence], statistics: Sequence[Statistic]
) -> tuple[Discrepancy, ...]:
    """Return what does not fit: shares, bounds, parts larger than the whole, arms that do not sum to the total."""
    found = [*_shares(text, statistics), *_bounds(statistics)]
    for sentence in sentences:
        inside = [s for s in statistics if sentence.start <= s.start and s.end <= sentence.end]
        if DIVISION.search(text, sentence.start, sentence.end):
            found.extend(_arms(text, inside))
    return tuple(sorted(found, key=lambda d: (d.start, d.end)))


def _shares(text: str, statistics: Sequence[Statistic]) -> Iterable[Discrepancy]:
    """Compare 7/9 with the 78% beside or inside it."""
    for count, share in pairwise(statistics):
        if count.kind != "count_of" or share.kind != "percentage" or None in (count.value, count.total, share.value):
            continue
        if share.start > count.end and not SHARE_FOLLOWS.fullmatch(text, count.end, share.start):
            continue
        assert count.value is not None and count.total and share.value is not None  # noqa: S101, PT018
        computed = 100 * count.value / count.total
        if abs(computed - share.value) > TOLERANCE * _last_digit(text[share.start : share.end]):
            yield Discrepancy(count.start, share.end, share.value, round(computed, 2), "share is not count/total")


def _bounds(statistics: Iterable[Statistic]) -> Iterable[Discrepancy]:
    for s in statistics:
        if s.value is not None and s.total is not None and s.value > s.total:
            yield Discrepancy(s.start, s.end, s.value, s.total, "part is larger than the whole")
        if s.low is None or s.high is None or s.kind not in BOUNDED:
            continue
        if s.low > s.high:
            yield Discrepancy(s.start, s.end, s.low, s.high, "lower bound is above the upper")
        elif s.value is not None and not s.low <= s.value <= s.high:
            yield Discrepancy(s.start, s.end, s.value, s.low, "value lies outside its interval")


def _arms(text: str, statistics: Sequence[Statistic]) -> Iterable[Discrepancy]:
    """Compare the total of a sentence with its arms "(n = 20)"; totals stand before the arms."""
    counts = [s for s in statistics if s.kind == "count" and s.value is not None]
    arms = [s for s in counts if text[s.start] in "nN" and "=" in text[s.start : s.end]]
    totals = [s for s in counts if s not in arms and arms and s.end < arms[0].start]
    if len(arms) < 2 or len(totals) != 1 or (totals[0].value or 0.0) < max(s.value or 0.0 for s in arms):
        return
    stated, computed = totals[0].value or 0.0, sum(s.value or 0.0 for s in arms)
    if stated != computed:
        yield Discrepancy(totals[0].start, arms[-1].end, stated, computed, "arms do not sum to the total")


def _last_digit(printed: str) -> float:
    """Return the unit of the last printed digit: 1 for "78%", 0.1 for "78.2%"."""
    decimals = re.search(r"[.·](\d+)", printed)
    return 10.0 ** -len(decimals.group(1)) if decimals else 1.0
