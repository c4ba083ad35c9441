"""Fits what the letters of a word say, from the words of listed names and of ordinary text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from scipy import sparse
from sklearn.linear_model import SGDClassifier

from extractors.language.tokenizer import TOKEN
from extractors.mentions.spelling import BUCKETS, KINDS, Spelling, buckets

#: The kind of word that names of each category are made of.
KIND_OF = {
    "drug": "drug",
    "chemical": "drug",
    "protein": "protein",
    "symbol": "protein",
    "disease": "disease",
    "finding": "disease",
    "organism": "organism",
    "cell": "cell",
    "anatomy": "cell",
    "process": "other",
    "procedure": "other",
    "technique": "other",
    "other": "other",
}
MAX_WORDS = 6
MINIMUM_LETTERS = 4
#: A word counts as plain when texts have it this often and names do not.
PLAIN_COUNT, PLAIN_WEIGHT = 5, 3.0
#: The share that its commonest kind must have, and the most words of a kind.
PURITY, MOST = 0.6, 40_000


def fit_spelling(names: Iterable[tuple[str, frozenset[str]]], texts: Iterable[str]) -> Spelling:
    """Fit the regression from (name, categories) and texts."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for name, categories in names:
        words = _words(name)
        if len(words) <= MAX_WORDS:
            for word in words:
                for kind in sorted({KIND_OF[category] for category in categories}):
                    table[word][kind] += 1 / len(words)  # type: ignore[assignment]
    for word, count in Counter(word for text in texts for word in _words(text)).items():
        if count >= PLAIN_COUNT and table[word].total() < 1:
            table[word]["plain"] += PLAIN_WEIGHT  # type: ignore[assignment]
    chosen = _choose(table)
    rows, columns = [], []
    for row, (word, _) in enumerate(chosen):
        found = buckets(word)
        rows += [row] * len(found)
        columns += found
    cells = (np.ones(len(rows), dtype=np.float32), (rows, columns))
    grams = sparse.csr_matrix(cells, shape=(len(chosen), BUCKETS))
    model = SGDClassifier(loss="log_loss", alpha=2e-5, max_iter=8, tol=None, average=True, random_state=0)
    model.fit(grams, [KINDS.index(kind) for _, kind in chosen])
    weights = model.coef_.T.astype(np.float16).astype(np.float32)  # as they are stored
    return Spelling(weights, model.intercept_.astype(np.float32))


def _choose(table: dict[str, Counter[str]]) -> list[tuple[str, str]]:
    """Return the words that are of one kind, shuffled, none of the kinds too common."""
    pure = []
    for word in sorted(table):
        kind, weight = max(sorted(table[word].items()), key=lambda item: item[1], default=("", 0))
        if kind and weight > PURITY * table[word].total():
            pure.append((word, kind))
    taken: Counter[str] = Counter()
    chosen = []
    for i in np.random.default_rng(0).permutation(len(pure)).tolist():
        word, kind = pure[i]
        taken[kind] += 1
        if taken[kind] <= MOST:
            chosen.append((word, kind))
    return chosen


def _words(text: str) -> list[str]:
    return [w.lower() for w in TOKEN.findall(text) if len(w) >= MINIMUM_LETTERS and w[0].isalpha()]
