"""kindred (Lever and Jones, 2017) trained on annotated claims and asked for them, on given mentions.

Its own features (types, words and bigrams around and between, dependency path) and its logistic regression; a claim is
given to it as a relation between every two mentions of its ends that share a sentence, since it reads sentence by
sentence.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Any

from benchmarks.claim_documents import Pairs
from extractors.claims.entities import Entity, group
from extractors.claims.types import read_signatures
from extractors.document import Document
from extractors.records import Claim, Evidence, Mention, Predicate
from extractors.training.claims_data import LONGEST_ARGUMENT, GoldDocument, overlap

ROLES = ["subject", "object"]


def available() -> bool:
    """Say whether kindred is installed."""
    return importlib.util.find_spec("kindred") is not None


class Kindred:
    """kindred over articles that are parsed once; it is trained on some of them and asked for the claims of others."""

    def __init__(self, pairs: Pairs, model: str) -> None:
        import kindred  # type: ignore[import-not-found]

        self._kindred, self._pairs, self._model = kindred, pairs, model
        self._known = []
        for gold, document in pairs:
            mentions = [
                (number, m, kindred.Entity(str(entity.type), m.text, [m.span], sourceEntityID=str(number)))
                for number, entity in enumerate(group(document))
                for m in entity.mentions
            ]
            relations = list(_relations(kindred, gold, document, mentions))
            entities = [e for _, _, e in mentions]
            self._known.append(kindred.Document(document.article.text, entities=entities, relations=relations))
        kindred.Parser(model=model).parse(self._corpus(self._known))
        for own in self._known:
            for sentence in own.sentences:
                # Paths are asked for twice a candidate and again for each fold; they do not change.
                sentence.extractMinSubgraphContainingNodes = _remembered(sentence.extractMinSubgraphContainingNodes)

    def train(self, train: Iterable[int]) -> Any:
        """Return kindred's classifier, trained on these articles."""
        joinable = sorted({(str(s.subject), str(s.object)) for s in read_signatures()})
        classifier = self._kindred.RelationClassifier(
            "LogisticRegression", acceptedEntityTypes=joinable, model=self._model
        )
        classifier.train(self._corpus([self._known[i] for i in train], parsed=True))
        return classifier

    def train_and_find(self, train: Iterable[int], test: Sequence[int]) -> list[list[Evidence]]:
        """Return the claims that kindred finds in each test article; their scores are its probabilities."""
        classifier = self.train(train)
        asked = []
        for i in test:
            own = self._kindred.Document(self._known[i].text, entities=self._known[i].entities, relations=[])
            own.sentences = self._known[i].sentences
            asked.append(own)
        classifier.predict(self._corpus(asked, parsed=True))
        return [_evidence(self._pairs[i][1], own.relations) for i, own in zip(test, asked, strict=True)]

    def _corpus(self, documents: list[Any], *, parsed: bool = False) -> Any:
        corpus = self._kindred.Corpus()
        for document in documents:
            corpus.addDocument(document)
        corpus.parsed = parsed
        return corpus


def _remembered(find: Callable[[list[int]], Any]) -> Callable[[list[int]], Any]:
    known: dict[tuple[int, ...], Any] = {}

    def recall(words: list[int]) -> Any:
        key = tuple(sorted(set(words)))
        if key not in known:
            known[key] = find(words)
        return known[key]

    return recall


def _relations(kindred: Any, gold: GoldDocument, document: Document, mentions: list[tuple[int, Mention, Any]]) -> Any:
    sentence = {id(m): number for number, own in enumerate(document.mentions_by_sentence) for m in own}
    seen = set()
    for claim in gold.claims:
        for (s, a, first), (o, b, second) in product(_of(claim.subject, mentions), _of(claim.object, mentions)):
            if s == o or sentence.get(id(a), -1) != sentence.get(id(b), -2):
                continue
            orders = [(first, second), (second, first)] if claim.predicate.symmetric else [(first, second)]
            for pair in orders:
                key = claim.predicate, pair[0].entityID, pair[1].entityID
                if key not in seen:
                    seen.add(key)
                    yield kindred.Relation(str(claim.predicate), list(pair), argNames=ROLES)


def _of(end: Any, mentions: list[tuple[int, Mention, Any]]) -> list[tuple[int, Mention, Any]]:
    """Return all mentions of the entities that one of an end's spans touches."""
    touched = {
        number
        for number, m, _ in mentions
        if m.end - m.start <= LONGEST_ARGUMENT and any(overlap(m.span, g) for g in end)
    }
    return [found for found in mentions if found[0] in touched]


def _evidence(document: Document, relations: Any) -> list[Evidence]:
    entities: tuple[Entity, ...] = group(document)
    best: dict[tuple[Predicate, int, int], float] = {}
    for relation in relations:
        predicate = Predicate(relation.relationType)
        s, o = (int(e.sourceEntityID) for e in relation.entities)
        key = (predicate, *((min(s, o), max(s, o)) if predicate.symmetric else (s, o)))
        if s != o:
            best[key] = max(best.get(key, 0.0), float(relation.probability))
    return [
        Evidence(
            document.article.id,
            Claim(entities[s].argument(), predicate, entities[o].argument()),
            (0, 0),
            "kindred",
            score=probability,
        )
        for (predicate, s, o), probability in sorted(best.items())
    ]
