"""Which sentence states a claim: of all that name one of its ends, the one that trees find likeliest.

The same two things stand together in aims, methods, results and conclusions; the sentence that a physician would quote
is the one that says what came out. The trees learnt from the sentences that annotators quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.assertion.effect import EffectReader
from extractors.assertion.reader import Scan
from extractors.claims.candidates import PREDICATES
from extractors.claims.pairs import Meeting, Pair
from extractors.claims.reading import Reading
from extractors.claims.trees import Trees
from extractors.values import Certainty, Predicate

Numbers = npt.NDArray[np.float32]

#: Parts of section names that tell sections apart.
SECTIONS = ("title", "background", "obj", "method", "result", "concl")
#: The distance, in words, of ends that do not meet in a sentence.
FAR_GAP = 40
#: The columns of `Statements.numbers`, before one for each predicate.
COLUMNS = (
    *SECTIONS, "position", "last", "first", "words", "mentions", "number", "p value", "denial", "aim", "hedge",
    "subject", "object", "meeting", "gap", "nearest meeting", "meetings", "rules here", "rules", "default", "effect",
    "from subject", "from object", "sentences of subject", "sentences of object", "symmetric",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim whose sentence is looked for: its pair, its predicate, and how many rules read it in which sentence.

    `default` is the sentence to read it from where nothing better is known.
    """

    pair: Pair
    predicate: Predicate
    rules: Mapping[int, int]
    default: int


class Statements:
    """Looks for the sentences of the claims of one document."""

    def __init__(self, reading: Reading, scan: Callable[[int], Scan], effects: EffectReader) -> None:
        self._reading = reading
        self._scan = scan
        self._effects = effects
        self._sentences: dict[int, tuple[float, ...]] = {}
        self._cues: dict[tuple[int, Predicate], bool] = {}
        self._distances: dict[int, list[int]] = {}
        self._at = [frozenset(number for number, _ in places) for places in reading.places]

    def candidates(self, pair: Pair) -> list[int]:
        """Return the sentences that name an end of the pair, in the order of the text."""
        return sorted(self._at[pair.subject] | self._at[pair.object])

    def choose(self, stated: Sequence[Stated], trees: Trees) -> list[int]:
        """Return the sentence of each claim: the likeliest one, the earlier of two that are equally likely."""
        if not stated:
            return []
        sentences = [self.candidates(s.pair) for s in stated]
        odds = trees.odds(self._numbers(list(zip(stated, sentences, strict=True))))
        ends = np.cumsum([len(own) for own in sentences])
        return [own[int(np.argmax(part))] for own, part in zip(sentences, np.split(odds, ends[:-1]), strict=True)]

    def numbers(self, stated: Stated, sentences: Sequence[int]) -> Numbers:
        """Return a row of COLUMNS for each of the sentences."""
        return self._numbers([(stated, sentences)])

    def _numbers(self, asked: Sequence[tuple[Stated, Sequence[int]]]) -> Numbers:
        predicates = np.eye(len(PREDICATES), dtype=np.float32)
        rows = [row for stated, sentences in asked for row in self._rows(stated, sentences)]
        own = [PREDICATES.index(stated.predicate) for stated, sentences in asked for _ in sentences]
        return np.concatenate([np.array(rows, np.float32), predicates[own]], axis=1)

    def _rows(self, stated: Stated, sentences: Sequence[int]) -> list[tuple[float, ...]]:
        pair, predicate = stated.pair, stated.predicate
        meetings = {m.sentence: m for m in pair.meetings}
        return [(*self._sentence(n), *self._ends(stated, n, meetings.get(n)), predicate.symmetric) for n in sentences]

    def _ends(self, stated: Stated, number: int, meeting: Meeting | None) -> tuple[float, ...]:
        pair = stated.pair
        subject, object_ = self._at[pair.subject], self._at[pair.object]
        nearest = meeting is not None and meeting is pair.meetings[0]
        return (
            number in subject, number in object_, meeting is not None, meeting.gap if meeting else FAR_GAP, nearest,
            len(pair.meetings), stated.rules.get(number, 0), bool(stated.rules), number == stated.default,
            self._has_effect(number, stated.predicate), self._away(pair.subject)[number],
            self._away(pair.object)[number], len(subject), len(object_),
        )  # fmt: skip

    def _away(self, entity: int) -> list[int]:
        """Return how many sentences each sentence is away from one that names the entity."""
        if entity not in self._distances:
            numbers = range(len(self._reading.sentences))
            self._distances[entity] = [min(abs(number - n) for n in self._at[entity]) for number in numbers]
        return self._distances[entity]

    def _sentence(self, number: int) -> tuple[float, ...]:
        if number not in self._sentences:
            words = self._reading.sentences[number].words
            category = "title" if number == 0 else self._reading.categories[number]
            total = len(self._reading.sentences)
            cues = Counter(f.cue.certainty for f in self._scan(number).cues)
            self._sentences[number] = (
                *(name in category for name in SECTIONS), number / total, number == total - 1, number == 1,
                len(words), len(self._reading.sentences[number].places), any(w[0].isdigit() for w in words),
                "p" in words, cues[None] > 0, cues[Certainty.INVESTIGATED] > 0, cues[Certainty.SPECULATIVE] > 0,
            )  # fmt: skip
        return self._sentences[number]

    def _has_effect(self, number: int, predicate: Predicate) -> bool:
        key = number, predicate
        if key not in self._cues:
            words = self._reading.sentences[number].words
            self._cues[key] = self._effects.read(predicate, words, 0, len(words)) is not None
        return self._cues[key]
