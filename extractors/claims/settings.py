"""Where a claim is read: its sentence, the words of it that state the claim, and the cues found there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.assertion.effect import EffectCue, EffectReader
from extractors.assertion.reader import Assertion, AssertionReader, Scan
from extractors.claims.matcher import Match
from extractors.claims.pairs import Meeting, Pair
from extractors.claims.reading import Reading
from extractors.claims.statements import Stated, Statements
from extractors.claims.trees import Trees
from extractors.values import Effect, Predicate


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a claim is read: its sentence, the words that state it, and the cues found there."""

    sentence: int
    start: int
    end: int
    triggers: tuple[tuple[int, int], ...]
    rule: str | None
    assertion: Assertion
    effect: EffectCue | None
    rule_effect: Effect | None


class SettingReader:
    """Finds the settings of a document's claims."""

    def __init__(
        self, reading: Reading, matches: tuple[Match, ...], asserted: AssertionReader, effects: EffectReader
    ) -> None:
        self._reading = reading
        self._effects = effects
        self._asserted = asserted
        self._scans: dict[int, Scan] = {}
        self._matches: dict[tuple[int, int, Predicate], list[tuple[int, Match]]] = {}
        places = {id(p): n for n, s in enumerate(reading.sentences) for p in s.places}
        for match in matches:
            key = match.subject.entity, match.object.entity, match.rule.predicate
            self._matches.setdefault(key, []).append((places[id(match.subject)], match))
        self.statements = Statements(reading, self._scan, effects)

    def settings(self, claims: Sequence[tuple[Pair, Predicate]], trees: Trees) -> list[Setting]:
        """Return the setting of each claim in the sentence that the trees find likeliest to state it."""
        stated = [self.stated(pair, predicate) for pair, predicate in claims]
        return [self.at(s, n) for s, n in zip(stated, self.statements.choose(stated, trees), strict=True)]

    def stated(self, pair: Pair, predicate: Predicate) -> Stated:
        """Return the claim with the rules that read it; by default it is read where one does, or its ends are near."""
        found = self._found(pair, predicate)
        if found:
            default = max(found, key=lambda f: (f[1].rule.score, -f[0]))[0]
        else:
            default = pair.meetings[0].sentence if pair.meetings else self._far(pair)
        return Stated(pair, predicate, Counter(number for number, _ in found), default)

    def at(self, stated: Stated, number: int) -> Setting:
        """Return the claim's setting in one sentence that names an end of it."""
        pair, predicate = stated.pair, stated.predicate
        matches = [match for n, match in self._found(pair, predicate) if n == number]
        if matches:
            match = max(matches, key=lambda m: m.rule.score)
            start, end = min(t[0] for t in match.triggers), max(t[1] for t in match.triggers)
            return self._setting(predicate, number, start, end, match)
        meeting = next((m for m in pair.meetings if m.sentence == number), None)
        if meeting is not None:
            return self._setting(predicate, number, *_between(meeting), None)
        place = next(
            place for end in (pair.object, pair.subject) for n, place in self._reading.places[end] if n == number
        )
        return self._setting(predicate, number, place.start, place.end, None)

    def _found(self, pair: Pair, predicate: Predicate) -> list[tuple[int, Match]]:
        found = self._matches.get((pair.subject, pair.object, predicate), [])
        if predicate.symmetric:
            found = found + self._matches.get((pair.object, pair.subject, predicate), [])
        return found

    def _setting(self, predicate: Predicate, number: int, start: int, end: int, match: Match | None) -> Setting:
        words = self._reading.sentences[number].words
        return Setting(
            number,
            start,
            end,
            match.triggers if match else (),
            match.rule.name if match else None,
            self._scan(number).judge(start, end),
            self._effects.read(predicate, words, start, end),
            match.rule.effect if match else None,
        )

    def _scan(self, number: int) -> Scan:
        if number not in self._scans:
            self._scans[number] = self._asserted.scan(self._reading.sentences[number].words)
        return self._scans[number]

    def _far(self, pair: Pair) -> int:
        """Return the sentence of the object (not the title, where there is another) that is nearest to the subject."""
        subjects = [n for n, _ in self._reading.places[pair.subject]]
        numbers = [n for n, _ in self._reading.places[pair.object]]
        return min(numbers, key=lambda n: (n == 0, min(abs(n - s) for s in subjects), n))


def _between(meeting: Meeting) -> tuple[int, int]:
    a, b = meeting.subject, meeting.object
    first, second = (a, b) if a.start <= b.start else (b, a)
    start, end = min(first.end, second.start), max(first.end, second.start)
    return (start, end) if start < end else (first.start, second.end)
