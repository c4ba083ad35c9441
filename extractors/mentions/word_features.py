"""What a word looks like: the features a tagger sees of one word, whatever stands around it.

Features are 32-bit hashes (CRC-32) of "name=value", so that neither the weights nor the recogniser carry strings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from extractors.mentions.spelling import Spelling

Hashes = NDArray[np.uint64]
Clusters = Mapping[str, tuple[int, int, int]]

#: Letters of gene, cell and interferon names, written out so that "TNF-α" and "TNF-alpha" are one name.
GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ω": "omega",
}
HYPHENS = frozenset("-‐‑–")
NUMBER = re.compile(r"\d[\d.,·]*")
REPEAT = re.compile(r"(.)\1+")

#: The features of a word, in the order of the columns of `WordTable.features`.
FEATURES = (
    "word",
    "normal",
    "prefix2",
    "prefix3",
    "prefix4",
    "prefix5",
    "suffix2",
    "suffix3",
    "suffix4",
    "suffix5",
    "shape",
    "outline",
    "cluster64",
    "cluster256",
    "cluster1024",
    "length",
    "kind",
    "kind_score",
    "drug_score",
    "protein_score",
    "disease_score",
)

#: What CRC-32 has come to after "name=", from where it goes on with the value.
_BEGUN = tuple(crc32(f"{name}=".encode()) for name in FEATURES)


def normal_form(word: str) -> str:
    """Return the word in lower case, without accents, plural s or British ae/oe; a number as its number of digits."""
    low = word.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", "".join(GREEK.get(c, c) for c in low))
        low = "".join(c for c in low if not unicodedata.combining(c))
    if NUMBER.fullmatch(low):
        return "0.0" if not low.isdigit() else "0" * min(len(low), 4)
    if len(low) > 5:
        low = low.replace("ae", "e").replace("oe", "e")
    if len(low) > 4 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        low = low[:-1]
    return low


def word_shape(word: str) -> str:
    """Return "XX00" for "CD20", "Xxxxxxxxx" for "Rituximab"."""
    return "".join("X" if c.isupper() else "x" if c.islower() else "0" if c.isdigit() else c for c in word)


def wide_hash(text: str) -> int:
    """Return a stable 64-bit hash; names are looked up by it."""
    data = text.encode()
    return crc32(data) | crc32(data, 0x5F356495) << 32


def describe(word: str, clusters: Clusters, letters: Sequence[str]) -> list[str]:
    """Return the values of FEATURES for a word whose letters say what is given; an empty value is no feature."""
    low, normal, shape = word.lower(), normal_form(word), word_shape(word)
    outline = REPEAT.sub(r"\1", shape)
    known = clusters.get(normal)
    classes = [str(c) for c in known] if known else ["?" + low[-3:], "?" + outline, "?"]
    prefixes = [low[:n] for n in (2, 3, 4, 5)]
    suffixes = [low[-n:] for n in (2, 3, 4, 5)]
    length = f"{min(len(word), 12)}{outline[:1]}"
    return [word, normal, *prefixes, *suffixes, shape[:12], outline, *classes, length, *letters]


class WordTable:
    """Numbers the words it meets and keeps their features.

    `clusters` gives the distributional classes of normal forms, `spelling` what a word's letters say.
    """

    def __init__(self, clusters: Clusters, spelling: Spelling) -> None:
        self.clusters = clusters
        self.spelling = spelling
        self.numbers: dict[str, int] = {}
        self._features = _Rows(len(FEATURES))
        self._names = _Rows(2)
        self._hyphen: list[bool] = []

    def __len__(self) -> int:
        return len(self.numbers)

    def number(self, words: Sequence[str]) -> list[int]:
        """Return the words' numbers, new ones for new words."""
        new = [word for word in dict.fromkeys(words) if word not in self.numbers]
        for word, letters in zip(new, self.spelling.describe(new), strict=True):
            values = describe(word, self.clusters, letters)
            begun = zip(_BEGUN, values, strict=True)
            self._features.add([crc32(value.encode(), start) if value else 0 for start, value in begun])
            self._names.add([wide_hash(values[1]), wide_hash("=" + word)])
            self._hyphen.append(word in HYPHENS)
            self.numbers[word] = len(self.numbers)
        return [self.numbers[word] for word in words]

    def features(self, numbers: list[int]) -> Hashes:
        """Return the feature hashes of the words, one row each."""
        return self._features.take(numbers)

    def names(self, numbers: list[int]) -> Hashes:
        """Return for each word the hash of its normal form and of its exact spelling, for look-up in a name list."""
        return self._names.take(numbers)

    def hyphens(self, numbers: list[int]) -> NDArray[np.bool_]:
        """Return which of the words are hyphens."""
        return np.array([self._hyphen[n] for n in numbers], dtype=bool)


class _Rows:
    """Rows of numbers, added one by one."""

    def __init__(self, width: int) -> None:
        self._rows = np.zeros((1024, width), dtype=np.uint64)
        self._count = 0

    def add(self, row: list[int]) -> None:
        if self._count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[self._count] = row
        self._count += 1

    def take(self, numbers: list[int]) -> Hashes:
        return self._rows.take(np.array(numbers, dtype=np.intp), axis=0)
