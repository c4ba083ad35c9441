"""The trained recogniser: mentions of all types, by a conditional random field over words, names and context."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import cast

import numpy as np

from extractors.document import Document
from extractors.mentions.brackets import whole
from extractors.mentions.breaks import broken
from extractors.mentions.consistency import agree
from extractors.mentions.conventions import EAGERNESS, ArticleKinds, Pool
from extractors.mentions.name_list import NameList
from extractors.mentions.spelling import Spelling
from extractors.mentions.tagger import LABELS, MAX_WORDS_KEPT, Emissions, Scores, Weights, best_labels
from extractors.mentions.token_features import Tokens, context_hashes, read_tokens
from extractors.mentions.word_features import Clusters, WordTable
from extractors.records import Mention, Span
from extractors.values import MentionType

#: The shipped weights, and the names they were trained with; made by `python -m extractors.training.mentions`.
MODEL = "ner.npz"
NAMES = "ner_names.npz"
#: What is added for each word of a name that the dictionary linked before, in an article of the dictionary's own field,
#: and which part of it in others, which may not count a drug class or placebo as a mention; set on the dev splits.
TRUST, ELSEWHERE = 2.5, 0.2


class StatisticalRecogniser:
    """Finds mentions of all types; they carry no concept."""

    name = "statistical"

    def __init__(
        self,
        weights: Weights,
        kinds: ArticleKinds,
        names: NameList,
        words: WordTable,
        *,
        eagerness: float = EAGERNESS,
        trust: float = TRUST,
    ) -> None:
        self.trust = trust
        self._weights, self._kinds, self._names = weights, kinds, names.prepared()
        self._pool = Pool(weights, eagerness=eagerness)
        self._words, self._emissions = words, Emissions(weights)

    def extract(self, document: Document) -> Iterator[Mention]:
        """Yield the mentions found before, and its own in text order."""
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
        shares = self._kinds.shares(names[:, 0])
        emissions, transitions = self._pool.pool(scores, shares)
        self._favour(emissions, tokens, document, self._pool.domain(shares))
        labels = best_labels(emissions, transitions, tokens.cuts)
        text = document.article.text
        spans = (
            part
            for start, end, kind in spans_of(labels.tolist(), tokens.spans)
            for part in broken((start, end), kind, text, document.mentions)
        )
        for start, end, kind in agree(document, whole(document, spans)):
            words = text[start:end]
            yield Mention(start, end, words, kind, name=words, source=self.name)

    def _favour(self, emissions: Scores, tokens: Tokens, document: Document, domain: float) -> None:
        """Add to the scores of the words that an earlier recogniser linked to a concept."""
        trust = self.trust * (ELSEWHERE + (1 - ELSEWHERE) * domain)
        begins = {start: i for i, (start, _) in enumerate(tokens.spans)}
        for mention in document.mentions:
            first = begins.get(mention.start)
            if mention.concept is None or first is None:
                continue
            emissions[first, LABELS.index(f"B-{mention.type}")] += trust
            for i in range(first + 1, len(tokens.spans)):
                if tokens.spans[i][0] >= mention.end:
                    break
                emissions[i, LABELS.index(f"I-{mention.type}")] += trust

    def _forget(self) -> None:
        """Begin a new table of words; results do not depend on what is in it."""
        self._words = WordTable(self._words.clusters, self._words.spelling)
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


@cache
def word_classes() -> Clusters:
    """Return the distributional classes of words by their normal forms, as the shipped weights hold them."""
    with (resources.files("extractors.models") / MODEL).open("rb") as file, np.load(file) as stored:
        classes = stored["clusters"].tolist()
        return {word: (a, b, c) for word, (a, b, c) in zip(stored["cluster_words"].tolist(), classes, strict=True)}


def build(*, eagerness: float = EAGERNESS, trust: float = TRUST) -> StatisticalRecogniser:
    """Build the recogniser with the shipped weights.

    More eagerness finds more mentions, at the price of wrong ones; trust is what a name of the vocabulary counts for.
    """
    folder = resources.files("extractors.models")
    with (folder / MODEL).open("rb") as file, np.load(file) as stored:
        schemes = tuple(stored["schemes"].tolist())
        columns = tuple(cast("tuple[str, str]", tuple(c.split(" "))) for c in stored["columns"].tolist())
        weights = Weights(stored["keys"], stored["values"].astype(np.float32), schemes, columns, stored["transitions"])
        kinds = ArticleKinds(stored["kinds"].astype(np.float32), stored["kinds_intercepts"])
        spelling = Spelling(stored["spelling"].astype(np.float32, order="C"), stored["spelling_intercepts"])
    with (folder / NAMES).open("rb") as file, np.load(file) as stored:
        names = NameList(np.cumsum(stored["steps"], dtype=np.uint64), stored["masks"])
    words = WordTable(word_classes(), spelling)
    return StatisticalRecogniser(weights, kinds, names, words, eagerness=eagerness, trust=trust)
