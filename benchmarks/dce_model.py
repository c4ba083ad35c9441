"""Which sets of a sentence's drugs are combinations: the two stages of sicca's claim classifier, over sets of drugs.

A logistic regression over hashed words (between, around, in the sentence, cues of the abstract), then gradient-boosted
trees over what it made of a set and of its rivals. Measured only: the corpus states no licence, so that no weights
trained on it are stored or shipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from extractors.claims.reading import stem
from pipeline.evaluation.combinations import POSITIVE, CombinationSentence, Drugs

Floats = npt.NDArray[np.float64]

BITS = 18
#: Sentences with more drugs are searched for pairs, runs, and runs without one member only.
ALL_SUBSETS, LONGEST_BROKEN_RUN = 6, 7
#: Words on either side, and words between that are read as one sequence.
WINDOW, SEQUENCE = 5, 6
#: F1 is highest about where the probability is half of the best F1 that can be had (Lipton and others, 2014).
THRESHOLD = 0.35
FOLDS = 3
PENALTY = 0.2
CUES = re.compile(
    r"combin|plus|synerg|additiv|regime|togeth|concom|coadmi|concur|follow|sequen|versus|vs$|compar|alone|mono|"
    r"triple|dual|double|with$"
)
#: What stands between two drugs that are combined elsewhere in the abstract.
JOINED = r"\s?(/|\+|-|plus|and|(?:in combination |combined )?with)\s?"
WORD = re.compile(r"\w+|\S")


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sets of drugs of one sentence that may be combinations, with their features; a row a set."""

    sets: tuple[Drugs, ...]
    words: Any
    context: Any
    numbers: Floats
    right: npt.NDArray[np.bool_]
    positive: npt.NDArray[np.bool_]

    @property
    def weight(self) -> Floats:
        """What a row counts in training: sentences with many drugs have very many sets."""
        return np.full(len(self.sets), 1 / np.sqrt(max(len(self.sets), 1)))


def prepare(sentence: CombinationSentence) -> Candidates:
    """Return the candidates of a sentence."""
    sets = tuple(sorted(subsets(len(sentence.drugs))))
    reader = _Reader(sentence)
    abstract = {f"a {stem(w.lower())}" for w in WORD.findall(sentence.article.text)}
    words = [set(reader.words(s)) for s in sets]
    return Candidates(
        sets,
        _hashed(words),
        _hashed([w | abstract for w in words]),
        np.array([reader.numbers(s) for s in sets], float).reshape(len(sets), -1),
        np.array([s in sentence.gold for s in sets], bool),
        np.array([sentence.gold.get(s) == POSITIVE for s in sets], bool),
    )


def subsets(number: int) -> set[Drugs]:
    """Return the sets of at least two of so many drugs that are looked at."""
    everyone = range(number)
    if number <= ALL_SUBSETS:
        return {s for size in range(2, number + 1) for s in combinations(everyone, size)}
    found: set[Drugs] = set(combinations(everyone, 2))
    for first in everyone:
        for last in range(first + 2, number):
            run = tuple(range(first, last + 1))
            found.add(run)
            if len(run) <= LONGEST_BROKEN_RUN:
                found.update(run[:i] + run[i + 1 :] for i in range(1, len(run) - 1))
    return found


class _Reader:
    """Reads the features of sets of one sentence's drugs."""

    def __init__(self, sentence: CombinationSentence) -> None:
        text = sentence.article.text
        self._all, self._title, self._names = text.lower(), sentence.article.title.lower(), sentence.names
        start, end = sentence.span
        self._units: list[str | int] = []
        self._at: list[int] = []
        position = start
        for number, (begin, stop) in enumerate([*sentence.drugs, (end, end)]):
            self._units += [stem(m[0].lower()) for m in WORD.finditer(text[position : max(begin, position)])]
            if number < len(sentence.drugs):
                self._at.append(len(self._units))
                self._units.append(number)
            position = max(position, stop)
        self._cues = [f"c {s}" for s in sorted({stem(w) for w in WORD.findall(self._all)}) if CUES.match(s)]

    def words(self, drugs: Drugs) -> Iterator[str]:
        """Yield the words of a set in their roles."""
        members, total, size = set(drugs), len(self._names), len(drugs)
        units = [("IN" if u in members else "OUT") if isinstance(u, int) else u for u in self._units]
        for a, b in pairwise(drugs):
            between = units[self._at[a] + 1 : self._at[b]]
            roles = ("b", "last") if b == drugs[-1] else ("b",)
            for role in roles:
                yield from (f"{role} {u}" for u in between)
                yield f"{role} seq {' '.join(between[:SEQUENCE])} {len(between) > SEQUENCE}"
            yield from (f"b2 {u} {v}" for u, v in zip(["^", *between], [*between, "$"], strict=True))
            yield f"gap {min(len(between), 20) // 2}"
            yield "skips" if b - a > 1 else "next"
        first, last = self._at[drugs[0]], self._at[drugs[-1]]
        left = [*["^"] * WINDOW, *units[max(0, first - WINDOW) : first]][-WINDOW:]
        right = [*units[last + 1 : last + 1 + WINDOW], *["$"] * WINDOW][:WINDOW]
        yield from (f"l {u}" for u in left)
        yield from (f"r {u}" for u in right)
        yield from (f"l1 {left[-1]}", f"r1 {right[0]}", f"l2 {left[-2]} {left[-1]}", f"r2 {right[0]} {right[1]}")
        yield f"lr {left[-1]} {right[0]}"
        yield from (f"s {u}" for u in units)
        yield from (f"s2 {u} {v}" for u, v in pairwise(units))
        yield from self._cues
        yield from (f"k {min(size, 4)}", f"left out {min(total - size, 3)}", f"k {min(size, 4)} of {min(total, 6)}")
        yield from (f"before {min(drugs[0], 2)}", f"after {min(total - 1 - drugs[-1], 2)}")
        yield f"inside {min(drugs[-1] - drugs[0] + 1 - size, 2)}"
        yield from self._named(drugs)

    def _named(self, drugs: Drugs) -> Iterator[str]:
        names = [self._names[i] for i in drugs]
        yield from (f"d {name}" for name in names)
        if len(set(names)) < len(names):
            yield "named twice"
        if any(name in names for i, name in enumerate(self._names) if i not in drugs):
            yield "also named outside"
        if any(name in names for name in self._names[: drugs[0]]):
            yield "named before"
        in_title = sum(name in self._title for name in set(names))
        yield f"title {in_title == len(set(names))} {min(in_title, 2)}"
        if len(names) <= 4:
            for a in sorted(set(names)):
                for b in sorted(set(names) - {a}):
                    for match in re.finditer(re.escape(a) + JOINED + re.escape(b), self._all):
                        yield f"elsewhere {match[1]}"

    def numbers(self, drugs: Drugs) -> list[float]:
        """Return the numbers of a set that the trees look at."""
        total, size, length = len(self._names), len(drugs), len(self._units)
        gaps = [self._at[b] - self._at[a] - 1 for a, b in pairwise(drugs)]
        outside = drugs[0], total - 1 - drugs[-1], drugs[-1] - drugs[0] + 1 - size
        place = self._at[drugs[0]] / length
        return [size, total, total - size, max(gaps), min(gaps), sum(gaps) / len(gaps), *outside, length, place]


