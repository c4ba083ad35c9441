"""Candidate pairs: which two entities of a document may stand in a claim, and where they meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    sentences = [_by_sentence(places) for places in reading.places]
    for s, subject in enumerate(reading.entities):
        for o, object_ in enumerate(reading.entities):
            kinds = subject.kind, object_.kind
            if s == o or kinds not in joinable:
                continue
            shared = sentences[s].keys() & sentences[o].keys()
            meetings = _meetings(reading, sentences[s], sentences[o], sorted(shared)) if shared else ()
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


def _by_sentence(places: Iterable[tuple[int, Place]]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = {}
    for number, place in places:
        found.setdefault(number, []).append(place)
    return found


def _meetings(
    reading: Reading, subjects: dict[int, list[Place]], objects: dict[int, list[Place]], shared: list[int]
) -> tuple[Meeting, ...]:
    found: list[Meeting] = []
    for number in shared:
        steps = reading.sentences[number].steps
        nearest: Meeting | None = None
        for a in subjects[number]:
            for b in objects[number]:
                first, second = (a, b) if a.start <= b.start else (b, a)
                gap = NESTED if second.start < first.end else steps[second.start] - steps[first.end]
                if nearest is None or gap < nearest.gap:
                    nearest = Meeting(number, a, b, gap)
        if nearest:
            found.append(nearest)
    return tuple(sorted(found, key=lambda m: (m.gap, m.sentence)))
