"""What the encoder makes of the candidates that the trees judge, and one probability from both.

A logistic regression over the trees' odds, the encoder's odds and those of a candidate's rivals, with a start for each
predicate; and one for each choice of manner (effect, negation, certainty) over what the words around a claim say and
what the encoder says of it. All were fitted on articles that neither side had seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

from extractors.claims.candidates import NOTHING, Candidates
from extractors.claims.encoder import PairEncoder, Rows
from extractors.claims.model import Calibration
from extractors.claims.pairs import Pair
from extractors.claims.preparation import Prepared
from extractors.claims.words import FOLDER

Table = npt.NDArray[np.float32]
Odds = npt.NDArray[np.float64]

#: The numbers of a candidate, in the order of their weights.
NUMBERS = ("trees", "encoder", "the other way round", "another predicate", "another object", "another subject")
#: What was learnt, beside the graphs.
BLEND = "blend.npz"


@dataclass(frozen=True, slots=True)
class Blend:
    """Weights of NUMBERS, a start for each predicate, what the sum is worth, and the predicates' thresholds.

    `manner` has a row for each class by its words and then for each by the encoder, and a column a class.
    """

    weights: Table
    starts: Table
    calibration: Calibration
    thresholds: Table
    manner: Table
    manner_starts: Table

    def odds(self, numbers: Odds, predicates: npt.NDArray[np.intp]) -> Odds:
        """Return the log odds of candidates from their numbers."""
        return np.asarray((numbers * self.weights).sum(axis=1) + self.starts[predicates], np.float64)

    def manner_odds(self, words: Table, encoder: Table) -> Table:
        """Return the log odds of the classes of manner from those by the words and by the encoder, a row a claim."""
        # Not a product of matrices: this sums in the same order on every machine.
        both = np.concatenate([words, encoder], axis=1)
        return np.asarray((both[:, :, None] * self.manner).sum(axis=1) + self.manner_starts, np.float32)


class SecondOpinion:
    """The encoder with what its odds are worth beside the trees' and the words'."""

    def __init__(self) -> None:
        self._encoder = PairEncoder()
        with (resources.files(FOLDER) / BLEND).open("rb") as file, np.load(file) as stored:
            calibration = Calibration(stored["calibration_odds"], stored["calibration_probabilities"])
            plain = (stored[name] for name in ("thresholds", "manner", "manner_starts"))
            self._blend = Blend(stored["weights"], stored["starts"], calibration, *plain)
            #: The classes of manner, in the order of their columns.
            self.classes = tuple(stored["classes"].tolist())

    @property
    def thresholds(self) -> Table:
        """The least probability of each predicate that is claimed."""
        return self._blend.thresholds

    def read(self, prepared: Prepared) -> Opinion:
        """Return the opinion on a document."""
        return Opinion(self._encoder, self._blend, prepared)


class Opinion:
    """What the encoder makes of one document, and what comes of it beside the others' odds."""

    def __init__(self, encoder: PairEncoder, blend: Blend, prepared: Prepared) -> None:
        self._encoder, self._blend, self._prepared = encoder, blend, prepared
        self._reading = encoder.read(prepared)

    def probability(self, found: Candidates, trees: Odds) -> Odds:
        """Return the probability of each candidate; `trees` are the second stage's log odds."""
        numbers = opinions(self._reading.odds, self._prepared.pairs, found, trees)
        odds = self._blend.odds(numbers, found.predicates)
        return np.asarray(self._blend.calibration.probability(odds), np.float64)

    def manner(self, rows: Rows, predicates: Rows, words: Table) -> Table:
        """Return the log odds of the classes of manner of claims; `words` are those by the words around them."""
        return self._blend.manner_odds(words, self._encoder.manner(self._reading, rows, predicates))


def opinions(encoder: Table, pairs: tuple[Pair, ...], found: Candidates, trees: Odds) -> Odds:
    """Return NUMBERS for each candidate; `encoder` are the log odds of all pairs."""
    subjects, objects = (np.array(ends, np.intp) for ends in zip(*((p.subject, p.object) for p in pairs), strict=True))
    index = {(p.subject, p.object): i for i, p in enumerate(pairs)}
    back = np.array([index.get((p.object, p.subject), -1) for p in pairs], np.intp)
    rows, predicates = found.rows, found.predicates
    others = encoder[rows]
    others[np.arange(len(rows)), predicates] = NOTHING
    reverse = np.where(back[rows] >= 0, encoder[back[rows], predicates], NOTHING)
    numbers = np.stack(
        [
            trees,
            encoder[rows, predicates],
            reverse,
            others.max(axis=1),
            _best_rival(encoder, subjects)[rows, predicates],
            _best_rival(encoder, objects)[rows, predicates],
        ],
        axis=1,
    )
    return np.asarray(numbers, np.float64)


def _best_rival(odds: Table, ends: npt.NDArray[np.intp]) -> Table:
    """Return for each pair and predicate the best odds among the other pairs that have the same entity at this end."""
    order = np.argsort(ends, kind="stable")
    _, starts, sizes = np.unique(ends[order], return_index=True, return_counts=True)
    own = odds[order]
    group = np.repeat(np.arange(len(starts)), sizes)
    best = np.maximum.reduceat(own, starts, axis=0)[group]
    # The best of a group has the second best as its rival; ties are each other's rivals.
    is_best = own == best
    several = np.add.reduceat(is_best, starts, axis=0, dtype=np.intp)[group] > 1
    second = np.maximum.reduceat(np.where(is_best, NOTHING, own), starts, axis=0)[group]
    result = np.empty_like(odds)
    result[order] = np.where(is_best & ~several, second, best)
    return result
