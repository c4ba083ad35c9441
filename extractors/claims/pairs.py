"""Candidate pairs: which two entities of a document may stand in a claim, and where they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.claims.reading import Reading
from extractors.claims.sentences import Place
from extractors.values import MentionType

#: Type pairs whose claims are also made across sentences (a drug in the title, its effect in the results), as seen in
#: the training part of the gold standard; all others must share a sentence.
FAR = frozenset(
    (a, b)
    for a in (MentionType.DRUG, MentionType.PROCEDURE)
    for b in (MentionType.DISEASE, MentionType.OUTCOME, MentionType.PROTEIN, MentionType.PROCESS)
) | {
    (MentionType.DISEASE, MentionType.DISEASE),
    (MentionType.DISEASE, MentionType.DRUG),
    (MentionType.PROTEIN, MentionType.DISEASE),
    (MentionType.PROCESS, MentionType.DISEASE),
    (MentionType.CELL, MentionType.DISEASE),
    (MentionType.PROTEIN, MentionType.PROCESS),
    (MentionType.OUTCOME, MentionType.DISEASE),
}


#: The distance given to a mention inside another ("CD20" in "anti-CD20 therapy"): after any true meeting nearby.
NESTED = 8


@dataclass(frozen=True, slots=True)
class Meeting:
    """The two mentions of a pair that stand nearest to one another in a sentence; `gap` is their distance in words."""

    sentence: int
    subject: Place
    object: Place
    gap: int


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered candidate: entity numbers, and where they meet, nearest first; nowhere if they share no sentence."""

    subject: int
    object: int
    meetings: tuple[Meeting, ...]


def find_pairs(reading: Reading, joinable: frozenset[tuple[MentionType, MentionType]]) -> Iterator[Pair]:
    """Yield the ordered pairs whose types can be joined: those that share a sentence, and far ones worth a look.

    A far pair has an entity that the title names or that is its type's most frequent one.
    """
    leading = _leading(reading)
    sentences = [{number for number, _ in places} for places in reading.places]
    for s, subject in enumerate(reading.entities):
        for o, object_ in enumerate(reading.entities):
            kinds = subject.kind, object_.kind
            if s == o or kinds not in joinable:
                continue
            shared = sentences[s] & sentences[o]
            meetings = _meetings(reading, s, o, shared) if shared else ()
            if meetings:
                yield Pair(s, o, meetings)
            elif not shared and kinds in FAR and (s in leading or o in leading):
                yield Pair(s, o, ())


def _leading(reading: Reading) -> frozenset[int]:
    """Return the entities that the title names, and the most frequent of each type."""
    most: dict[MentionType, int] = {}
    for entity in reading.entities:
        most[entity.kind] = max(most.get(entity.kind, 0), len(entity.mentions))
    return frozenset(
        number
        for number, entity in enumerate(reading.entities)
        if any(n == 0 for n, _ in reading.places[number]) or len(entity.mentions) == most[entity.kind]
    )


def _meetings(reading: Reading, s: int, o: int, shared: set[int]) -> tuple[Meeting, ...]:
    nearest: dict[int, Meeting] = {}
    for number in sorted(shared):
        sentence = reading.sentences[number]
        for a in (p for n, p in reading.places[s] if n == number):
            for b in (p for n, p in reading.places[o] if n == number):
                first, second = (a, b) if a.start <= b.start else (b, a)
                nested = second.start < first.end
                gap = NESTED if nested else sentence.distance(first.end, second.start)
                if number not in nearest or gap < nearest[number].gap:
                    nearest[number] = Meeting(number, a, b, gap)
    return tuple(sorted(nearest.values(), key=lambda m: (m.gap, m.sentence)))
