"""Finds where the trigger patterns of configs/cues/claims.tsv hold in a sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.assertion.phrases import Phrases
from extractors.claims.entities import Entity
from extractors.claims.rules import Rule, read_rules
from extractors.claims.sentences import Place, SentenceWords
from extractors.claims.types import read_signatures
from extractors.values import MentionType

#: Occurrences of one phrase group in a sentence: sorted (start, end) in words.
_Stretches = list[tuple[int, int]]
#: The rules of types that no claim joins.
NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds of two places; `number` is the rule's in the table, `triggers` its phrases in words."""

    number: int
    rule: Rule
    subject: Place
    object: Place
    triggers: tuple[tuple[int, int], ...]


class PatternMatcher:
    """Holds the rules and their phrases, ready to be looked for."""

    def __init__(self) -> None:
        self.rules = read_rules()
        phrases = sorted({phrase for rule in self.rules for phrase in rule.phrases})
        variants = [(number, variant) for number, phrase in enumerate(phrases) for variant in phrase.split("|")]
        numbers = {phrase: number for number, phrase in enumerate(phrases)}
        self._groups = tuple(number for number, _ in variants)
        self._needs = tuple(tuple(numbers[p] for p in rule.phrases) for rule in self.rules)
        self._by_first: dict[int | None, list[int]] = {}
        for number, needs in enumerate(self._needs):
            self._by_first.setdefault(needs[0] if needs else None, []).append(number)
        self._phrases = Phrases(variant for _, variant in variants)
        self._by_types: dict[tuple[MentionType, MentionType], frozenset[int]] = {}
        allowed = {(s.predicate, s.subject, s.object) for s in read_signatures()}
        for subject, object_ in {(s.subject, s.object) for s in read_signatures()}:
            self._by_types[subject, object_] = frozenset(
                number
                for number, rule in enumerate(self.rules)
                if rule.joins(subject, object_) and (rule.predicate, subject, object_) in allowed
            )

    def find(self, sentence: SentenceWords, entities: tuple[Entity, ...]) -> Iterator[Match]:
        """Yield every rule that holds of two mentions of the sentence; a symmetric one with its subject first."""
        if len(sentence.places) < 2:
            return
        found: dict[int, _Stretches] = {}
        for hit in self._phrases.find(sentence.words):
            found.setdefault(self._groups[hit.index], []).append((hit.start, hit.end))
        for stretches in found.values():
            stretches.sort()
        known = {n for p in (None, *found) for n in self._by_first.get(p, ())}
        ready = [n for n in sorted(known) if all(p in found for p in self._needs[n])]
        if not ready:
            return
        forward = [n for n in ready if self.rules[n].elements.index("S") < self.rules[n].elements.index("O")]
        backward = sorted(set(ready) - set(forward))
        kinds = [entities[place.entity].kind for place in sentence.places]
        fitting = {(a, b): self._fitting(forward, backward, a, b) for a in set(kinds) for b in set(kinds)}
        for number, first in enumerate(sentence.places):
            for other, second in enumerate(sentence.places[number + 1 :], start=number + 1):
                if first.entity == second.entity or second.start < first.end:
                    continue
                ahead, back = fitting[kinds[number], kinds[other]]
                if ahead:
                    yield from self._hold(ahead, sentence, first, second, found)
                if back:
                    yield from self._hold(back, sentence, second, first, found)

    def _fitting(
        self, forward: list[int], backward: list[int], first: MentionType, second: MentionType
    ) -> tuple[list[int], list[int]]:
        """Return the rules that join these types in this order, and in the other."""
        ahead = self._by_types.get((first, second), NONE)
        back = self._by_types.get((second, first), NONE)
        return [n for n in forward if n in ahead], [n for n in backward if n in back]

    def _hold(
        self,
        numbers: list[int],
        sentence: SentenceWords,
        subject: Place,
        object_: Place,
        found: dict[int, _Stretches],
    ) -> Iterator[Match]:
        for number in numbers:
            rule = self.rules[number]
            if not (rule.predicate.symmetric and object_.start < subject.start):
                triggers = _around(rule, sentence, subject, object_, [found[p] for p in self._needs[number]])
                if triggers is not None:
                    yield Match(number, rule, subject, object_, triggers)


def _around(
    rule: Rule, sentence: SentenceWords, subject: Place, object_: Place, stretches: list[_Stretches]
) -> tuple[tuple[int, int], ...] | None:
    """Return where the rule's phrases stand around the two places, or None where they do not.

    Elements are taken from left to right from the first slot, and from right to left before it, the nearest first.
    """
    slots = {"S": (subject.start, subject.end), "O": (object_.start, object_.end)}
    queue = iter(stretches)
    wanted: list[tuple[int, int] | _Stretches] = [slots[e] if e in slots else next(queue) for e in rule.elements]
    pivot = next(i for i, e in enumerate(rule.elements) if e in slots)
    first = slots[rule.elements[pivot]]
    chosen: list[tuple[int, int]] = []
    position = first[0]
    for element in reversed(wanted[:pivot]):
        before = [s for s in element if isinstance(s, tuple) and s[1] <= position]
        if not before or sentence.distance(before[-1][1], position) > rule.reach:
            return None
        chosen.append(before[-1])
        position = before[-1][0]
    position = first[1]
    for element in wanted[pivot + 1 :]:
        if isinstance(element, tuple):
            stretch = element
        else:
            at = bisect_left(element, (position, 0))
            if at == len(element):
                return None
            stretch = element[at]
            chosen.append(stretch)
        if stretch[0] < position or sentence.distance(position, stretch[0]) > rule.reach:
            return None
        position = stretch[1]
    return tuple(sorted(chosen))
