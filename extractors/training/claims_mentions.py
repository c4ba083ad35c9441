"""Mentions for training on what is said of them: found by recognisers that never saw the article.

A recogniser finds in its own training articles nearly what the annotators marked, and a classifier trained on that is
lost on new articles. So the gold scheme of the mention tagger is fitted once for each fold without that fold's
articles; its other schemes are those of the shipped weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from spacy.language import Language

from extractors.document import Document
from extractors.language.nlp import parse
from extractors.mentions import statistical
from extractors.mentions.conventions import ArticleKinds
from extractors.mentions.name_list import NameList
from extractors.mentions.tagger import Weights
from extractors.mentions.word_features import WordTable
from extractors.records import Article
from extractors.registry import build_mentions
from extractors.training.ner_corpora import Annotated, read_gold
from extractors.training.ner_fit import fit_scheme, join_schemes

#: The scheme whose articles the claims are annotated on.
SCHEME = "gold"
#: The recognisers whose mentions are learned on: those of the default configuration.
MENTIONS = ("dictionary", "statistical", "merge", "linker")
#: Folds of the statistical recogniser: two, because each takes minutes to fit.
FOLDS = 2


def fold_of(identifier: str, folds: int) -> int:
    """Return the fold of an article, by its id alone."""
    return sum(identifier.encode()) % folds


class FoldedRecognisers:
    """One statistical recogniser for each fold, and the shipped one for articles that it was not trained on."""

    def __init__(self, articles: Sequence[Annotated], nlp: Language, *, folds: int) -> None:
        self.shipped = statistical.build()
        self._folds = folds
        self._known = frozenset(a.id for a in articles)
        self._recognisers = tuple(self._fit(articles, nlp, fold) for fold in range(folds))

    def for_article(self, identifier: str) -> statistical.StatisticalRecogniser:
        """Return the recogniser that has not seen the article."""
        short = identifier.partition(":")[2]
        return self._recognisers[fold_of(short, self._folds)] if short in self._known else self.shipped

    def _fit(self, articles: Sequence[Annotated], nlp: Language, fold: int) -> statistical.StatisticalRecogniser:
        weights, kinds, names, words = _parts(self.shipped)
        rest = [a for a in articles if fold_of(a.id, self._folds) != fold]
        fitted = join_schemes({SCHEME: fit_scheme(rest, nlp, WordTable(words.clusters, words.spelling), names)})
        table = WordTable(words.clusters, words.spelling)
        return statistical.StatisticalRecogniser(replace_scheme(weights, fitted), kinds, names, table)


class FoldedChain:
    """A chain of recognisers whose statistical one has never seen the article that it reads."""

    def __init__(self, gold: Path, nlp: Language, names: Sequence[str] = MENTIONS) -> None:
        self._nlp, self._names = nlp, names
        self._folded = FoldedRecognisers(read_gold(gold), nlp, folds=FOLDS)
        self._others = {
            name: build_mentions(name, {}) for name in names if name != statistical.StatisticalRecogniser.name
        }

    def read(self, article: Article) -> Document:
        """Return the article as a document with its mentions."""
        (document,) = parse((article,), self._nlp)
        for name in self._names:
            recogniser = self._others.get(name) or self._folded.for_article(article.id)
            document = document.with_mentions(recogniser.extract(document))
        return document


def _parts(
    recogniser: statistical.StatisticalRecogniser,
) -> tuple[Weights, ArticleKinds, NameList, WordTable]:
    return recogniser._weights, recogniser._kinds, recogniser._names, recogniser._words


def replace_scheme(weights: Weights, fitted: Weights) -> Weights:
    """Return the weights with those of one scheme in the place of its old ones."""
    (scheme,) = fitted.schemes
    others = [i for i, (name, _) in enumerate(weights.columns) if name != scheme]
    keys = np.union1d(weights.keys, fitted.keys)
    values = np.zeros((len(keys), len(others) + fitted.values.shape[1]), np.float32)
    values[np.searchsorted(keys, weights.keys), : len(others)] = weights.values[:, others]
    values[np.searchsorted(keys, fitted.keys), len(others) :] = fitted.values
    columns = (*(weights.columns[i] for i in others), *fitted.columns)
    transitions = weights.transitions.copy()
    transitions[weights.schemes.index(scheme)] = fitted.transitions[0]
    return Weights(keys.astype(np.uint32), values, weights.schemes, columns, transitions)
