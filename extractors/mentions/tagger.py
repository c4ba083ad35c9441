"""A conditional random field for several annotation schemes at once (Lafferty, McCallum and Pereira, 2001).

Each scheme (a corpus's guidelines) has its own labels and weights; all share the features. For an article the schemes'
scores are pooled with weights that say how much it is an article such as that corpus holds, and one best labelling is
read off by the algorithm of Viterbi (1967).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.mentions.token_features import UNIGRAMS, shift, word_hashes
from extractors.mentions.word_features import Hashes
from extractors.values import MentionType

Scores = NDArray[np.float32]

#: What a token can be: outside, or first or inner word of a mention of a type.
LABELS = ("O", *(f"{place}-{kind}" for kind in MentionType for place in "BI"))
#: A score no sum of weights outweighs.
IMPOSSIBLE = np.float32(-1e4)
#: Features are looked up by their first bits, that most of them share with no weight, then among the few that do.
_BITS = 21
_SHIFT = np.uint64(32 - _BITS)
#: Words whose summed weights are kept; a word takes about 1 kB.
MAX_WORDS_KEPT = 40_000


@dataclass(frozen=True)
class Weights:
    """The weights of all schemes.

    `values[i]` are the weights of the feature with hash `keys[i]`, relative to "O", one column for each (scheme, label)
    in `columns`; `transitions[s]` are a scheme's in the order of LABELS.
    """

    keys: NDArray[np.uint32]
    values: Scores
    schemes: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    transitions: Scores

    def types(self, scheme: str) -> frozenset[str]:
        """Return the types that a scheme labels."""
        return frozenset(label[2:] for name, label in self.columns if name == scheme)


class Emissions:
    """Adds up the weights of each token's features; sums over the features of single words are kept."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        width = weights.values.shape[1]
        sizes = np.bincount(weights.keys >> np.uint32(_SHIFT), minlength=1 << _BITS)
        self._sieve, self._most = sizes > 0, int(sizes.max())
        self._first = (np.cumsum(sizes) - sizes).astype(np.int32)
        self._kept = np.zeros((1024, len(UNIGRAMS), width), dtype=np.float32)
        self.words = 0

    def add_words(self, features: Hashes) -> None:
        """Take in the features of new words, in the order of their numbers."""
        end = self.words + len(features)
        if end > len(self._kept):
            room = np.zeros((2 * end, *self._kept.shape[1:]), dtype=np.float32)
            room[: self.words] = self._kept[: self.words]
            self._kept = room
        hashes = np.zeros((len(features), len(UNIGRAMS), features.shape[1]), dtype=np.uint64)
        for i, (_, own) in enumerate(word_hashes(features)):
            hashes[:, i, : own.shape[1]] = own
        sums = self._sum(hashes.reshape(-1, features.shape[1]))
        self._kept[self.words : end] = sums.reshape(len(features), len(UNIGRAMS), -1)
        self.words = end

    def score(self, numbers: list[int], context: Hashes) -> Scores:
        """Return the scores of tokens, one row each, with the columns of the weights."""
        scores = self._sum(context)
        words = self._kept.take(numbers, axis=0)
        for i, distance in enumerate(UNIGRAMS):
            scores += shift(words[:, i], distance)
        return scores

    def _sum(self, hashes: Hashes) -> Scores:
        keys = self.weights.keys
        buckets = (hashes >> _SHIFT).ravel().astype(np.intp)
        likely = np.flatnonzero(self._sieve.take(buckets))
        wanted = hashes.ravel().take(likely).astype(np.uint32)
        at = self._first.take(buckets.take(likely))
        for _ in range(self._most - 1):
            at += keys.take(at, mode="clip") < wanted
        known = keys.take(at, mode="clip") == wanted
        rows = likely[known] // hashes.shape[1]
        total = np.zeros((len(hashes), self.weights.values.shape[1]), dtype=np.float32)
        if len(rows):
            first = np.flatnonzero(np.diff(rows, prepend=-1))
            total[rows[first]] = np.add.reduceat(self.weights.values.take(at[known], axis=0), first, axis=0)
        return total


def best_labels(emissions: Scores, transitions: Scores, cuts: tuple[int, ...]) -> NDArray[np.intp]:
    """Return the index of each token's label in the best labelling of its sentence; sentences begin at the cuts."""
    starts = np.array(cuts[:-1])
    lengths = np.diff(cuts)
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    labels = np.zeros(len(emissions), dtype=np.intp)
    first = np.where([label[0] == "I" for label in LABELS], IMPOSSIBLE, np.float32(0))
    scores = emissions[starts] + first
    into = np.ascontiguousarray(transitions.T)
    pointers = []
    # Rows of `paths`, one for each label of each sentence: taking the best by its place is faster than a maximum.
    rows = (np.arange(len(starts) * len(LABELS)) * len(LABELS)).reshape(-1, len(LABELS))
    longer = [int((lengths > step).sum()) for step in range(int(lengths[0]))]
    for step, running in enumerate(longer[1:], start=1):
        paths = scores[:running, None, :] + into
        back = paths.argmax(axis=2)
        scores[:running] = paths.take(rows[:running] + back) + emissions.take(starts[:running] + step, axis=0)
        pointers.append(back)
    best = scores.argmax(axis=1)
    labels[starts + lengths - 1] = best
    for step in range(int(lengths[0]) - 1, 0, -1):
        running = longer[step]
        best[:running] = pointers[step - 1][np.arange(running), best[:running]]
        labels[starts[:running] + step - 1] = best[:running]
    return labels
