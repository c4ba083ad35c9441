"""What is known of a candidate pair: hashed words for the linear model, and a row of numbers for the trees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extractors.claims.pairs import Meeting, Pair
from extractors.claims.reading import Reading, Salted, code, joined, salted
from extractors.values import MentionType

#: Features are hashed into 2^BITS places.
BITS = 18
#: Units before the first and after the second mention that count.
WINDOW = 4
#: Meetings of a pair that are read, the nearest first.
MEETINGS = 3
#: Letters of a word that can be named as the reason for a claim; shorter ones only hold sentences together.
TELLING = 4
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)
_TYPES = tuple(MentionType)

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]


class PairFeatures:
    """Computes the features of the pairs of one document."""

    def __init__(self, reading: Reading, rules: dict[tuple[int, int], list[tuple[int, float]]]) -> None:
        self._reading = reading
        self._rules = rules
        self._ends: dict[tuple[int, str, int], tuple[Salted, Salted]] = {}

    def lexical(self, pair: Pair) -> Places:
        """Return the places of the pair's words in the hashed space, sorted, each once."""
        return self.all_lexical([pair])[0]

    def all_lexical(self, pairs: Sequence[Pair]) -> tuple[Places, ...]:
        """Return the places of each pair's words in the hashed space, sorted, each once."""
        if not pairs:
            return ()
        parts: list[Salted] = []
        ends = []
        length = 0
        for pair in pairs:
            own = self._parts(pair)
            parts += own
            length += sum(len(codes) for codes, _ in own)
            ends.append(length)
        places = (joined(parts) * _MULTIPLIER >> _SHIFT).astype(np.int32)
        starts = [0, *ends[:-1]]
        for start, end in zip(starts, ends, strict=True):
            places[start:end].sort()
        fresh = np.append(True, places[1:] != places[:-1])
        fresh[starts] = True
        bounds = np.append(0, np.cumsum(fresh)[np.array(ends) - 1]).tolist()
        places = places[fresh]
        return tuple(places[start:end] for start, end in pairwise(bounds))

    def _parts(self, pair: Pair) -> list[Salted]:
        reading = self._reading
        subject, object_ = reading.entities[pair.subject], reading.entities[pair.object]
        kinds = code(f"{subject.kind}>{object_.kind}")
        parts: list[Salted] = []
        for meeting in pair.meetings[:MEETINGS]:
            parts.extend(self._meeting(meeting, kinds))
        far = "" if pair.meetings else "far"
        parts += self._end(pair.subject, "S", "s", far, kinds if far else 0)
        parts += self._end(pair.object, "O", "o", far, kinds if far else 0)
        facts = [f"kinds{far}", *self._facts(pair)]
        parts.append((np.array([code(f) for f in facts], np.uint64), np.uint64(kinds)))
        return parts

    def weightiest(self, pair: Pair, weights: Numbers) -> tuple[int, int] | None:
        """Return the word between the nearest mentions that speaks most for the claim: (sentence, word).

        `weights` are the linear model's for one predicate; None where no word speaks for it.
        """
        if not pair.meetings:
            return None
        meeting = pair.meetings[0]
        a, b = meeting.subject, meeting.object
        a, b, order = (a, b, "so") if a.start <= b.start else (b, a, "os")
        kinds = code(f"{self._reading.entities[pair.subject].kind}>{self._reading.entities[pair.object].kind}")
        units = self._reading.units[meeting.sentence]
        spoken = self._reading.sentences[meeting.sentence].words
        words = [i for i in range(a.end, b.start) if spoken[i].isalpha() and len(spoken[i]) >= TELLING]
        if not words:
            return None
        between = units.codes[[units.at[i] for i in words]]
        plain = weights[(joined([salted(between, f"b{order}")]) * _MULTIPLIER >> _SHIFT).astype(np.intp)]
        typed = weights[(joined([salted(between, f"B{order}", kinds)]) * _MULTIPLIER >> _SHIFT).astype(np.intp)]
        best = int(np.argmax(plain + typed))
        return (meeting.sentence, words[best]) if plain[best] + typed[best] > 0 else None

    def _end(self, number: int, name: str, context: str, far: str, kinds: int) -> tuple[Salted, Salted]:
        """Return the words of an entity and around it, in their roles; computed once for all its pairs."""
        key = number, name, kinds
        if key not in self._ends:
            words = salted(self._reading.names[number], f"{name}{far}")
            around = salted(self._reading.contexts[number], f"{context}{far}", kinds)
            self._ends[key] = words, around
        return self._ends[key]

    def _meeting(self, meeting: Meeting, kinds: int) -> Iterator[Salted]:
        units = self._reading.units[meeting.sentence]
        a, b = meeting.subject, meeting.object
        order = "so"
        if b.start < a.start:
            a, b, order = b, a, "os"
        first, second = units.at[a.end - 1], units.at[b.start]
        begin, end = units.at[a.start], units.at[b.end - 1]
        between = units.codes[first + 1 : second]
        yield salted(between, f"b{order}")
        yield salted(between, f"B{order}", kinds)
        yield salted(units.pairs[first:second], f"p{order}", kinds)
        yield salted(units.pairs[first:second], f"P{order}")
        yield salted(units.codes[max(0, begin - WINDOW) : begin], f"l{order}", kinds)
        yield salted(units.codes[end + 1 : end + 1 + WINDOW], f"r{order}", kinds)
        yield salted(units.pairs[max(0, begin - 2) : begin], f"L{order}")
        yield salted(units.pairs[end : end + 2], f"R{order}")
        yield salted(units.codes, "sentence")
        yield salted(units.classes[first + 1 : second], f"cb{order}", kinds)
        yield salted(units.classes[first + 1 : second], f"cB{order}")
        yield salted(units.class_pairs[first:second], f"cp{order}", kinds)
        yield salted(units.classes[max(0, begin - WINDOW) : begin], f"cl{order}", kinds)
        yield salted(units.classes[end + 1 : end + 1 + WINDOW], f"cr{order}", kinds)

    def _facts(self, pair: Pair) -> Iterator[str]:
        for meeting in pair.meetings[:MEETINGS]:
            a, b = meeting.subject, meeting.object
            order = "so" if a.start < b.start else "os"
            yield f"gap {order} {min(meeting.gap, 12) if meeting.gap < 12 else 12 + meeting.gap // 6}"
            yield f"in {self._reading.categories[meeting.sentence]}"
            first, second = min(a.end, b.end), max(a.start, b.start)
            places = self._reading.sentences[meeting.sentence].places
            inside = {p.kind for p in places if first <= p.start and p.end <= second}
            for kind in inside:
                yield f"over {order} {kind}"
            if not inside:
                yield f"next {order}"
        yield f"meetings {min(len(pair.meetings), 4)}"
        for number, _ in self._rules.get((pair.subject, pair.object), ()):
            yield f"rule {number}"
        for number, _ in self._rules.get((pair.object, pair.subject), ()):
            yield f"back {number}"
