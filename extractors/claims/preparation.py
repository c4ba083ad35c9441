"""The input of the first stage: the candidate pairs of a document with their features and what their types allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.claims.candidates import PREDICATES
from extractors.claims.features import PairFeatures
from extractors.claims.matcher import Match, PatternMatcher
from extractors.claims.pairs import Pair, find_pairs
from extractors.claims.reading import Reading
from extractors.claims.types import Signature
from extractors.document import Document
from extractors.values import MentionType


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document's pairs; `allowed` has a row a pair and a column a predicate."""

    reading: Reading
    pairs: tuple[Pair, ...]
    features: tuple[npt.NDArray[np.int32], ...]
    allowed: npt.NDArray[np.bool_]
    matches: tuple[Match, ...]
    rules: dict[tuple[int, int], list[tuple[int, float]]]


class Preparer:
    """Reads documents into pairs and features; what the signatures allow is looked up once."""

    def __init__(self, matcher: PatternMatcher, signatures: tuple[Signature, ...]) -> None:
        self._matcher = matcher
        kinds = {(s.subject, s.object) for s in signatures}
        known = {(s.predicate, s.subject, s.object) for s in signatures}
        self._joinable = frozenset(kinds)
        self._allowed: dict[tuple[MentionType, MentionType], list[bool]] = {
            (s, o): [(p, s, o) in known for p in PREDICATES] for s, o in kinds
        }

    def prepare(self, document: Document) -> Prepared:
        """Return the document's candidate pairs."""
        reading = Reading(document)
        matches = tuple(m for s in reading.sentences for m in self._matcher.find(s, reading.entities))
        rules: dict[tuple[int, int], set[tuple[int, float]]] = {}
        for m in matches:
            rules.setdefault((m.subject.entity, m.object.entity), set()).add((m.number, m.rule.score))
        ordered = {ends: sorted(found) for ends, found in rules.items()}
        pairs = tuple(find_pairs(reading, self._joinable))
        pair_features = PairFeatures(reading, ordered)
        allowed = [self._allowed[reading.entities[p.subject].kind, reading.entities[p.object].kind] for p in pairs]
        return Prepared(
            reading,
            pairs,
            pair_features.all_lexical(pairs),
            np.array(allowed, bool).reshape(len(pairs), len(PREDICATES)),
            matches,
            ordered,
        )


def probabilities_of(odds: npt.NDArray[np.float32], prepared: Prepared) -> npt.NDArray[np.float32]:
    """Return the probabilities of log odds, a row a pair and a column a predicate.

    They are 0 where the types do not allow the predicate, then averaged over the two orders of a pair where it is
    symmetric.
    """
    probabilities = (1 / (1 + np.exp(-odds))).astype(np.float32)
    probabilities[~prepared.allowed] = 0
    return _both_ways(probabilities, prepared.pairs)


def _both_ways(probabilities: npt.NDArray[np.float32], pairs: tuple[Pair, ...]) -> npt.NDArray[np.float32]:
    index = {(p.subject, p.object): i for i, p in enumerate(pairs)}
    back = np.array([index.get((p.object, p.subject), i) for i, p in enumerate(pairs)], np.intp)
    result = probabilities.copy()
    symmetric = [i for i, p in enumerate(PREDICATES) if p.symmetric]
    result[:, symmetric] = (probabilities[:, symmetric] + probabilities[back][:, symmetric]) / 2
    return result
