"""scispaCy's candidates by character trigrams in an nmslib index, over names that are given to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import nmslib  # type: ignore[import-not-found]
import numpy as np
from scispacy.candidate_generation import CandidateGenerator
from scispacy.linking_utils import Entity, KnowledgeBase
from sklearn.feature_extraction.text import TfidfVectorizer

#: scispaCy's own defaults: candidates looked at, and the similarity below which a mention stays unlinked.
NEIGHBOURS, THRESHOLD = 30, 0.7


class Named(Protocol):
    """A concept with its names."""

    @property
    def curie(self) -> str:
        """Its identifier."""

    @property
    def name(self) -> str:
        """Its preferred name."""

    @property
    def synonyms(self) -> Sequence[str]:
        """Its other names."""


class Candidates:
    """Finds the concepts whose names are most like given ones."""

    def __init__(self, concepts: Iterable[Named]) -> None:
        base = KnowledgeBase([Entity(c.curie, c.name, list(c.synonyms), []) for c in concepts])
        aliases = list(base.alias_to_cuis)
        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=10, dtype=np.float32)
        vectors = vectorizer.fit_transform(aliases)
        full = np.asarray(vectors.sum(axis=1)).ravel() > 0
        index = nmslib.init(method="hnsw", space="cosinesimil_sparse", data_type=nmslib.DataType.SPARSE_VECTOR)
        index.addDataPointBatch(vectors[full])
        index.createIndex({"M": 30, "indexThreadQty": 1, "efConstruction": 200, "post": 0})
        index.setQueryTimeParams({"efSearch": 200})
        kept = [alias for alias, good in zip(aliases, full, strict=True) if good]
        self._generate = CandidateGenerator(index, vectorizer, kept, base)

    def find(self, names: Sequence[str]) -> list[list[Any]]:
        """Return for each name scispaCy's candidates that are alike enough."""
        found = self._generate(list(names), NEIGHBOURS) if names else []
        return [[c for c in candidates if max(c.similarities) >= THRESHOLD] for candidates in found]
