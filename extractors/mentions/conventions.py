"""What counts as a mention depends on who annotated: which corpus an article is like, and its schemes' scores pooled.

A case report of a drug's toxicity is annotated like BC5CDR (symptoms are diseases), a linkage study like the NCBI
disease corpus (they are not). The shares of the schemes come from a logistic regression over the article's words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.mentions.tagger import IMPOSSIBLE, LABELS, Scores, Weights
from extractors.mentions.word_features import Hashes

#: Buckets of words in the regression.
BUCKETS = 1 << 14
#: How much evidence a type needs in an article whose scheme does not label it; set on the dev splits.
FOREIGN = 4.0
#: Score of a step between types that no scheme labels together.
UNKNOWN_STEP = np.float32(-1.0)

_TYPES = tuple(label[2:] for label in LABELS)


@dataclass(frozen=True)
class ArticleKinds:
    """Weights of a multinomial logistic regression from the words of an article to the schemes."""

    coefficients: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    def shares(self, normals: Hashes) -> NDArray[np.float64]:
        """Return the probability of each scheme given the hashes of the article's words in normal form."""
        buckets = bucket(normals)
        scores = self.coefficients[:, buckets].sum(axis=1) / np.sqrt(len(buckets)) + self.intercepts
        powers = np.exp(scores.astype(np.float64) - scores.max())
        shares: NDArray[np.float64] = powers / powers.sum()
        return shares


def bucket(normals: Hashes) -> NDArray[np.uint64]:
    """Return the distinct buckets of an article's words."""
    distinct: NDArray[np.uint64] = np.unique(normals % np.uint64(BUCKETS))
    return distinct


class Pool:
    """Turns the scores of all schemes into one labelling's scores."""

    def __init__(self, weights: Weights) -> None:
        self.schemes = weights.schemes
        self._columns = [(self.schemes.index(scheme), LABELS.index(label)) for scheme, label in weights.columns]
        kinds = [{*weights.types(scheme), ""} for scheme in self.schemes]
        known = np.array([[kind in types for kind in _TYPES] for types in kinds])
        self._known = known
        self._steps = known[:, :, None] & known[:, None, :]
        self._transitions = weights.transitions
        #: The type that decides whose transition counts: that of the label stepped to, or from where that is "O".
        self._decides = np.array([[j if kind else i for j, kind in enumerate(_TYPES)] for i in range(len(_TYPES))])
        inner = np.array([label[0] == "I" for label in LABELS])
        same = np.array([[a == b for b in _TYPES] for a in _TYPES])
        self._impossible = inner[None, :] & ~same

    def pool(self, scores: Scores, shares: NDArray[np.float64]) -> tuple[Scores, Scores]:
        """Return the emission scores of LABELS and the transition scores between them."""
        by_label = self._known * shares[:, None]
        native = by_label.sum(axis=0)
        by_label = by_label / np.maximum(native, 1e-9)
        emissions = np.zeros((len(scores), len(LABELS)), dtype=np.float32)
        for column, (scheme, label) in enumerate(self._columns):
            emissions[:, label] += np.float32(by_label[scheme, label]) * scores[:, column]
        for label, name in enumerate(LABELS):
            if name[0] == "B":
                emissions[:, label] -= np.float32(FOREIGN * (1 - native[label]))
        weights = by_label[:, self._decides] * self._steps
        total = weights.sum(axis=0)
        transitions = (weights * self._transitions).sum(axis=0) / np.maximum(total, 1e-9)
        transitions = np.where(total > 0, transitions, UNKNOWN_STEP)
        return emissions, np.where(self._impossible, IMPOSSIBLE, transitions).astype(np.float32)
