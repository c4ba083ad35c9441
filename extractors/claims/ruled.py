"""Claims that a trigger pattern reads although the trees doubt them.

Of a predicate with few examples ("followed by", "refractory to") the trees learn less than the patterns know. There the
share of a pattern's readings that are right, measured on the training articles, is the least that a claim scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.pairs import Pair
from extractors.claims.rules import Rule

Scores = npt.NDArray[np.float64]


def admit(
    found: Candidates,
    scores: Scores,
    pairs: Sequence[Pair],
    matched: Mapping[tuple[int, int], Sequence[tuple[int, float]]],
    rules: Sequence[Rule],
    worth: npt.NDArray[np.float32],
) -> tuple[Candidates, Scores]:
    """Return the candidates and their scores with those that patterns read, in the order of pairs and predicates.

    `matched` names the patterns that hold of two entities, `worth` is each pattern's share of right readings; 0 where
    the trees alone decide. What is admitted here has no numbers.
    """
    index = {(pair.subject, pair.object): row for row, pair in enumerate(pairs)}
    own: dict[tuple[int, int], float] = {}
    for ends, numbers in matched.items():
        for number, _ in numbers:
            predicate = rules[number].predicate
            row = index.get((min(ends), max(ends)) if predicate.symmetric else ends)
            if worth[number] and row is not None:
                key = row, PREDICATES.index(predicate)
                own[key] = max(own.get(key, 0.0), float(worth[number]))
    if not own:
        return found, scores
    known = dict(zip(zip(found.rows.tolist(), found.predicates.tolist(), strict=True), scores.tolist(), strict=True))
    best = {key: max(known.get(key, 0.0), own.get(key, 0.0)) for key in sorted({*known, *own})}
    rows, predicates = np.array(list(best), np.intp).T
    return Candidates(rows, predicates, np.zeros((0, 0), np.float32)), np.array(list(best.values()))
