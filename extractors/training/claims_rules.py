"""How far each trigger pattern is to be trusted, and for which predicates more than the trees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.ruled import admit
from extractors.claims.rules import Rule
from extractors.training.claims_data import Example
from extractors.training.claims_measure import measure

#: A predicate's F1 has to gain this much for its patterns to be believed.
GAIN = 0.02
#: Readings of a pattern taken for wrong beside those that were met, so that a rare one is not believed by chance.
DOUBT = 5

Scores = npt.NDArray[np.float64]


def fit_worth(
    examples: Sequence[Example],
    found: Sequence[Candidates],
    scores: Sequence[Scores],
    thresholds: npt.NDArray[np.float64],
    rules: Sequence[Rule],
) -> npt.NDArray[np.float32]:
    """Return each pattern's share of right readings; 0 for those of predicates that gain nothing by them."""
    worth = _shares(examples, rules)
    alone = measure(examples, found, scores, thresholds)
    together = measure(examples, *admitted(examples, found, scores, rules, worth), thresholds)
    gains = [b.f1 - a.f1 for a, b in zip(alone, together, strict=True)]
    trusted = [gains[PREDICATES.index(rule.predicate)] >= GAIN for rule in rules]
    return np.where(trusted, worth, 0).astype(np.float32)


def admitted(
    examples: Sequence[Example],
    found: Sequence[Candidates],
    scores: Sequence[Scores],
    rules: Sequence[Rule],
    worth: npt.NDArray[np.float32],
) -> tuple[list[Candidates], list[Scores]]:
    """Return the candidates and scores of all examples with what patterns read."""
    both = [
        admit(own, score, example.prepared.pairs, example.prepared.rules, rules, worth)
        for example, own, score in zip(examples, found, scores, strict=True)
    ]
    return [own for own, _ in both], [score for _, score in both]


def _shares(examples: Sequence[Example], rules: Sequence[Rule]) -> npt.NDArray[np.float32]:
    right, read = np.zeros(len(rules)), np.zeros(len(rules))
    for example in examples:
        rows = {(pair.subject, pair.object): row for row, pair in enumerate(example.prepared.pairs)}
        for ends, matched in example.prepared.rules.items():
            for number, _ in matched:
                column = PREDICATES.index(rules[number].predicate)
                if ends in rows and example.known[column]:
                    read[number] += 1
                    right[number] += (rows[ends], column) in example.claims
    return (right / (read + DOUBT)).astype(np.float32)
