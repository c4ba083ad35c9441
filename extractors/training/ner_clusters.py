"""Distributional classes of words: mutual information with neighbours, factorised (Bullinaria, 2007), clustered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd

from extractors.language.tokenizer import TOKEN
from extractors.mentions.word_features import normal_form

#: How many classes; the tagger sees each word's class at all three grains.
GRAINS = (64, 256, 1024)
MINIMUM_COUNT = 3
CONTEXT_WORDS = 12_000
DIMENSIONS = 100
WINDOW = 4


def cluster_words(texts: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """Return for each word met often enough, in normal form, its class at each grain."""
    normals = _Normals()
    articles = [[normals[m.group()] for m in TOKEN.finditer(text)] for text in texts]
    counts = Counter(word for article in articles for word in article)
    words = [w for w, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= MINIMUM_COUNT]
    numbers = {word: i for i, word in enumerate(words)}
    rows = [np.array([numbers.get(word, -1) for word in article]) for article in articles]
    vectors = _vectors(_information(_contexts(rows, len(words))))
    classes = [
        MiniBatchKMeans(grain, random_state=0, batch_size=4096, n_init=3).fit(vectors).labels_ for grain in GRAINS
    ]
    return dict(zip(words, zip(*(c.tolist() for c in classes), strict=True), strict=True))


class _Normals(dict[str, str]):
    """Normal forms, each computed once."""

    def __missing__(self, word: str) -> str:
        self[word] = normal_form(word)
        return self[word]


def _contexts(articles: list[NDArray[np.int64]], words: int) -> sparse.csr_matrix:
    """Count neighbours: the next and the previous word apart, those further off together."""
    context = min(words, CONTEXT_WORDS)
    total = sparse.csr_matrix((words, 3 * context), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        for forward in (True, False):
            block = 2 if distance > 1 else int(forward)
            pairs = [(a[:-distance], a[distance:]) if forward else (a[distance:], a[:-distance]) for a in articles]
            left = np.concatenate([p[0] for p in pairs])
            right = np.concatenate([p[1] for p in pairs])
            kept = (left >= 0) & (right >= 0) & (right < context)
            weight = np.full(int(kept.sum()), 1.0 if distance < 3 else 0.5, dtype=np.float32)
            cells = left[kept], right[kept] + block * context
            total = total + sparse.coo_matrix((weight, cells), shape=total.shape).tocsr()
    return total


def _information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return positive pointwise mutual information; contexts are smoothed by the power 0.75 (Levy et al., 2015)."""
    cells = counts.tocoo()
    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    information = np.log(cells.data / (rows[cells.row] * (columns / columns.sum())[cells.col]))
    kept = information > 0
    return sparse.csr_matrix((information[kept], (cells.row[kept], cells.col[kept])), shape=counts.shape)


def _vectors(information: sparse.csr_matrix) -> NDArray[np.float64]:
    left, values, _ = randomized_svd(information, DIMENSIONS, n_iter=4, random_state=0)
    vectors = left * np.sqrt(values)
    lengths: NDArray[np.float64] = np.linalg.norm(vectors, axis=1, keepdims=True)
    normalised: NDArray[np.float64] = vectors / (lengths + 1e-9)
    return normalised
