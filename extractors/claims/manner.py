"""What tells how a claim is made: effect, negation and certainty, from the words around it and the cues in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from extractors.assertion.direction import control_role, direction_features
from extractors.claims.model import Linear
from extractors.claims.pairs import Pair
from extractors.claims.reading import Reading, code, coded, salt
from extractors.claims.settings import Setting
from extractors.claims.stretches import END, Places, Stretches
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


class MannerReader:
    """Reads the features of a document's claims in their settings."""

    def __init__(self, reading: Reading, direction: Linear) -> None:
        self._reading = reading
        self._direction = direction
        last = len(reading.sentences) - 1
        self._telling = [n for n, c in enumerate(reading.categories) if n in {0, last} or "concl" in c]

    def features(self, claims: Sequence[tuple[Pair, Predicate, Setting]]) -> tuple[Places, ...]:
        """Return the places of each claim's features in the hashed space, sorted, each once."""
        if not claims:
            return ()
        reading = self._reading
        ways = self._directions(claims)
        facts = [
            coded([*self._facts(p, s, bool(pair.meetings)), *way])
            for (pair, p, s), way in zip(claims, ways, strict=True)
        ]
        units = [part for u in reading.units for part in (u.codes, u.pairs)]
        found = Stretches([*units, *reading.names, *facts])
        rows = [(owner, *row) for owner, claim in enumerate(claims) for row in self._parts(*claim)]
        owners, parts, salts, first, last = zip(*rows, strict=True)
        found.take(np.array(owners), np.array(parts), np.array(salts), np.array(first), np.array(last))
        everyone = np.arange(len(claims))
        found.take(everyone, len(units) + len(reading.names) + everyone, np.uint64(0))
        return found.places(len(claims), BITS)

    def _parts(self, pair: Pair, predicate: Predicate, setting: Setting) -> Iterator[tuple[int, np.uint64, int, int]]:
        """Yield (part, salt, first, last) of the stretches; a sentence's parts are its units and pairs of them."""
        own = code(predicate)
        units = self._reading.units[setting.sentence]
        first = units.at[setting.start] if setting.start < len(units.at) else len(units.codes)
        last = units.at[setting.end - 1] + 1 if setting.end else 1
        codes = 2 * setting.sentence
        for role, part, begin, end in (
            ("before", codes, 0, first),
            ("near", codes, first, last),
            ("after", codes, last, END),
            ("pair", codes + 1, 0, END),
        ):
            yield part, salt(role), begin, end
            yield part, salt(role, own), begin, end
        names = 2 * len(self._reading.sentences)
        yield names + pair.object, salt("object", own), 0, END
        yield names + pair.subject, salt("subject", own), 0, END
        for meeting in pair.meetings[:3]:
            yield 2 * meeting.sentence, salt("meeting", own), 0, END
        for number in self._telling:
            yield 2 * number, salt("telling", own), 0, END
        if predicate in EFFECTS:
            yield from self._around_object(pair, own)

    def _around_object(self, pair: Pair, own: int) -> Iterator[tuple[int, np.uint64, int, int]]:
        """Yield the words near the object wherever results may be told of it, not in the title or the methods."""
        for number, place in self._reading.places[pair.object]:
            category = self._reading.categories[number]
            if number == 0 or "method" in category or "obj" in category:
                continue
            at = self._reading.units[number].at
            first, last = at[place.start], at[place.end - 1]
            yield 2 * number, salt("left of object", own), first - NEAR, first
            yield 2 * number, salt("right of object", own), last + 1, last + 1 + NEAR
            yield 2 * number + 1, salt("pairs at object", own), first - NEAR, last + NEAR

    def _facts(self, predicate: Predicate, setting: Setting, near: bool) -> Iterator[str]:
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

    def _directions(self, claims: Sequence[tuple[Pair, Predicate, Setting]]) -> list[list[str]]:
        """Return which way each claim's measure went by the direction model, alone and with the measure's words."""
        told: list[list[str]] = [[] for _ in claims]
        asked = [n for n, (_, predicate, _) in enumerate(claims) if predicate in EFFECTS]
        if not asked:
            return told
        odds = self._direction.odds([self._direction_features(claims[n][0], claims[n][2]) for n in asked])
        ranked = np.sort(odds, axis=1)
        sure = (ranked[:, -1] - ranked[:, len(DIRECTIONS) // 2] > SURE).tolist()
        for n, best, clear in zip(asked, odds.argmax(axis=1).tolist(), sure, strict=True):
            pair, predicate, _ = claims[n]
            way = f"{predicate} way {DIRECTIONS[best]}"
            words = self._reading.entities[pair.object].name.lower().split()
            told[n] = [way, f"{way} {clear}", *(f"{way} {word}" for word in words)]
        return told

    def _direction_features(self, pair: Pair, setting: Setting) -> Places:
        sentence = self._reading.sentences[setting.sentence]
        roles = list(map(control_role, sentence.words))
        for place in sentence.places:
            kind = self._reading.entities[place.entity].kind
            role = "I" if place.entity == pair.subject else "O" if place.entity == pair.object else ""
            if not role and kind in ARMS:
                role = "C"
            if role:
                roles[place.start : place.end] = [role] * (place.end - place.start)
        name = self._reading.entities[pair.object].name
        return direction_features(" ".join(sentence.words), sentence.words, roles, name)
