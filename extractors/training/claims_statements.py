"""Fits which sentence states a claim, on the sentences that annotators quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from extractors.assertion.effect import EffectReader
from extractors.assertion.reader import AssertionReader
from extractors.claims.candidates import PREDICATES
from extractors.claims.settings import SettingReader
from extractors.claims.statements import Stated
from extractors.claims.trees import Trees
from extractors.records import Span
from extractors.training.claims_data import Example, GoldClaim
from extractors.training.claims_fit import export_trees

#: Small trees: there are some hundred thousand sentences, but only three in a hundred features tell them apart.
TREES = {
    "max_iter": 80,
    "learning_rate": 0.1,
    "max_leaf_nodes": 12,
    "max_depth": 5,
    "min_samples_leaf": 60,
    "early_stopping": False,
}
#: Characters that a quotation and a sentence must share.
SHARED = 5


@dataclass(frozen=True, slots=True)
class Quoted:
    """A candidate that states a gold claim; `quoted` are its annotated sentences.

    `document` is the number of its document, `row` that of its pair. `weight` is 1 shared among all
    candidates that state the same gold claim.
    """

    document: int
    row: int
    stated: Stated
    claim: GoldClaim
    quoted: frozenset[int]
    weight: float


def read_quoted(example: Example, number: int, reader: SettingReader) -> Iterator[Quoted]:
    """Yield the right candidates of an example."""
    prepared = example.prepared
    spans = [s.sentence.span for s in prepared.reading.sentences]
    for row, column, claim, weight in example.stated():
        quoted = frozenset(n for n, span in enumerate(spans) if claim.evidence and _shares(span, claim.evidence))
        stated = reader.stated(prepared.pairs[row], PREDICATES[column])
        yield Quoted(number, row, stated, claim, quoted, weight)


def setting_reader(example: Example, asserted: AssertionReader, effects: EffectReader) -> SettingReader:
    """Return the reader of an example's settings."""
    return SettingReader(example.prepared.reading, example.prepared.matches, asserted, effects)


def fit_statements(examples: Sequence[Example], *, seed: int = 0) -> Trees:
    """Fit trees that tell the quoted sentence of a claim from the others that name one of its ends."""
    asserted, effects = AssertionReader(), EffectReader()
    numbers: list[npt.NDArray[np.float32]] = []
    labels: list[bool] = []
    weights: list[float] = []
    for number, example in enumerate(examples):
        reader = setting_reader(example, asserted, effects)
        for q in read_quoted(example, number, reader):
            sentences = reader.statements.candidates(q.stated.pair)
            if q.quoted.isdisjoint(sentences):
                continue
            numbers.append(reader.statements.numbers(q.stated, sentences))
            labels += [n in q.quoted for n in sentences]
            weights += [q.weight] * len(sentences)
    model = HistGradientBoostingClassifier(random_state=seed, **TREES)
    return export_trees(model.fit(np.concatenate(numbers), np.array(labels), sample_weight=np.array(weights)))


def _shares(span: Span, quotation: Span) -> bool:
    return min(span[1], quotation[1]) - max(span[0], quotation[0]) > SHARED
