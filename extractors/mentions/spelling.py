"""What the letters of a word say it names: "-mab" a drug, "-itis" a disease, whether or not the word was ever met.

A multinomial logistic regression over character n-grams, trained on the words of the name list's names.
"""

from __future__ import annotations

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


@dataclass(frozen=True)
class Spelling:
    """Weights of each n-gram bucket for each kind."""

    weights: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    def describe(self, word: str) -> tuple[str, ...]:
        """Return the likeliest kind, with how likely it is, and the scores of the watched kinds, in steps."""
        if len(word) < MINIMUM or not word[0].isalpha():
            return ("",) * (2 + len(WATCHED))
        scores = self.weights.take(buckets(word), axis=0).sum(axis=0) + self.intercepts
        best = int(scores.argmax())
        sure = int(min(max(float(scores[best] / 3), -3.0), 3.0))
        steps = (scores / 2.5).tolist()
        return str(best), f"{best}:{sure}", *(str(int(min(max(steps[kind], -4.0), 4.0))) for kind in WATCHED)


def buckets(word: str) -> list[int]:
    """Return the distinct buckets of a word's n-grams, sorted."""
    framed = f"^{word.lower()}$"
    if framed.isascii():
        letters = framed.encode()
        return sorted({crc32(letters[i : i + n]) % BUCKETS for n in SIZES for i in range(len(letters) - n + 1)})
    grams = {framed[i : i + n] for n in SIZES for i in range(len(framed) - n + 1)}
    return sorted({crc32(gram.encode()) % BUCKETS for gram in grams})
