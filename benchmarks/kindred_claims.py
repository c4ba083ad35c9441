"""kindred (Lever and Jones, 2017) trained on annotated claims and asked for them, on given mentions.

Its own features (types, words and bigrams around and between, dependency path) and its logistic regression; a claim is
given to it as a relation between every two mentions of its ends that share a sentence, since it reads sentence by
sentence.
"""

from __future__ import annotations

import importlib.util
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


def train_and_find(train: Pairs, test: Pairs, model: str) -> list[list[Evidence]]:
    """Return the claims that kindred finds in each test article; their scores are its probabilities."""
    import kindred  # type: ignore[import-not-found]

    joinable = sorted({(str(s.subject), str(s.object)) for s in read_signatures()})
    classifier = kindred.RelationClassifier("LogisticRegression", acceptedEntityTypes=joinable, model=model)
    classifier.train(_corpus(kindred, train, known=True))
    corpus = _corpus(kindred, test, known=False)
    classifier.predict(corpus)
    return [_evidence(d, own.relations) for (_, d), own in zip(test, corpus.documents, strict=True)]


def _corpus(kindred: Any, pairs: Pairs, *, known: bool) -> Any:
    corpus = kindred.Corpus()
    for gold, document in pairs:
        mentions = [
            (number, m, kindred.Entity(str(entity.type), m.text, [m.span], sourceEntityID=str(number)))
            for number, entity in enumerate(group(document))
            for m in entity.mentions
        ]
        relations = list(_relations(kindred, gold, document, mentions)) if known else []
        corpus.addDocument(
            kindred.Document(document.article.text, entities=[e for _, _, e in mentions], relations=relations)
        )
    return corpus


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
