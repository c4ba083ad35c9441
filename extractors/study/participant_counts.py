"""The numbers of a text that may be those of a study's participants: its counts, and sums of neighbouring ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.document import Document
from extractors.records import Sentence, Span, Statistic
from extractors.statistics.sentences import read_numbers

#: Arms are summed within a sentence only, and no more than this many.
MOST_ARMS = 5
#: Counts further apart than this many characters are not summed.
FARTHEST = 150
#: Totals of parts ("7 of 10") are summed for no more arms than this.
MOST_TOTALS = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number of participants, with the spans it is read or summed from."""

    value: int
    spans: tuple[Span, ...]
    statistics: tuple[Statistic, ...]
    sentence: Sentence


def candidates(document: Document) -> list[Candidate]:
    """Return the counts of the text in its order, then the sums of neighbouring counts of one sentence."""
    singles: list[Candidate] = []
    sums: list[Candidate] = []
    for sentence, statistics, bare in read_numbers(document):
        inside = list(_counts(sentence, statistics, bare))
        singles.extend(inside)
        for size in range(2, MOST_ARMS + 1):
            for first in range(len(inside) - size + 1):
                arms = inside[first : first + size]
                if _may_be_arms(arms):
                    sums.append(_sum(arms, sentence))
    return singles + sums


def _may_be_arms(arms: Sequence[Candidate]) -> bool:
    """Whether counts may be parts of one total: none a share of another, one named, none far from the next."""
    kinds = [arm.statistics[0].kind for arm in arms]
    near = all(b.spans[0][0] - a.spans[0][1] <= FARTHEST for a, b in pairwise(arms))
    if set(kinds) == {"count_of"}:  # "7 of 10 on placebo and 22 of 30 on the drug": the totals are the arms
        return near and len(arms) <= MOST_TOTALS and all(_is_whole(arm) for arm in arms)
    return near and "count_of" not in kinds and "count" in kinds and (len(arms) == 2 or "bare" not in kinds[1:])


def _is_whole(arm: Candidate) -> bool:
    return (arm.statistics[0].value or 0) <= arm.value


def _counts(sentence: Sentence, found: Sequence[Statistic], bare: Sequence[Statistic]) -> Iterator[Candidate]:
    bare = [replace(s, kind="bare") for s in bare]
    for s in sorted((*found, *bare), key=lambda s: s.start):
        if s.kind == "count_of" and s.total is not None:
            yield Candidate(int(s.total), ((s.start, s.end),), (s,), sentence)
        elif s.kind in {"count", "bare"} and s.value is not None and s.value >= 1 + (s.kind == "bare"):
            yield Candidate(int(s.value), ((s.start, s.end),), (s,), sentence)


def _sum(arms: Sequence[Candidate], sentence: Sentence) -> Candidate:
    return Candidate(
        sum(arm.value for arm in arms),
        tuple(span for arm in arms for span in arm.spans),
        tuple(s for arm in arms for s in arm.statistics),
        sentence,
    )
