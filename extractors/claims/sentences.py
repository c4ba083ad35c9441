"""A sentence as the claim extractors read it: words in lower case, and the entities between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.claims.entities import Entity, kind_of
from extractors.document import Document
from extractors.records import Mention, Sentence
from extractors.values import MentionType

#: What may stand between the members of a list; reading over these costs no distance.
LIST_WORDS = frozenset({",", "and", "or", "/", "plus", "(", ")", "&", "as", "well", "+"})


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in a sentence: whose, its words[start:end], and its type by the gold guidelines."""

    entity: int
    mention: Mention
    start: int
    end: int
    kind: MentionType


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of a sentence; `starts` and `ends` are their offsets into the article's text.

    `steps[i]` counts the words before i that cost distance: those outside mentions that do more than hold a list.
    """

    sentence: Sentence
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    places: tuple[Place, ...]
    steps: tuple[int, ...]

    def distance(self, start: int, end: int) -> int:
        """Return how many words that count stand in words[start:end]."""
        return self.steps[end] - self.steps[start] if end > start else 0

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the article's text that words[start:end] cover."""
        return self.starts[start], self.ends[end - 1]


def read_sentences(document: Document, entities: tuple[Entity, ...]) -> Iterator[SentenceWords]:
    """Yield each sentence of the document with the mentions that lie in it."""
    owners = {id(m): number for number, entity in enumerate(entities) for m in entity.mentions}
    tokens = [(word.lower(), start, end) for word, start, end in document.tokens]
    starts = [start for _, start, _ in tokens]
    for sentence, mentions in zip(document.sentences, document.mentions_by_sentence, strict=True):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        own = tokens[first:last]
        begins, ends = tuple(t[1] for t in own), tuple(t[2] for t in own)
        words = tuple(t[0] for t in own)
        places = tuple(
            Place(
                owners[id(m)], m, max(0, bisect_right(begins, m.start) - 1), bisect_left(begins, m.end), kind_of(m.type)
            )
            for m in mentions
        )
        yield SentenceWords(sentence, words, begins, ends, places, _steps(words, places))


def _steps(words: tuple[str, ...], places: tuple[Place, ...]) -> tuple[int, ...]:
    free = {i for place in places for i in range(place.start, place.end)}
    steps = [0]
    for i, word in enumerate(words):
        steps.append(steps[-1] + (i not in free and word not in LIST_WORDS))
    return tuple(steps)
