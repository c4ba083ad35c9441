"""A document cut into word pieces for the encoder: runs of whole sentences, and where each word's pieces stand.

Positions count the pieces of all runs of the document in their order, their opening and closing marks included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from extractors.claims.reading import Reading
from extractors.claims.sentences import SentenceWords
from extractors.values import MentionType

#: Most pieces of one run, its two marks not counted: the encoder has 512 positions.
LONGEST = 510
#: Most pieces of one sentence; what is longer is cut off.
LONGEST_SENTENCE = 400
#: Runs of a long document are made about equally long; so many pieces more than their mean are let in.
SLACK = 30
#: Types of entities (a cell line counts as a cell), in the order of their numbers; number 0 is a piece outside all
#: mentions, so that theirs start at 1.
KINDS = tuple(sorted(kind for kind in MentionType if kind is not MentionType.CELL_LINE))

Run = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """`runs` are (piece numbers, type numbers) of stretches of text that the encoder reads at once.

    `at[n][i]` is the position of the first piece of word i of sentence n; one more entry is the sentence's end.
    """

    runs: tuple[Run, ...]
    at: tuple[tuple[int, ...], ...]

    def stretch(self, sentence: int, start: int, end: int) -> Stretch:
        """Return the positions (first, past the last) of words[start:end]; never empty."""
        at = self.at[sentence]
        return at[start], max(at[start] + 1, at[end])


class Cutter:
    """Cuts documents with a word piece vocabulary."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        vocabulary = tokenizer.get_vocab(with_added_tokens=True)
        self._open, self._close = vocabulary["[CLS]"], vocabulary["[SEP]"]

    def cut(self, reading: Reading) -> Pieces:
        """Return the document's pieces."""
        sentences = [self._sentence(s) for s in reading.sentences]
        kinds = [_kinds(s, reading) for s in reading.sentences]
        total = sum(len(pieces) for pieces, _ in sentences)
        most = min(LONGEST, total / max(1, -(-total // LONGEST)) + SLACK)
        runs: list[tuple[list[int], list[int]]] = [([], [])]
        places: list[tuple[int, int, list[int]]] = []
        for (pieces, words), own in zip(sentences, kinds, strict=True):
            if runs[-1][0] and len(runs[-1][0]) + len(pieces) > most:
                runs.append(([], []))
            places.append((len(runs) - 1, len(runs[-1][0]), _firsts(words, len(own), len(pieces))))
            runs[-1][0].extend(pieces)
            runs[-1][1].extend(own[word] for word in words)
        starts = np.cumsum([0, *(len(pieces) + 2 for pieces, _ in runs)]).tolist()
        return Pieces(
            tuple((_row([self._open, *pieces, self._close]), _row([0, *types, 0])) for pieces, types in runs),
            tuple(tuple(starts[run] + 1 + before + first for first in firsts) for run, before, firsts in places),
        )

    def _sentence(self, sentence: SentenceWords) -> tuple[list[int], list[int]]:
        """Return the sentence's pieces and the number of each one's word."""
        found = self._tokenizer.encode(list(sentence.words), is_pretokenized=True, add_special_tokens=False)
        words = [word for word in found.word_ids if word is not None]
        return found.ids[:LONGEST_SENTENCE], words[:LONGEST_SENTENCE]


def _kinds(sentence: SentenceWords, reading: Reading) -> list[int]:
    """Return the type number of each word's entity; of entities that share a word the last one's."""
    kinds = [0] * len(sentence.words)
    for place in sorted(sentence.places, key=lambda p: (p.entity, p.start, p.end)):
        number = KINDS.index(reading.entities[place.entity].kind) + 1
        kinds[place.start : place.end] = [number] * (place.end - place.start)
    return kinds


def _firsts(words: Sequence[int], size: int, pieces: int) -> list[int]:
    """Return for each word its first piece; a word without pieces has the next word's, the last entry is the end."""
    firsts: list[int] = []
    for piece, word in enumerate(words):
        firsts += [piece] * (word + 1 - len(firsts))
    return firsts + [pieces] * (size + 1 - len(firsts))


def _row(numbers: Sequence[int]) -> npt.NDArray[np.int64]:
    return np.array(numbers, np.int64)
