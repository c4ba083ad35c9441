"""Treatments that one stretch of text joins: "A plus B", "A, B and C", "A followed by B"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.courses.cues import course_patterns
from extractors.courses.treatments import Treatment
from extractors.records import Sentence, Span

#: Longest stretch between two treatments of a chain, in characters.
LONGEST_JOINT = 90
#: Longest chain; regimens of more drugs are read by their names.
LONGEST_CHAIN = 7
BRACKETS = re.compile(r"[(\[][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?[)\]]")
DOSE = re.compile(
    r"\d[\d.,·]*\s?(?:mg|g|µg|μg|mcg|IU|MU|U|ml|mL|%|hours?|h|days?|weeks?|months?|years?|times)?"
    r"(?:\s?/\s?(?:kg|m2|m²|day|d|week))*"
)
#: A duration before a drug: "a 2-to-4-week glucocorticoid taper".
DURATION = re.compile(
    r"\d+(?:[\s-]?(?:to|or|–|-)[\s-]?\d+)?[\s-]?(?:day|week|month|year|hour|cycle)s?\b", re.IGNORECASE
)
#: An arm ends at its size, and another begins with its share: "A (n = 32) and B", "68% A and 71% B" are two.
ARM_SIZE = re.compile(r"[(\[][^()\[\]]*\bn\s?=|(?:\band|,|;)\s+\d[\d.·]*\s?%\s", re.IGNORECASE)
#: The fewest drugs of a list that spells a named regimen out.
SPELLED_DRUGS = 2
#: A hyphen that a filler word leaves standing: "and low-dose" is "and".
LEFT_HYPHEN = re.compile(r"(?<!\S)[-‐–]+(?!\S)")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a regimen stands: its mentions in order and what joins them."""

    sentence: Sentence
    spans: tuple[Span, ...]
    joints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A stretch that names a treatment, or by a short name all the treatments of a chain."""

    span: Span
    keys: tuple[str, ...]


#: A regimen's keys in the order of the text, and where it stands.
Entry = tuple[tuple[str, ...], Occurrence]


def covers(whole: Occurrence, part: Occurrence) -> bool:
    """Whether one occurrence's stretch lies in another's."""
    return whole.spans[0][0] <= part.spans[0][0] and part.spans[-1][1] <= whole.spans[-1][1]


def name_treatments(sentence: Sentence, treatments: Sequence[Treatment]) -> tuple[Naming, ...]:
    """Return where a sentence names treatments, in its order."""
    found = (
        (span, (t.key,))
        for t in treatments
        for span in t.spans
        if sentence.start <= span[0] and span[1] <= sentence.end
    )
    return tuple(Naming(span, keys) for span, keys in sorted(found))


def without_spelled_out(text: str, namings: Sequence[Naming]) -> tuple[Naming, ...]:
    """Leave out a named regimen whose drugs a bracket right after it lists: "EPOCH (etoposide, prednisone, …)"."""
    kept = []
    for number, naming in enumerate(namings):
        bracket = course_patterns("chain")["list_opens"].match(text, naming.span[1])
        close = text.find(")", bracket.end()) if bracket else -1
        inside = [n for n in namings[number + 1 :] if n.span[1] <= close]
        if len(inside) < SPELLED_DRUGS:
            kept.append(naming)
    return tuple(kept)


def find_joints(text: str, sentence: Sentence, namings: Sequence[Naming]) -> tuple[str | None, ...]:
    """Return what joins each naming to the one after it, None where nothing does."""
    return tuple(
        joint_between(text, first.span[1], second.span[0], text[sentence.start : first.span[0]])
        for first, second in pairwise(namings)
    )


def chains_in(text: str, sentence: Sentence, namings: Sequence[Naming]) -> Iterator[Entry]:
    """Yield each run of joined treatments and each of its parts of two and more."""
    namings = without_spelled_out(text, namings)
    joints = find_joints(text, sentence, namings)
    for first in range(len(namings)):
        keys = namings[first].keys
        for last in range(first + 1, min(first + LONGEST_CHAIN, len(namings))):
            if joints[last - 1] is None:
                break
            keys += namings[last].keys
            if len(set(keys)) == len(keys):
                spans = tuple(naming.span for naming in namings[first : last + 1])
                yield keys, Occurrence(sentence, spans, tuple(joint or "" for joint in joints[first:last]))


def joint_between(text: str, start: int, end: int, before: str = "") -> str | None:
    """Return the name of what joins two mentions, or None where they are not joined.

    `before` are the words before the first of them: "to" joins what is added to what it is added to.
    """
    between = text[start:end]
    if len(between) > LONGEST_JOINT or ARM_SIZE.search(between):
        return None
    if between.rstrip().endswith(("(", "[")):
        between = course_patterns("chain")["spelled_out"].sub("", between)
    words = DOSE.sub(" ", DURATION.sub(" ", BRACKETS.sub(" ", between)))
    words = course_patterns("filler")["words"].sub(" ", words)
    bare = " ".join((LEFT_HYPHEN.sub(" ", words) if between.strip("-‐– ") else words).split())
    if not bare:
        return "apposed" if "(" not in between else None
    if bare == "to" and course_patterns("chain")["added"].search(before):
        return "plus"
    for name, pattern in course_patterns("connector").items():
        if pattern.fullmatch(bare.strip(",; ") or bare):
            return name
    return None
