"""A document read once for all its pairs: entities, sentences, and the words as numbers that features are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from extractors.claims.entities import Entity, fold, group
from extractors.claims.sentences import Place, SentenceWords, read_sentences
from extractors.document import Document
from extractors.mentions.statistical import word_classes
from extractors.mentions.word_features import normal_form
from extractors.values import MentionType

Codes = npt.NDArray[np.uint64]

_MASK = 0xFFFFFFFFFFFFFFFF
#: What the code of a pair of types is multiplied with to set codes apart.
OF_KINDS = np.uint64(0x100000001B3)
#: Words on either side of a mention that count as its context.
CONTEXT = 3
#: Letters that stand for a word's stem: "reduce", "reduced" and "reduction" agree in them.
STEM = 6


@lru_cache(maxsize=1 << 16)
def code(word: str) -> int:
    """Return a number for a word that is the same in every process."""
    return crc32(word.encode()) * 0x9E3779B1 + 0x7F4A7C15


def coded(words: Iterable[str]) -> Codes:
    """Return the numbers of words."""
    return np.array([code(word) for word in words], np.uint64)


@dataclass(frozen=True, slots=True)
class Units:
    """A sentence in units: each mention is one unit coded by its type, every other word one by its stem.

    `at[i]` is the unit of word i; `pairs` codes each unit with the next. `classes` and `class_pairs` are the same with
    the distributional class in the place of a word's stem.
    """

    codes: Codes
    pairs: Codes
    classes: Codes
    class_pairs: Codes
    at: tuple[int, ...]


class Reading:
    """What the features of all pairs of a document share."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entities: tuple[Entity, ...] = group(document)
        self.sentences: tuple[SentenceWords, ...] = tuple(read_sentences(document, self.entities))
        self.categories = tuple(document.category(s.sentence) for s in self.sentences)
        self.places: list[list[tuple[int, Place]]] = [[] for _ in self.entities]
        for number, sentence in enumerate(self.sentences):
            for place in sentence.places:
                self.places[place.entity].append((number, place))

    @cached_property
    def units(self) -> tuple[Units, ...]:
        """The units of each sentence."""
        return tuple(_units(sentence) for sentence in self.sentences)

    @cached_property
    def names(self) -> tuple[Codes, ...]:
        """For each entity, codes of its folded name, of its last word, and of all its words."""
        return tuple(_name_codes(entity) for entity in self.entities)

    @cached_property
    def contexts(self) -> tuple[Codes, ...]:
        """For each entity, codes of the units around its mentions, wherever in the document they are."""
        return tuple(self._context(places) for places in self.places)

    def _context(self, places: list[tuple[int, Place]]) -> Codes:
        around = []
        for number, place in places:
            units = self.units[number]
            first, last = units.at[place.start], units.at[place.end - 1]
            around.append(units.codes[max(0, first - CONTEXT) : first])
            around.append(units.codes[last + 1 : last + 1 + CONTEXT] ^ np.uint64(0xA5A5))
        return np.unique(np.concatenate(around)) if around else np.zeros(0, np.uint64)


@cache
def salt(role: str, kinds: int = 0) -> np.uint64:
    """Return what sets the codes of one role apart from those of another; roles and type pairs are some hundreds."""
    return np.uint64((code(role) * 0x2545F4914F6CDD1D ^ kinds * int(OF_KINDS)) & _MASK)


def stem(word: str) -> str:
    """Return the first letters of a word; any number is one word."""
    return "0" if word[0].isdigit() else word[:STEM]


def _units(sentence: SentenceWords) -> Units:
    owner: list[tuple[int, MentionType] | None] = [None] * len(sentence.words)
    for place in sorted(sentence.places, key=lambda p: (p.start - p.end, p.start)):
        if owner[place.start] is None:
            for i in range(place.start, place.end):
                owner[i] = owner[i] or (place.start, place.kind)
    codes: list[int] = []
    classes: list[int] = []
    at: list[int] = []
    previous: tuple[int, MentionType] | None = None
    for word, own in zip(sentence.words, owner, strict=True):
        if own is None:
            unit, broad = word_codes(word)
            codes.append(unit)
            classes.append(broad)
        elif own != previous:
            codes.append(code(f"<{own[1]}>"))
            classes.append(codes[-1])
        previous = own
        at.append(len(codes) - 1)
    units, broader = np.array(codes, np.uint64), np.array(classes, np.uint64)
    return Units(units, _with_next(units), broader, _with_next(broader), tuple(at))


def _with_next(codes: Codes) -> Codes:
    pairs = codes * np.uint64(31)
    pairs[:-1] += codes[1:]
    pairs[-1:] += np.uint64(1)
    return pairs


@lru_cache(maxsize=1 << 16)
def word_codes(word: str) -> tuple[int, int]:
    """Return the codes of a word's stem and of its middle distributional class."""
    return code(stem(word)), class_codes(word)[1]


@lru_cache(maxsize=1 << 16)
def class_codes(word: str) -> tuple[int, int, int]:
    """Return the codes of a word's distributional classes, the broad one first; unknown words by their ends."""
    known = word_classes().get(normal_form(word))
    names = [str(k) for k in known] if known else [f"?{word[-3:]}"] * 3
    broad, middle, narrow = (code(f"{n} {name}") for n, name in enumerate(names))
    return broad, middle, narrow


def _name_codes(entity: Entity) -> Codes:
    names = {fold(entity.name), *(fold(m.text) for m in entity.mentions)}
    words = {word for name in names for word in name.split()}
    heads = {name.split()[-1] for name in names if name}
    spelt = {code(w) for w in words | {f"{h}$" for h in heads} | {f"={n}" for n in names}}
    classes = {c for w in words for c in class_codes(w)} | {c ^ 0x5A5A for h in heads for c in class_codes(h)}
    return np.array(sorted(spelt | classes), np.uint64)
