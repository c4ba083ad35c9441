"""Phrases of the cue tables in configs/cues/, and where they stand in a row of words.

A phrase is words in lower case; `*` at the end of a word stands for any ending ("reduc* the").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

#: A word or a single sign, as the tokeniser of this package cuts them.
WORD = re.compile(r"\w+\*?|[^\w\s]")
#: Words for which a table of phrases keeps what may begin with them.
MAX_WORDS_KEPT = 40_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at words[start:end]; `index` is its number among the phrases given."""

    index: int
    start: int
    end: int


class Phrases:
    """Finds any of many phrases in a row of lower-case words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._exact: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._prefix: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for index, phrase in enumerate(phrases):
            first, *_ = words = tuple(WORD.findall(phrase.lower()))
            table = self._prefix if first.endswith("*") else self._exact
            table.setdefault(first.rstrip("*"), []).append((index, words))
        self._lengths = tuple(sorted({len(prefix) for prefix in self._prefix}))
        self._begun = lru_cache(maxsize=MAX_WORDS_KEPT)(self._begin)

    def find(self, words: Sequence[str]) -> Iterator[Hit]:
        """Yield every phrase that stands in the words, overlapping ones too, from left to right."""
        for start, found in enumerate(map(self._begun, words)):
            for index, phrase in found:
                end = start + len(phrase)
                if end <= len(words) and all(map(_fits, phrase[1:], words[start + 1 : end])):
                    yield Hit(index, start, end)

    def _begin(self, word: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Return the phrases that may begin with a word; they are kept, as the words of a field are few."""
        return tuple(self._candidates(word))

    def _candidates(self, word: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        yield from self._exact.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._prefix.get(word[:length], ())


def longest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return the hits without those that lie inside or across a longer one ("not" in "not only")."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start, h.index)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: h.start))


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