def _hashed(rows: Sequence[set[str]]) -> Any:
    columns = [sorted({crc32(f.encode()) % (1 << BITS) for f in row}) for row in rows]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.array([c for row in columns for c in row], np.int32)
    return sparse.csr_matrix((np.ones(len(flat), np.float32), flat, starts), shape=(len(rows), 1 << BITS))


class CombinationModel:
    """Both stages and, for what is a combination, whether it is said to work."""

    def __init__(self, train: Sequence[Candidates]) -> None:
        odds: list[Floats] = [np.zeros(0)] * len(train)
        for fold in range(FOLDS):
            linear = _linear([c for i, c in enumerate(train) if i % FOLDS != fold])
            for i in range(fold, len(train), FOLDS):
                odds[i] = linear.decision_function(train[i].words)
        self._linear = _linear(train)
        self._trees = HistGradientBoostingClassifier(
            max_iter=100, learning_rate=0.06, max_leaf_nodes=8, min_samples_leaf=30, l2_regularization=5, random_state=0
        )
        self._trees.fit(
            np.vstack([rivals(c, o) for c, o in zip(train, odds, strict=True)]),
            np.concatenate([c.right for c in train]),
            sample_weight=np.concatenate([c.weight for c in train]),
        )
        self._works = LogisticRegression(C=PENALTY, solver="liblinear", tol=1e-2, random_state=0)
        self._works.fit(
            sparse.vstack([c.context[np.flatnonzero(c.right)] for c in train]).tocsr(),
            np.concatenate([c.positive[c.right] for c in train]),
        )

    def predict(self, own: Candidates, *, threshold: float = THRESHOLD) -> dict[Drugs, bool]:
        """Return the likeliest sets of which no two share more than one drug → whether they work."""
        if not own.sets:
            return {}
        scores = self._trees.predict_proba(rivals(own, self._linear.decision_function(own.words)))[:, 1]
        works = self._works.predict(own.context)
        found: dict[Drugs, bool] = {}
        for i in np.argsort(-scores, kind="stable"):
            if scores[i] >= threshold and all(len(set(own.sets[i]) & set(o)) < 2 for o in found):
                found[own.sets[i]] = bool(works[i])
        return found


def _linear(train: Sequence[Candidates]) -> Any:
    model = LogisticRegression(C=PENALTY, solver="liblinear", tol=1e-2, random_state=0)
    words = sparse.vstack([c.words for c in train]).tocsr()
    weights = np.concatenate([c.weight for c in train])
    return model.fit(words, np.concatenate([c.right for c in train]), sample_weight=weights)


def rivals(own: Candidates, odds: Floats) -> Floats:
    """Return the second stage's numbers: the first's odds beside those of overlapping, smaller and larger sets."""
    sets = [frozenset(s) for s in own.sets]
    smaller = np.array([[a > b for b in sets] for a in sets])
    overlapping = np.array([[a != b and not a.isdisjoint(b) for b in sets] for a in sets])
    probabilities = 1 / (1 + np.exp(-odds))
    columns = [odds, np.argsort(np.argsort(-odds, kind="stable")), odds - odds.max()]
    for mask in (overlapping, smaller, smaller.T):
        columns.append(odds - np.where(mask, odds[None, :], -12.0).max(axis=1))
    columns.append((overlapping * probabilities).sum(axis=1))
    columns += [np.full(len(odds), probabilities.sum()), np.full(len(odds), odds.max())]
    return np.column_stack([*columns, own.numbers])
