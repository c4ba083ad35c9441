"""A molecule or cell inside a treatment's name is no end of its own: "anti-CD20 therapy for X" says nothing of CD20.

The gold standard's training part has no claim on such a part (of 13,964 ends) but that the treatment targets it. What
was read of the part is believed of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.pairs import Pair
from extractors.claims.reading import Reading
from extractors.values import MentionType, Predicate

Probabilities = npt.NDArray[np.float64]
#: Types whose names are made of what they act on or with.
TREATMENTS = frozenset({MentionType.DRUG, MentionType.PROCEDURE})
#: Types of what stands in such names.
PARTS = frozenset({MentionType.PROTEIN, MentionType.CELL, MentionType.PROCESS})


def of_wholes(reading: Reading, pairs: Sequence[Pair], found: Candidates, scores: Probabilities) -> Probabilities:
    """Return the candidates' probabilities with 0 for those of parts, and the whole's at least as high as they were."""
    whole = _Wholes(reading)
    result = scores.copy()
    if not whole.any:
        return result
    claims = [(pairs[row], PREDICATES[column]) for row, column in zip(found.rows, found.predicates, strict=True)]
    index = {_claim(pair.subject, pair.object, predicate): i for i, (pair, predicate) in enumerate(claims)}
    for i, (pair, predicate) in enumerate(claims):
        subject = whole.of(pair, pair.subject)
        object_ = None if predicate is Predicate.TARGETS else whole.of(pair, pair.object)
        if subject is None and object_ is None:
            continue
        result[i] = 0.0
        ends = pair.subject if subject is None else subject, pair.object if object_ is None else object_
        other = index.get(_claim(*ends, predicate))
        if other is not None:
            result[other] = max(result[other], scores[i])
    return result


class _Wholes:
    """Where in an article parts of treatments' names stand."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._inside: dict[tuple[int, int], int | None] = {}
        for sentence, words in enumerate(reading.sentences):
            treatments = [p for p in words.places if p.kind in TREATMENTS]
            for place in words.places:
                if place.kind not in PARTS:
                    continue
                around = (
                    t.entity
                    for t in treatments
                    if t.mention.start <= place.mention.start
                    and place.mention.end <= t.mention.end
                    and t.mention.span != place.mention.span
                )
                key = place.entity, sentence
                # One mention by itself makes the entity a thing of its own in this sentence.
                self._inside[key] = next(around, None) if self._inside.get(key, place.entity) is not None else None
        self.any = any(entity is not None for entity in self._inside.values())

    def of(self, pair: Pair, entity: int) -> int | None:
        """Return the treatment in whose name alone the pair meets this end, if that is so."""
        numbers = [m.sentence for m in pair.meetings] or sorted({n for n, _ in self._reading.places[entity]})
        around = [self._inside.get((entity, number)) for number in numbers]
        return around[0] if around and None not in around else None


def _claim(subject: int, object_: int, predicate: Predicate) -> tuple[int, int, Predicate]:
    """Return what a claim is known by; of a symmetric one only the entities' order in the document is a candidate."""
    if predicate.symmetric and subject > object_:
        return object_, subject, predicate
    return subject, object_, predicate
