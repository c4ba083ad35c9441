"""What is known of a candidate pair: hashed words for the linear model, and a row of numbers for the trees."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from extractors.claims.pairs import Meeting, Pair
from extractors.claims.reading import OF_KINDS, Codes, Reading, code, salt
from extractors.claims.stretches import Places, Stretches, hashed
from extractors.values import MentionType

#: Features are hashed into 2^BITS places.
BITS = 18
#: Units before the first and after the second mention that count.
WINDOW = 4
#: Meetings of a pair that are read, the nearest first.
MEETINGS = 3
#: Letters of a word that can be named as the reason for a claim; shorter ones only hold sentences together.
TELLING = 4

Numbers = npt.NDArray[np.float32]


class PairFeatures:
    """Computes the features of the pairs of one document."""

    def __init__(self, reading: Reading, rules: dict[tuple[int, int], list[tuple[int, float]]]) -> None:
        self._reading = reading
        self._rules = rules

    def lexical(self, pair: Pair) -> Places:
        """Return the places of the pair's words in the hashed space, sorted, each once."""
        return self.all_lexical([pair])[0]

    def all_lexical(self, pairs: Sequence[Pair]) -> tuple[Places, ...]:
        """Return the places of each pair's words in the hashed space, sorted, each once."""
        if not pairs:
            return ()
        return self._stretches(pairs).places(len(pairs), BITS)

    def _stretches(self, pairs: Sequence[Pair]) -> Stretches:
        """Return what each pair is made of: the words where it meets, of its entities and around them, and facts."""
        reading = self._reading
        facts = [self._facts(pair) for pair in pairs]
        units = [part for u in reading.units for part in (u.codes, u.pairs, u.classes, u.class_pairs)]
        found = Stretches(
            [*units, *reading.names, *reading.contexts, np.array([f for own in facts for f in own], np.uint64)]
        )
        kinds = np.array([self._kinds(pair) for pair in pairs], np.uint64)
        self._take_meetings(found, pairs, kinds)
        far = np.array([not pair.meetings for pair in pairs])
        owners, names = np.arange(len(pairs)), len(units)
        contexts = names + len(reading.names)
        for name, entities in (("S", [p.subject for p in pairs]), ("O", [p.object for p in pairs])):
            around = name.lower()
            found.take(owners, names + np.array(entities), np.where(far, salt(f"{name}far"), salt(name)))
            salts = np.where(far, salt(f"{around}far") ^ kinds * OF_KINDS, salt(around))
            found.take(owners, contexts + np.array(entities), salts)
        ends = np.cumsum([len(own) for own in facts])
        found.take(owners, np.full(len(pairs), contexts + len(reading.contexts)), kinds, np.append(0, ends[:-1]), ends)
        return found

    def _take_meetings(self, found: Stretches, pairs: Sequence[Pair], kinds: Codes) -> None:
        """Take the words between, before and after the mentions of each meeting, and those of its sentence."""
        rows = [(owner, *self._ends(m)) for owner, pair in enumerate(pairs) for m in pair.meetings[:MEETINGS]]
        if not rows:
            return
        owners, forward, sentence, begin, first, second, end = np.array(rows).T
        own = kinds[owners] * OF_KINDS
        codes = 4 * sentence
        found.take(owners, codes, salt("sentence"))
        between, before, after = (first + 1, second), (begin - WINDOW, begin), (end + 1, end + 1 + WINDOW)
        for part, role, typed, stretch in (
            (codes, "b", False, between),
            (codes, "B", True, between),
            (codes, "l", True, before),
            (codes, "r", True, after),
            (codes + 1, "p", True, (first, second)),
            (codes + 1, "P", False, (first, second)),
            (codes + 1, "L", False, (begin - 2, begin)),
            (codes + 1, "R", False, (end, end + 2)),
            (codes + 2, "cb", True, between),
            (codes + 2, "cB", False, between),
            (codes + 2, "cl", True, before),
            (codes + 2, "cr", True, after),
            (codes + 3, "cp", True, (first, second)),
        ):
            salts = np.where(forward, salt(f"{role}so"), salt(f"{role}os"))
            found.take(owners, part, salts ^ own if typed else salts, *stretch)

    def _ends(self, meeting: Meeting) -> tuple[int, ...]:
        """Return whether the subject comes first, the sentence, and the first and last units of both mentions."""
        a, b = meeting.subject, meeting.object
        forward = a.start <= b.start
        if not forward:
            a, b = b, a
        at = self._reading.units[meeting.sentence].at
        return forward, meeting.sentence, at[a.start], at[a.end - 1], at[b.start], at[b.end - 1]

    def _kinds(self, pair: Pair) -> int:
        entities = self._reading.entities
        return code(f"{entities[pair.subject].kind}>{entities[pair.object].kind}")

    def weightiest(self, pair: Pair, weights: Numbers) -> tuple[int, int] | None:
        """Return the word between the nearest mentions that speaks most for the claim: (sentence, word).

        `weights` are the linear model's for one predicate; None where no word speaks for it.
        """
        if not pair.meetings:
            return None
        meeting = pair.meetings[0]
        a, b = meeting.subject, meeting.object
        a, b, order = (a, b, "so") if a.start <= b.start else (b, a, "os")
        kinds = self._kinds(pair)
        units = self._reading.units[meeting.sentence]
        spoken = self._reading.sentences[meeting.sentence].words
        words = [i for i in range(a.end, b.start) if spoken[i].isalpha() and len(spoken[i]) >= TELLING]
        if not words:
            return None
        between = units.codes[[units.at[i] for i in words]]
        plain = weights[hashed(between ^ salt(f"b{order}"), BITS)]
        typed = weights[hashed(between ^ salt(f"B{order}", kinds), BITS)]
        best = int(np.argmax(plain + typed))
        return (meeting.sentence, words[best]) if plain[best] + typed[best] > 0 else None

    def _facts(self, pair: Pair) -> list[int]:
        """Return the codes of what is known of a pair beside its words."""
        facts = [code("kinds" if pair.meetings else "kindsfar"), code(f"meetings {min(len(pair.meetings), 4)}")]
        for meeting in pair.meetings[:MEETINGS]:
            a, b = meeting.subject, meeting.object
            first, second = min(a.end, b.end), max(a.start, b.start)
            places = self._reading.sentences[meeting.sentence].places
            inside = frozenset(p.kind for p in places if first <= p.start and p.end <= second)
            gap = meeting.gap if meeting.gap < 12 else 12 + meeting.gap // 6
            category = self._reading.categories[meeting.sentence]
            facts += _meeting_facts("so" if a.start < b.start else "os", gap, category, inside)
        facts += [code(f"rule {number}") for number, _ in self._rules.get((pair.subject, pair.object), ())]
        facts += [code(f"back {number}") for number, _ in self._rules.get((pair.object, pair.subject), ())]
        return facts


@lru_cache(maxsize=1 << 12)
def _meeting_facts(order: str, gap: int, category: str, inside: frozenset[MentionType]) -> tuple[int, ...]:
    """Return the codes of a meeting's order, distance, section and what is named between; few of them are new."""
    between = [f"over {order} {kind}" for kind in inside] or [f"next {order}"]
    return tuple(map(code, (f"gap {order} {gap}", f"in {category}", *between)))
