"""What tells how a claim is made: effect, negation and certainty, from the words around it and the cues in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.assertion.direction import control_role, direction_features
from extractors.assertion.effect import EffectCue, EffectReader
from extractors.assertion.reader import Assertion, AssertionReader, Scan
from extractors.claims.matcher import Match
from extractors.claims.model import Linear
from extractors.claims.pairs import Meeting, Pair
from extractors.claims.reading import Reading, Salted, code, joined, salted
from extractors.values import Effect, MentionType, Predicate

#: Features are hashed into 2^BITS places.
BITS = 16
#: What can be compared with a treatment in its sentence.
ARMS = frozenset({MentionType.DRUG, MentionType.PROCEDURE})
#: The classes of the direction model, in their order.
DIRECTIONS = ("decreased", "same", "increased")
#: How far the likeliest direction must lead, in log odds, to count as sure.
SURE = 2.0
#: Units on either side of an object that may tell what became of it.
NEAR = 10
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)

#: Effects that a predicate's claims can have; the first is said where nothing else is.
EFFECTS: dict[Predicate, tuple[Effect, ...]] = {
    Predicate.TREATS: (Effect.UNSPECIFIED, Effect.EFFECTIVE, Effect.INEFFECTIVE, Effect.MIXED),
    Predicate.AFFECTS_OUTCOME: (
        Effect.UNSPECIFIED,
        Effect.IMPROVED,
        Effect.WORSENED,
        Effect.INCREASED,
        Effect.DECREASED,
        Effect.NO_DIFFERENCE,
    ),
    Predicate.PREDICTS: (Effect.UNSPECIFIED, Effect.POSITIVE, Effect.NEGATIVE),
}


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


class MannerReader:
    """Finds the setting of each claim of a document, and its features."""

    def __init__(
        self,
        reading: Reading,
        matches: tuple[Match, ...],
        asserted: AssertionReader,
        effects: EffectReader,
        direction: Linear,
    ) -> None:
        self._reading = reading
        self._effects = effects
        self._direction = direction
        self._asserted = asserted
        self._scans: dict[int, Scan] = {}
        self._matches: dict[tuple[int, int, Predicate], list[tuple[int, Match]]] = {}
        places = {id(p): n for n, s in enumerate(reading.sentences) for p in s.places}
        for match in matches:
            key = match.subject.entity, match.object.entity, match.rule.predicate
            self._matches.setdefault(key, []).append((places[id(match.subject)], match))
        last = len(reading.sentences) - 1
        self._telling = [n for n, c in enumerate(reading.categories) if n in {0, last} or "concl" in c]

    def setting(self, pair: Pair, predicate: Predicate) -> Setting:
        """Return where the claim is best read: where a rule reads it, else where its ends are nearest."""
        found = self._matches.get((pair.subject, pair.object, predicate), [])
        if predicate.symmetric:
            found = found + self._matches.get((pair.object, pair.subject, predicate), [])
        if found:
            number, match = max(found, key=lambda f: (f[1].rule.score, -f[0]))
            start, end = min(t[0] for t in match.triggers), max(t[1] for t in match.triggers)
            return self._setting(predicate, number, start, end, match.triggers, match)
        if pair.meetings:
            meeting = pair.meetings[0]
            start, end = _between(meeting)
            return self._setting(predicate, meeting.sentence, start, end, (), None)
        number, start, end = self._far(pair)
        return self._setting(predicate, number, start, end, (), None)

    def _setting(
        self,
        predicate: Predicate,
        number: int,
        start: int,
        end: int,
        triggers: tuple[tuple[int, int], ...],
        match: Match | None,
    ) -> Setting:
        words = self._reading.sentences[number].words
        return Setting(
            number,
            start,
            end,
            triggers,
            match.rule.name if match else None,
            self._scan(number).judge(start, end),
            self._effects.read(predicate, words, start, end),
            match.rule.effect if match else None,
        )

    def _scan(self, number: int) -> Scan:
        if number not in self._scans:
            self._scans[number] = self._asserted.scan(self._reading.sentences[number].words)
        return self._scans[number]

    def _far(self, pair: Pair) -> tuple[int, int, int]:
        """Return the sentence of the object (not the title, where there is another) that is nearest to the subject."""
        subjects = [n for n, _ in self._reading.places[pair.subject]]
        number, place = min(
            self._reading.places[pair.object], key=lambda p: (p[0] == 0, min(abs(p[0] - n) for n in subjects), p[0])
        )
        return number, place.start, place.end

    def features(self, pair: Pair, predicate: Predicate, setting: Setting) -> npt.NDArray[np.int32]:
        """Return the places of the claim's features in the hashed space, sorted, each once."""
        parts = list(self._parts(pair, predicate, setting))
        mixed = joined(parts) * _MULTIPLIER >> _SHIFT
        return np.asarray(np.unique(mixed), dtype=np.int32)

    def _parts(self, pair: Pair, predicate: Predicate, setting: Setting) -> Iterator[Salted]:
        own = code(predicate)
        units = self._reading.units[setting.sentence]
        first = units.at[setting.start] if setting.start < len(units.at) else len(units.codes)
        last = units.at[setting.end - 1] if setting.end else 0
        near, after = units.codes[first : last + 1], units.codes[last + 1 :]
        for role, codes in (("before", units.codes[:first]), ("near", near), ("after", after), ("pair", units.pairs)):
            yield salted(codes, role)
            yield salted(codes, role, own)
        yield salted(self._reading.names[pair.object], "object", own)
        yield salted(self._reading.names[pair.subject], "subject", own)
        for meeting in pair.meetings[:3]:
            yield salted(self._reading.units[meeting.sentence].codes, "meeting", own)
        for number in self._telling:
            yield salted(self._reading.units[number].codes, "telling", own)
        if predicate in EFFECTS:
            yield from self._around_object(pair, own)
        facts = [*self._facts(setting, predicate, bool(pair.meetings)), *self._directions(pair, predicate, setting)]
        yield np.array([code(f) for f in facts], np.uint64), np.uint64(0)

    def _around_object(self, pair: Pair, own: int) -> Iterator[Salted]:
        """Yield the words near the object wherever results may be told of it, not in the title or the methods."""
        for number, place in self._reading.places[pair.object]:
            category = self._reading.categories[number]
            if number == 0 or "method" in category or "obj" in category:
                continue
            units = self._reading.units[number]
            first, last = units.at[place.start], units.at[place.end - 1]
            yield salted(units.codes[max(0, first - NEAR) : first], "left of object", own)
            yield salted(units.codes[last + 1 : last + 1 + NEAR], "right of object", own)
            yield salted(units.pairs[max(0, first - NEAR) : last + NEAR], "pairs at object", own)

    def _facts(self, setting: Setting, predicate: Predicate, near: bool) -> Iterator[str]:
        facts = [
            f"negated {setting.assertion.negated}",
            f"certainty {setting.assertion.certainty}",
            f"cue {setting.effect.effect if setting.effect else None}",
            f"rule effect {setting.rule_effect}",
            f"in {self._reading.categories[setting.sentence]}",
            f"near {near}",
            "always",
        ]
        for fact in facts:
            yield fact
            yield f"{predicate} {fact}"

    def _directions(self, pair: Pair, predicate: Predicate, setting: Setting) -> Iterator[str]:
        """Yield which way the measure went by the direction model, alone and with the measure's words."""
        if predicate not in EFFECTS:
            return
        name = self._reading.entities[pair.object].name
        sentence = self._reading.sentences[setting.sentence]
        roles = [control_role(word) for word in sentence.words]
        for place in sentence.places:
            kind = self._reading.entities[place.entity].type
            role = "I" if place.entity == pair.subject else "O" if place.entity == pair.object else ""
            if not role and kind in ARMS:
                role = "C"
            if role:
                roles[place.start : place.end] = [role] * (place.end - place.start)
        text = " ".join(sentence.words)
        odds = self._direction.odds(direction_features(text, sentence.words, roles, name))
        way = DIRECTIONS[int(np.argmax(odds))]
        sure = float(np.max(odds) - np.median(odds)) > SURE
        yield f"{predicate} way {way}"
        yield f"{predicate} way {way} {sure}"
        yield from (f"{predicate} way {way} {word}" for word in name.lower().split())


def _between(meeting: Meeting) -> tuple[int, int]:
    a, b = meeting.subject, meeting.object
    first, second = (a, b) if a.start <= b.start else (b, a)
    start, end = min(first.end, second.start), max(first.end, second.start)
    return (start, end) if start < end else (first.start, second.end)
