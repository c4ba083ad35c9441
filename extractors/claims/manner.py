"""What tells how a claim is made: effect, negation and certainty, from the words around it and the cues in them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from extractors.assertion.direction import control_role, direction_features
from extractors.claims.model import Linear
from extractors.claims.pairs import Pair
from extractors.claims.reading import Reading, Salted, code, joined, salted
from extractors.claims.settings import Setting
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


class MannerReader:
    """Reads the features of a document's claims in their settings."""

    def __init__(self, reading: Reading, direction: Linear) -> None:
        self._reading = reading
        self._direction = direction
        last = len(reading.sentences) - 1
        self._telling = [n for n, c in enumerate(reading.categories) if n in {0, last} or "concl" in c]

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
            kind = self._reading.entities[place.entity].kind
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
