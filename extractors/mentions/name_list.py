"""A list of a million names as hashes: which stretches of words are a name, and of what category.

It serves the tagger as a feature only ("these words stand in MeSH as a disease"); concepts are linked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from extractors.mentions.word_features import HYPHENS, Hashes, normal_form, wide_hash

#: Categories a name can have, by bit; the sources of each are listed in the model card.
CATEGORIES = (
    "drug",
    "chemical",
    "protein",
    "symbol",
    "disease",
    "finding",
    "cell",
    "anatomy",
    "process",
    "procedure",
    "technique",
    "organism",
    "other",
)
#: Names of more words than this are left out.
MAX_WORDS = 7
#: A single word of at most this many letters is matched as it is spelt where it is written in capitals ("WAS", "CAT").
SHORT = 5
#: Where in a name a word stands.
OUTSIDE, SINGLE, FIRST, INNER, LAST = range(5)

_MULTIPLIER = np.uint64(0x100000001B3)  # the FNV prime
_SHIFT = np.uint64(29)
_ALL_BITS = (1 << 64) - 1
_SIEVE = np.uint64((1 << 23) - 1)


def extend(hashes: Hashes, words: Hashes) -> Hashes:
    """Return the hashes of names that are one word longer."""
    longer: Hashes = (hashes + words) * _MULTIPLIER ^ (hashes >> _SHIFT)
    return longer


def name_key(words: list[str], *, exact: bool) -> int:
    """Return the hash under which a name is listed; hyphens do not count."""
    key = 0
    for word in words:
        if word not in HYPHENS:
            added = (key + wide_hash("=" + word if exact else normal_form(word))) * int(_MULTIPLIER)
            key = (added & _ALL_BITS) ^ (key >> int(_SHIFT))
    return key


@dataclass(frozen=True)
class NameList:
    """Sorted hashes of names, and for each the bits of its categories."""

    keys: Hashes
    masks: NDArray[np.uint16]

    @classmethod
    def of(cls, names: Iterable[tuple[int, int]]) -> NameList:
        """Build the list from (key, category bits); bits of equal keys are joined."""
        table: dict[int, int] = {}
        for key, mask in names:
            table[key] = table.get(key, 0) | mask
        keys = np.array(sorted(table), dtype=np.uint64)
        return cls(keys, np.array([table[int(k)] for k in keys], dtype=np.uint16))

    def look_up(self, hashes: Hashes) -> NDArray[np.uint16]:
        """Return the category bits of each hash, 0 where it is no name."""
        found = np.zeros(len(hashes), dtype=np.uint16)
        likely = np.flatnonzero(self._sieve.take((hashes & _SIEVE).astype(np.intp)))
        wanted = hashes[likely]
        at = np.searchsorted(self.keys, wanted)
        at[at == len(self.keys)] = 0
        found[likely] = np.where(self.keys[at] == wanted, self.masks[at], np.uint16(0))
        return found

    def prepared(self) -> NameList:
        """Return the list, ready to be looked up in; else the first look-up makes it so."""
        self._sieve  # noqa: B018 (kept once it was asked for)
        return self

    @cached_property
    def _sieve(self) -> NDArray[np.bool_]:
        """Whether any key ends in these bits: most stretches of words are no name and need no search."""
        sieve = np.zeros(int(_SIEVE) + 1, dtype=bool)
        sieve[self.keys & _SIEVE] = True
        return sieve

    def tag(self, names: Hashes, hyphens: NDArray[np.bool_]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return for each word its place in a name of each category, and the length of the longest name over it.

        Where names overlap, the longer one is kept.
        """
        places = np.zeros((len(names), len(CATEGORIES)), dtype=np.uint8)
        lengths = np.zeros(len(names), dtype=np.uint8)
        words = np.flatnonzero(~hyphens)
        inner_places, inner_lengths = self._tag_words(names[words])
        places[words], lengths[words] = inner_places, inner_lengths
        for i in np.flatnonzero(hyphens[1:-1]) + 1:
            before, after = places[i - 1], places[i + 1]
            inside = ((before == FIRST) | (before == INNER)) & ((after == INNER) | (after == LAST))
            places[i][inside] = INNER
            lengths[i] = lengths[i - 1] if inside.any() else 0
        return places, lengths

    def _tag_words(self, names: Hashes) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        count = len(names)
        places = np.zeros((count, len(CATEGORIES)), dtype=np.uint8)
        lengths = np.zeros(count, dtype=np.uint8)
        bits = (1 << np.arange(len(CATEGORIES))).astype(np.uint16)
        longest = min(MAX_WORDS, count)
        hashes = [extend(np.zeros(count, dtype=np.uint64), names[:, 1])]  # a single word, as it is spelt
        hashes.append(extend(np.zeros(count, dtype=np.uint64), names[:, 0]))
        for length in range(2, longest + 1):
            hashes.append(extend(hashes[-1][: count - length + 1], names[length - 1 :, 0]))
        masks = np.split(self.look_up(np.concatenate(hashes)), np.cumsum([len(h) for h in hashes[:-1]]))
        masks[1] |= masks[0]
        for length, found in enumerate(masks[1:], start=1):
            starts = np.flatnonzero(found)
            if not len(starts):
                continue
            categories = (found[starts, None] & bits) > 0
            for k in range(length):
                place = SINGLE if length == 1 else FIRST if k == 0 else LAST if k == length - 1 else INNER
                places[starts + k] = np.where(categories, np.uint8(place), places[starts + k])
                lengths[starts + k] = length
        return places, lengths
