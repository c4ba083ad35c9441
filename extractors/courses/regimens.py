"""Which treatments may have been given together: each by itself, and chains such as "A plus B" or "A followed by B"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.courses.cues import course_patterns
from extractors.courses.treatments import Treatment
from extractors.document import Document
from extractors.records import Sentence, Span

#: Longest stretch between two treatments of a chain, in characters.
LONGEST_JOINT = 90
#: Longest chain; regimens of more drugs are read by their names.
LONGEST_CHAIN = 6
BRACKETS = re.compile(r"[(\[][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?[)\]]")
DOSE = re.compile(
    r"\d[\d.,·]*\s?(?:mg|g|µg|μg|mcg|IU|MU|U|ml|mL|%|hours?|h|days?|weeks?|months?|years?|times)?"
    r"(?:\s?/\s?(?:kg|m2|m²|day|d|week))*"
)
#: An arm ends at its size, and another begins with its share: "A (n = 32) and B", "68% A and 71% B" are two.
ARM_SIZE = re.compile(r"[(\[][^()\[\]]*\bn\s?=|(?:\band|,|;)\s+\d[\d.·]*\s?%\s", re.IGNORECASE)
#: A treatment that all arms of a sentence share: "A or B, both in combination with C".
SHARED = re.compile(
    r"(?:,\s*)?(?:both|each|all)?\s*(?:in combination with|combined with|plus|on background|on a background of|"
    r"in addition to|added to|during|with)\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a regimen stands: its mentions in order and what joins them."""

    sentence: Sentence
    spans: tuple[Span, ...]
    joints: tuple[str, ...]


@dataclass(frozen=True)
class Regimen:
    """Treatments that may be one course, in the order in which the text first gives them.

    `dose` is what tells the course from another one of the same treatments ("7 mg/kg"), "" where there is none.
    """

    members: tuple[Treatment, ...]
    occurrences: tuple[Occurrence, ...]
    dose: str = ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The members' keys."""
        return frozenset(member.key for member in self.members)


def find_regimens(document: Document, treatments: Sequence[Treatment]) -> tuple[Regimen, ...]:
    """Return the candidate regimens: singles in text order, then chains and their parts."""
    by_key = {t.key: t for t in treatments}
    found: dict[frozenset[str], list[tuple[tuple[str, ...], Occurrence]]] = {}
    for sentence in document.sentences:
        mentions = sorted(
            (span, t.key)
            for t in treatments
            for span in t.spans
            if sentence.start <= span[0] and span[1] <= sentence.end
        )
        for span, key in mentions:
            found.setdefault(frozenset({key}), []).append(((key,), Occurrence(sentence, (span,), ())))
        for keys, occurrence in (
            *_chains(document.text, sentence, mentions),
            *_shared(document.text, sentence, mentions),
        ):
            found.setdefault(frozenset(keys), []).append((keys, occurrence))
    regimens = [
        Regimen(tuple(by_key[key] for key in entries[0][0]), tuple(occurrence for _, occurrence in entries))
        for entries in found.values()
    ]
    return tuple(sorted(regimens, key=lambda r: (len(r.members), r.occurrences[0].spans)))


def _chains(
    text: str, sentence: Sentence, mentions: Sequence[tuple[Span, str]]
) -> Iterator[tuple[tuple[str, ...], Occurrence]]:
    """Yield each run of joined mentions and each of its parts of two and more."""
    for first in range(len(mentions)):
        joints: list[str] = []
        for last in range(first + 1, min(first + LONGEST_CHAIN, len(mentions))):
            joint = joint_between(text, mentions[last - 1][0][1], mentions[last][0][0])
            if joint is None:
                break
            joints.append(joint)
            keys = tuple(dict.fromkeys(key for _, key in mentions[first : last + 1]))
            if len(keys) == last - first + 1:
                yield keys, Occurrence(sentence, tuple(span for span, _ in mentions[first : last + 1]), tuple(joints))


def _shared(
    text: str, sentence: Sentence, mentions: Sequence[tuple[Span, str]]
) -> Iterator[tuple[tuple[str, ...], Occurrence]]:
    """Yield each earlier treatment of the sentence with one that follows "in combination with" further on."""
    for number, (span, key) in enumerate(mentions):
        if number < 2 or not SHARED.search(text[sentence.start : span[0]]):
            continue
        for other_span, other in mentions[: number - 1]:
            if other != key:
                yield (other, key), Occurrence(sentence, (other_span, span), ("shared",))


def joint_between(text: str, start: int, end: int) -> str | None:
    """Return the name of what joins two mentions, or None where they are not joined."""
    between = text[start:end]
    if len(between) > LONGEST_JOINT or ARM_SIZE.search(between):
        return None
    bare = DOSE.sub(" ", BRACKETS.sub(" ", between))
    bare = " ".join(course_patterns("filler")["words"].sub(" ", bare).split()).strip()
    if not bare:
        return "apposed" if "(" not in between else None
    for name, pattern in course_patterns("connector").items():
        if pattern.fullmatch(bare.strip(",; ") or bare):
            return name
    return None
