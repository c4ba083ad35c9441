"""The trained recogniser: mentions of all types, by a conditional random field over words, names and context."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import cast

import numpy as np

from extractors.document import Document
from extractors.errors import ConfigError
from extractors.mentions.conventions import ArticleKinds, Pool
from extractors.mentions.name_list import NameList
from extractors.mentions.tagger import LABELS, MAX_WORDS_KEPT, Emissions, Weights, best_labels
from extractors.mentions.token_features import context_hashes, read_tokens
from extractors.mentions.word_features import WordTable
from extractors.records import Mention, Span
from extractors.values import MentionType

#: The shipped weights, and the names they were trained with; made by `python -m extractors.training.mentions`.
MODEL = "ner.npz"
NAMES = "ner_names.npz"


class StatisticalRecogniser:
    """Finds mentions of all types; they carry no concept."""

    name = "statistical"

    def __init__(
        self, weights: Weights, kinds: ArticleKinds, names: NameList, clusters: dict[str, tuple[int, int, int]]
    ):
        self._weights, self._kinds, self._names, self._clusters = weights, kinds, names, clusters
        self._pool = Pool(weights)
        self._forget()

    def extract(self, document: Document) -> Iterator[Mention]:
        """Yield the mentions found before, then its own in text order."""
        yield from document.mentions
        if len(self._words) > MAX_WORDS_KEPT:
            self._forget()
        tokens = read_tokens(document, self._words)
        if not tokens.numbers:
            return
        new = list(range(self._emissions.words, len(self._words)))
        if new:
            self._emissions.add_words(self._words.features(new))
        names = self._words.names(tokens.numbers)
        scores = self._emissions.score(tokens.numbers, context_hashes(tokens, self._words, self._names))
        emissions, transitions = self._pool.pool(scores, self._kinds.shares(names[:, 0]))
        labels = best_labels(emissions, transitions, tokens.cuts)
        text = document.article.text
        for start, end, kind in spans_of(labels.tolist(), tokens.spans):
            words = text[start:end]
            yield Mention(start, end, words, kind, name=words, source=self.name)

    def _forget(self) -> None:
        """Begin a new table of words; results do not depend on what is in it."""
        self._words = WordTable(self._clusters)
        self._emissions = Emissions(self._weights)


def spans_of(labels: list[int], spans: tuple[Span, ...]) -> Iterator[tuple[int, int, MentionType]]:
    """Yield the mentions that a sequence of indices into LABELS spells out."""
    begin = end = 0
    kind = ""
    for label, (start, stop) in zip(labels, spans, strict=True):
        place, _, new = LABELS[label].partition("-")
        if place == "I" and new == kind:
            end = stop
            continue
        if kind:
            yield begin, end, MentionType(kind)
        begin, end, kind = start, stop, new
    if kind:
        yield begin, end, MentionType(kind)


def build(**settings: object) -> StatisticalRecogniser:
    """Build the recogniser with the shipped weights; there are no settings.

    Raises ConfigError where a setting is given.
    """
    if settings:
        raise ConfigError(f"{sorted(settings)[0]!r} is not a setting of mentions.statistical; it has none")
    return load(resources.files("extractors.models"))


def load(folder: Traversable) -> StatisticalRecogniser:
    """Load the recogniser from a folder that holds MODEL and NAMES."""
    with (folder / MODEL).open("rb") as file, np.load(file) as stored:
        schemes = tuple(stored["schemes"].tolist())
        columns = tuple(cast("tuple[str, str]", tuple(c.split(" "))) for c in stored["columns"].tolist())
        weights = Weights(stored["keys"], stored["values"].astype(np.float32), schemes, columns, stored["transitions"])
        kinds = ArticleKinds(stored["kinds"].astype(np.float32), stored["kinds_intercepts"])
        classes = stored["clusters"].tolist()
        clusters = {word: (a, b, c) for word, (a, b, c) in zip(stored["cluster_words"].tolist(), classes, strict=True)}
    with (folder / NAMES).open("rb") as file, np.load(file) as stored:
        names = NameList(np.cumsum(stored["steps"], dtype=np.uint64), stored["masks"])
    return StatisticalRecogniser(weights, kinds, names, clusters)
