"""Fits the tagger's weights: one conditional random field for each annotation scheme, by CRFsuite (Okazaki, 2007)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from extractors.document import Document
from extractors.language.nlp import parse
from extractors.mentions.name_list import NameList
from extractors.mentions.tagger import LABELS, Weights
from extractors.mentions.token_features import Tokens, context_hashes, read_tokens, shift, word_hashes
from extractors.mentions.word_features import Hashes, WordTable
from extractors.records import Article
from extractors.training.ner_corpora import Annotated, Annotation

#: Strength of the L1 and L2 penalties, iterations of L-BFGS; set on the dev splits.
L1, L2, ITERATIONS = 0.1, 0.1, 60
#: A feature is used when it is met this often, and kept when its largest weight is at least this.
MINIMUM_COUNT = 2
MINIMUM_WEIGHT = 0.01

State = dict[int, dict[str, float]]
Steps = dict[tuple[str, str], float]


def documents(articles: Iterable[Annotated], nlp: Language) -> Iterator[tuple[Document, Annotated]]:
    """Yield the articles as the recogniser will see them."""
    for article in articles:
        title, _, abstract = article.text.partition("\n")
        for document in parse([Article(article.id, title, abstract)], nlp):
            yield document, article


def all_hashes(tokens: Tokens, words: WordTable, names: NameList) -> Hashes:
    """Return the hashes of all features, those of single words and those of the context, one row a token."""
    features = words.features(tokens.numbers)
    parts = [shift(hashes, distance) for distance, hashes in word_hashes(features)]
    return np.concatenate([*parts, context_hashes(tokens, words, names)], axis=1)


def label_tokens(tokens: Tokens, mentions: Iterable[Annotation]) -> list[str]:
    """Return the label of each token; a mention takes every token it touches."""
    labels = ["O"] * len(tokens.spans)
    for start, end, kind in mentions:
        inside = [i for i, (a, b) in enumerate(tokens.spans) if a < end and start < b]
        if inside and all(labels[i] == "O" for i in inside):
            labels[inside[0]] = f"B-{kind}"
            for i in inside[1:]:
                labels[i] = f"I-{kind}"
    return labels


def fit_scheme(articles: Iterable[Annotated], nlp: Language, words: WordTable, names: NameList) -> tuple[State, Steps]:
    """Fit one scheme; returns the weights of features by label, and those of steps between labels."""
    import pycrfsuite  # installed with the extra `training` only

    trainer = pycrfsuite.Trainer(verbose=False)
    for document, article in documents(articles, nlp):
        tokens = read_tokens(document, words)
        labels = label_tokens(tokens, article.mentions)
        rows = [[str(h) for h in row if h] for row in all_hashes(tokens, words, names).tolist()]
        for start, end in zip(tokens.cuts, tokens.cuts[1:], strict=False):
            trainer.append(rows[start:end], labels[start:end])
    trainer.select("lbfgs")
    trainer.set_params({"c1": L1, "c2": L2, "max_iterations": ITERATIONS, "feature.minfreq": MINIMUM_COUNT})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "scheme.crf")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        state: State = {}
        for (feature, label), weight in info.state_features.items():
            state.setdefault(int(feature), {})[label] = weight
        return state, dict(info.transitions)


def join_schemes(fitted: Mapping[str, tuple[State, Steps]]) -> Weights:
    """Put the schemes' weights into one table, relative to the label "O"."""
    columns = []
    for scheme, (state, steps) in fitted.items():
        known = {label for weights in state.values() for label in weights} | {label for step in steps for label in step}
        columns += [(scheme, label) for label in LABELS if label in known and label != "O"]
    table: dict[int, NDArray[np.float32]] = {}
    for column, (scheme, label) in enumerate(columns):
        for feature, weights in fitted[scheme][0].items():
            value = weights.get(label, 0.0) - weights.get("O", 0.0)
            if value:
                table.setdefault(feature, np.zeros(len(columns), dtype=np.float32))[column] = value
    kept = sorted(feature for feature, row in table.items() if np.abs(row).max() >= MINIMUM_WEIGHT)
    values = np.stack([table[feature] for feature in kept])
    transitions = np.stack([_transitions(steps) for _, steps in fitted.values()])
    return Weights(np.array(kept, dtype=np.uint32), values, tuple(fitted), tuple(columns), transitions)


def _transitions(steps: Steps) -> NDArray[np.float32]:
    """Return the weights of steps relative to a step from "O" to "O"."""
    base = steps.get(("O", "O"), 0.0)
    rows = [[steps.get((a, b), UNSEEN_STEP) - base for b in LABELS] for a in LABELS]
    return np.array(rows, dtype=np.float32)


#: Weight of a step between labels that the scheme's corpus never shows.
UNSEEN_STEP = -5.0
