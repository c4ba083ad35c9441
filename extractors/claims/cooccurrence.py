"""The baseline to leave behind: two entities in one sentence, and the commonest predicate for their types."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from extractors.claims.entities import group
from extractors.claims.sentences import Place, read_sentences
from extractors.claims.types import Signature, read_signatures
from extractors.document import Document
from extractors.records import Claim, Evidence
from extractors.values import Effect, MentionType, Predicate

#: The share of such guesses that is right with gold entities on the development set of the gold standard.
SCORE = 0.3
#: Predicates whose evidence carries an effect.
WITH_EFFECT = frozenset({Predicate.TREATS, Predicate.AFFECTS_OUTCOME, Predicate.PREDICTS})


class CooccurrenceExtractor:
    """Claims something of any two entities that share a sentence."""

    name = "cooccurrence"

    def __init__(self, *, max_words: int) -> None:
        self._max_words = max_words
        self._commonest: dict[tuple[MentionType, MentionType], Signature] = {}
        for signature in sorted(read_signatures(), key=lambda s: -s.rank):
            self._commonest[signature.subject, signature.object] = signature

    def extract(self, document: Document) -> Iterator[Evidence]:
        """Yield an evidence for each pair of entities in a sentence whose types a predicate may join."""
        entities = group(document)
        for sentence in read_sentences(document, entities):
            seen: set[tuple[int, int]] = set()
            for a, b in combinations(sentence.places, 2):
                pair = a.entity, b.entity
                if a.entity == b.entity or pair in seen or sentence.distance(a.end, b.start) > self._max_words:
                    continue
                seen.add(pair)
                ordered = self._order(a, b, entities[a.entity].kind, entities[b.entity].kind)
                if ordered is None:
                    continue
                subject, object_, signature = ordered
                claim = Claim(
                    entities[subject.entity].argument(subject.mention),
                    signature.predicate,
                    entities[object_.entity].argument(object_.mention),
                )
                effect = Effect.UNSPECIFIED if signature.predicate in WITH_EFFECT else None
                why = f"{signature.subject} and {signature.object} in one sentence"
                yield Evidence(
                    document.article.id, claim, sentence.sentence.span, self.name, effect, score=SCORE, why=why
                )

    def _order(
        self, a: Place, b: Place, first: MentionType, second: MentionType
    ) -> tuple[Place, Place, Signature] | None:
        forward, backward = self._commonest.get((first, second)), self._commonest.get((second, first))
        if forward and (not backward or forward.rank <= backward.rank):
            return a, b, forward
        return (b, a, backward) if backward else None


def build(*, max_words: int = 60) -> CooccurrenceExtractor:
    """Build the baseline; `max_words` is how far apart two mentions may stand."""
    return CooccurrenceExtractor(max_words=max_words)
