"""What a tagger sees of each token of an article: words around it, names it stands in, what its abbreviation means.

A feature is a hash of 32 bits; 0 is no feature. Features of single words are kept apart from those of the context,
because the weights of the former can be added up once for each word of the language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from extractors.document import Document
from extractors.language.abbreviations import find_uses
from extractors.mentions.name_list import CATEGORIES, NameList
from extractors.mentions.word_features import FEATURES, Hashes, WordTable
from extractors.records import Span

_COLUMN = {name: i for i, name in enumerate(FEATURES)}
_NEAR = ("normal", "suffix3", "outline", "cluster64", "cluster256", "cluster1024", "kind", "kind_score")
#: For each distance from the token, the features of the word there that count.
UNIGRAMS = {
    0: FEATURES,
    1: _NEAR,
    -1: _NEAR,
    2: ("normal", "outline", "cluster256"),
    -2: ("normal", "outline", "cluster256"),
    3: ("cluster256",),
    -3: ("cluster256",),
}
#: Pairs of (distance, feature) that count together.
BIGRAMS = (
    ((-1, "normal"), (0, "normal")),
    ((0, "normal"), (1, "normal")),
    ((-2, "normal"), (-1, "normal")),
    ((1, "normal"), (2, "normal")),
    ((-1, "cluster256"), (0, "cluster256")),
    ((0, "cluster256"), (1, "cluster256")),
    ((-1, "cluster256"), (1, "cluster256")),
    ((-1, "outline"), (0, "outline")),
    ((0, "outline"), (1, "outline")),
    ((0, "suffix5"), (1, "normal")),
    ((-1, "normal"), (0, "suffix5")),
)
Number = TypeVar("Number", np.uint64, np.float32)

_ONE = np.uint64(1)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # Steele, Lea and Flood, 2014: SplitMix
_AVALANCHE = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True)
class Tokens:
    """An article's tokens: where they are, their numbers in the word table, where sentences begin, what they stand for.

    `expansions` maps the index of a token that begins a short form to the index of the last token of its long form.
    """

    spans: tuple[Span, ...]
    numbers: list[int]
    cuts: tuple[int, ...]
    expansions: dict[int, int]


def read_tokens(document: Document, words: WordTable) -> Tokens:
    """Number the tokens of a document."""
    text = document.article.text
    spans = tuple((start, end) for _, start, end in document.tokens)
    numbers = words.number([word for word, _, _ in document.tokens])
    starts = {start: i for i, (start, _) in enumerate(spans)}
    ends = {end: i for i, (_, end) in enumerate(spans)}
    cuts = {0, len(spans)}
    for sentence in document.sentences:
        cuts |= {starts.get(sentence.start, 0), ends.get(sentence.end, len(spans) - 1) + 1}
    definitions = document.abbreviations
    uses = (*definitions, *find_uses(text, definitions))
    expansions = {starts[s[0]]: ends[long[1]] for s, long in uses if s[0] in starts and long[1] in ends}
    return Tokens(spans, numbers, tuple(sorted(cuts)), expansions)


def word_hashes(features: Hashes) -> Iterator[tuple[int, Hashes]]:
    """Yield for each distance the hashes by which a word counts at that distance, one row a word."""
    template = 1
    for distance, names in UNIGRAMS.items():
        yield distance, _mix(features[:, [_COLUMN[name] for name in names]], template)
        template += len(names)


def context_hashes(tokens: Tokens, words: WordTable, names: NameList) -> Hashes:
    """Return the hashes of all features that need more than one word, one row a token."""
    features = words.features(tokens.numbers)
    places, lengths = names.tag(words.names(tokens.numbers), words.hyphens(tokens.numbers))
    wide = places.astype(np.uint64)
    together = np.zeros(len(features), dtype=np.uint64)
    for column in wide.T:
        together = together * np.uint64(5) + column
    columns = [
        *_bigrams(features),
        *_names(features, together, lengths.astype(np.uint64)),
        *_categories(wide),
        *_expansions(tokens, features, together),
        _elsewhere(tokens.numbers, wide, together),
    ]
    return _mix(np.stack(columns, axis=1), 1000)


def shift(values: NDArray[Number], distance: int) -> NDArray[Number]:
    """Return for each row the row at that distance; 0 beyond the ends."""
    moved = np.zeros_like(values)
    if distance == 0:
        return values
    if abs(distance) < len(values):
        if distance > 0:
            moved[:-distance] = values[distance:]
        else:
            moved[-distance:] = values[:distance]
    return moved


def _mix(columns: Hashes, template: int) -> Hashes:
    """Make a value mean something else in each column; numbered from `template`; 0 stays 0."""
    templates = np.arange(template, template + columns.shape[1], dtype=np.uint64) * _GOLDEN
    mixed: Hashes = ((columns + templates) * _AVALANCHE) >> np.uint64(32) | _ONE
    mixed[columns == 0] = 0
    return mixed


def _pair(first: Hashes, second: Hashes) -> Hashes:
    pair: Hashes = (first * _GOLDEN + second) | _ONE
    return pair


def _bigrams(features: Hashes) -> Iterator[Hashes]:
    for (d1, name1), (d2, name2) in BIGRAMS:
        yield _pair(shift(features[:, _COLUMN[name1]], d1), shift(features[:, _COLUMN[name2]], d2))


def _names(features: Hashes, together: Hashes, lengths: Hashes) -> Iterator[Hashes]:
    """The token's places in names of all categories at once: with its neighbours', its word and the name's length."""
    for distance in (0, -1, 1, -2, 2):
        yield shift(together, distance)
    yield _pair(shift(together, -1), together)
    yield _pair(together, shift(together, 1))
    for column in (features[:, _COLUMN["normal"]], features[:, _COLUMN["cluster256"]], lengths):
        yield _pair(together, column)


def _categories(places: Hashes) -> Iterator[Hashes]:
    around = np.stack([places, shift(places, -1), shift(places, 1)], axis=2)
    yield from around.reshape(len(places), -1).T


def _expansions(tokens: Tokens, features: Hashes, together: Hashes) -> Iterator[Hashes]:
    """The head word of what an abbreviation stands for: itself, its class, the names it ends."""
    head = np.zeros((len(features), 3), dtype=np.uint64)
    for short, last in tokens.expansions.items():
        row = features[last]
        head[short] = row[_COLUMN["normal"]], row[_COLUMN["cluster256"]], together[last] + _ONE
    yield from head.T
    yield shift(head[:, 2], -1)
    yield shift(head[:, 0], 1)


def _elsewhere(numbers: list[int], places: Hashes, together: Hashes) -> Hashes:
    """The categories of longer names that the same word stands in anywhere in the article."""
    inside: NDArray[np.bool_] = places > 1
    masks = (inside.astype(np.uint64) << np.arange(len(CATEGORIES), dtype=np.uint64)).sum(axis=1)
    seen: dict[int, int] = {}
    for number, mask in zip(numbers, masks.tolist(), strict=True):
        if mask:
            seen[number] = seen.get(number, 0) | mask
    joined = np.array([seen.get(n, 0) for n in numbers], dtype=np.uint64)
    return np.where(joined == 0, joined, _pair(joined, together))
