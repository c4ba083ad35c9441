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
FOREIGN = 7.0
#: Schemes no article is said to be like; they help another with the types that both label, by this share of its own.
HELPERS = {"jnlpba": ("gold", 0.5), "outcomes": ("gold", 0.3)}
#: The scheme that lists only mentions which take part in claims, so that its weights hold back.
PARTIAL = "gold"
#: What is added for each mention in an article of the partial scheme, so that others are found too; set on gold dev.
EAGERNESS = 1.5
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


def kinds_of(schemes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the schemes that an article can be like: all but the helpers."""
    return tuple(scheme for scheme in schemes if scheme not in HELPERS)


class Pool:
    """Turns the scores of all schemes into one labelling's scores."""

    def __init__(self, weights: Weights, *, eagerness: float = EAGERNESS) -> None:
        schemes, kinds = weights.schemes, kinds_of(weights.schemes)
        hosts = [HELPERS.get(scheme, (scheme, 1.0)) for scheme in schemes]
        self._parts = np.array([[part if host == kind else 0.0 for kind in kinds] for host, part in hosts])
        types = [{*weights.types(scheme), ""} for scheme in schemes]
        self._known = np.array([[kind in labelled for kind in _TYPES] for labelled in types])
        self._steps = self._known[:, :, None] & self._known[:, None, :]
        self._transitions = weights.transitions
        self._columns = [(schemes.index(scheme), LABELS.index(label)) for scheme, label in weights.columns]
        self._first = np.array([label[0] == "B" for label in LABELS])
        partial = schemes.index(PARTIAL)
        self._eager = np.where(self._first & self._known[partial], eagerness, 0.0)
        self._partial = kinds.index(PARTIAL)
        #: The type that decides whose transition counts: that of the label stepped to, or from where that is "O".
        self._decides = np.array([[j if kind else i for j, kind in enumerate(_TYPES)] for i in range(len(_TYPES))])
        inner = np.array([label[0] == "I" for label in LABELS])
        same = np.array([[a == b for b in _TYPES] for a in _TYPES])
        self._impossible = inner[None, :] & ~same

    def domain(self, shares: NDArray[np.float64]) -> float:
        """Return the share of the scheme of our own field."""
        return float(shares[self._partial])

    def pool(self, scores: Scores, shares: NDArray[np.float64]) -> tuple[Scores, Scores]:
        """Return the emission scores of LABELS and the transition scores between them.

        `shares` are those of `kinds_of(schemes)`, in their order.
        """
        by_label = self._known * (self._parts * shares).sum(axis=1)[:, None]
        native = by_label.sum(axis=0)
        by_label = by_label / np.maximum(native, 1e-9)
        foreign = np.where(self._first, FOREIGN * np.maximum(0, 1 - native), 0)
        # Column by column: as a product of matrices, BLAS would start threads, which cost more than they do here, and
        # add up in an order that depends on the machine.
        emissions = np.zeros((len(LABELS), len(scores)), dtype=np.float32)
        for own, place in zip(np.ascontiguousarray(scores.T), self._columns, strict=True):
            emissions[place[1]] += own * np.float32(by_label[place])
        emissions = np.ascontiguousarray(emissions.T) + (self._eager * shares[self._partial] - foreign).astype(
            np.float32
        )
        weights = by_label[:, self._decides] * self._steps
        total = weights.sum(axis=0)
        transitions = (weights * self._transitions).sum(axis=0) / np.maximum(total, 1e-9)
        transitions = np.where(total > 0, transitions, UNKNOWN_STEP)
        return emissions, np.where(self._impossible, IMPOSSIBLE, transitions).astype(np.float32)
