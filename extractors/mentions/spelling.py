"""What the letters of a word say it names: "-mab" a drug, "-itis" a disease, whether or not the word was ever met.

A multinomial logistic regression over character n-grams, trained on the words of the name list's names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

#: What a word can be part of a name of; the last is plain English.
KINDS = ("drug", "protein", "disease", "organism", "cell", "other", "plain")
#: Kinds whose score counts by itself, whichever is the likeliest.
WATCHED = (0, 1, 2)
BUCKETS = 1 << 16
#: Lengths of n-grams; the ends of the word count as a letter.
SIZES = (2, 3, 4, 5)
#: Words shorter than this, or that do not begin with a letter, say nothing.
MINIMUM = 3
#: What those say.
SILENT = ("",) * (2 + len(WATCHED))


@dataclass(frozen=True)
class Spelling:
    """Weights of each n-gram bucket for each kind."""

    weights: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    def describe(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """Return each word's likeliest kind, with how likely it is, and the scores of the watched kinds, in steps.

        All are empty for what is no word.
        """
        found = {word: buckets(word) for word in words if len(word) >= MINIMUM and word[0].isalpha()}
        if not found:
            return [SILENT] * len(words)
        starts = np.cumsum([0, *map(len, found.values())])[:-1]
        grams = np.array([bucket for own in found.values() for bucket in own])
        scores = np.add.reduceat(self.weights.take(grams, axis=0), starts, axis=0) + self.intercepts
        rows = zip(scores.argmax(axis=1).tolist(), (scores / 3).tolist(), (scores / 2.5).tolist(), strict=True)
        told = dict(zip(found, (_told(*row) for row in rows), strict=True))
        return [told.get(word, SILENT) for word in words]


def _told(best: int, thirds: list[float], steps: list[float]) -> tuple[str, ...]:
    sure = int(min(max(thirds[best], -3.0), 3.0))
    return str(best), f"{best}:{sure}", *(str(int(min(max(steps[kind], -4.0), 4.0))) for kind in WATCHED)


def buckets(word: str) -> list[int]:
    """Return the distinct buckets of a word's n-grams, sorted."""
    framed = f"^{word.lower()}$"
    if framed.isascii():
        letters = framed.encode()
        return sorted({crc32(letters[i : i + n]) % BUCKETS for n in SIZES for i in range(len(letters) - n + 1)})
    grams = {framed[i : i + n] for n in SIZES for i in range(len(framed) - n + 1)}
    return sorted({crc32(gram.encode()) % BUCKETS for gram in grams})
