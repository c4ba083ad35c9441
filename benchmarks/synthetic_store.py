"""Build a store of any size out of nothing, for the benchmarks of the questions: names drawn by Zipf's law.

    python benchmarks/synthetic_store.py --concepts 100000 --evidence 1000000 OUT/sicca.db

Same arguments, same content.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from extractors.records import Argument, Article, Claim, Concept, Course, Evidence, Mention, Passage, Sentence, Study
from extractors.values import Certainty, Effect, MentionType, Predicate, StudyDesign
from graphs.assembly import assemble
from graphs.store import Store

#: Share of each type among the concepts.
TYPES = (
    (MentionType.DRUG, 20), (MentionType.DISEASE, 25), (MentionType.PROTEIN, 35), (MentionType.CELL, 5),
    (MentionType.PROCESS, 10), (MentionType.OUTCOME, 5),
)  # fmt: skip
#: Predicates with the types of their ends and their share of the evidence (as in gold train, rounded).
SHAPES = (
    (Predicate.TREATS, MentionType.DRUG, MentionType.DISEASE, 20),
    (Predicate.AFFECTS_OUTCOME, MentionType.DRUG, MentionType.OUTCOME, 15),
    (Predicate.CAUSES_ADVERSE_EVENT, MentionType.DRUG, MentionType.DISEASE, 8),
    (Predicate.COMBINED_WITH, MentionType.DRUG, MentionType.DRUG, 8),
    (Predicate.REFRACTORY_TO, MentionType.DISEASE, MentionType.DRUG, 5),
    (Predicate.TARGETS, MentionType.DRUG, MentionType.PROTEIN, 6),
    (Predicate.INCREASES, MentionType.PROTEIN, MentionType.PROCESS, 10),
    (Predicate.DECREASES, MentionType.DRUG, MentionType.PROTEIN, 8),
    (Predicate.INVOLVED_IN, MentionType.PROTEIN, MentionType.DISEASE, 8),
    (Predicate.PREDICTS, MentionType.PROTEIN, MentionType.DISEASE, 5),
    (Predicate.ASSOCIATED_WITH, MentionType.DISEASE, MentionType.DISEASE, 7),
)
#: Sentences with claims in an article.
CLAIMS_AN_ARTICLE = 10


class World:
    """Concepts and a seeded chance; what is drawn first is drawn most."""

    def __init__(self, concepts: int, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (a benchmark, not a secret)
        kinds = [type_ for type_, share in TYPES for _ in range(share)]
        self.concepts: dict[MentionType, list[Concept]] = {type_: [] for type_, _ in TYPES}
        for number in range(concepts):
            type_ = kinds[number % len(kinds)]
            siblings = self.concepts[type_]
            parents = (siblings[len(siblings) // 8].curie,) if siblings else ()
            name = f"{type_.lower()} {self._word()}{len(siblings)}"
            names = tuple(f"{self._word()} {name} {i}" for i in range(3))
            siblings.append(Concept(f"BENCH:{number:07d}", name, type_, names, parents=parents))
        self.weights = {
            type_: list(itertools.accumulate(1 / (rank + 1) for rank in range(len(found))))
            for type_, found in self.concepts.items()
        }

    def draw(self, type_: MentionType) -> Concept:
        """Return a concept; the n-th is drawn 1/n as often as the first."""
        weights = self.weights[type_]
        return self.concepts[type_][bisect.bisect(weights, self.random.random() * weights[-1])]

    def _word(self) -> str:
        return "".join(self.random.choice("bcdfglmnprstv") + self.random.choice("aeiou") for _ in range(3))


def put_article(store: Store, world: World, number: int) -> None:
    """Write an article whose every sentence states a claim."""
    chance = world.random
    shapes = chance.choices(SHAPES, [shape[3] for shape in SHAPES], k=CLAIMS_AN_ARTICLE)
    title = f"Article {number}."
    key, at = f"PMID:{number}", len(title) + 1
    sentences, mentions, evidence, parts = [Sentence(0, len(title))], [], [], []
    for predicate, first, second, _ in shapes:
        subject, object_ = world.draw(first), world.draw(second)
        if subject == object_:
            continue
        text = f"{subject.name} {predicate} {object_.name} in this study."
        tail = at + len(subject.name) + len(predicate) + 2
        ends = (
            Argument(subject.curie, subject.name, first, ((at, at + len(subject.name)),)),
            Argument(object_.curie, object_.name, second, ((tail, tail + len(object_.name)),)),
        )
        mentions += [Mention(*e.spans[0], e.name, e.type, e.concept, e.name, "benchmark") for e in ends]
        sentences.append(Sentence(at, at + len(text), 1))
        effect = chance.choice((Effect.EFFECTIVE, Effect.EFFECTIVE, Effect.INEFFECTIVE, Effect.UNSPECIFIED))
        evidence.append(
            Evidence(
                key,
                Claim(ends[0], predicate, ends[1]),
                (at, at + len(text)),
                "benchmark",
                effect if predicate is Predicate.TREATS else None,
                negated=chance.random() < 0.05,
                certainty=chance.choice((Certainty.ASSERTED, Certainty.ASSERTED, Certainty.SPECULATIVE)),
                score=round(chance.uniform(0.3, 1), 3),
            )
        )
        parts.append(text)
        at += len(text) + 1
    abstract = " ".join(parts)
    passages = (Passage(0, len(title)), Passage(len(title) + 1, len(title) + 1 + len(abstract), None, "RESULTS"))
    article = Article(key, title, abstract, passages, journal="Bench", year=1990 + number % 35)
    study = Study(key, chance.choice(tuple(StudyDesign)), chance.choice((None, 5, 30, 200)))
    store.put(article, sentences, mentions, evidence, _courses(world, key, sentences), study, stage_key="benchmark")


def _courses(world: World, key: str, sentences: Sequence[Sentence]) -> list[Course]:
    """Return a course for every third article, half of them after the failure of another drug."""
    if world.random.random() > 1 / 3:
        return []
    condition, current, prior = (world.draw(t) for t in (MentionType.DISEASE, MentionType.DRUG, MentionType.DRUG))
    ends = [Argument(c.curie, c.name, c.type) for c in (condition, current, prior)]
    after = world.random.random() < 0.5
    return [
        Course(
            key,
            ends[0],
            (ends[1],),
            sentences[-1].span,
            prior=(ends[2],) if after else (),
            prior_reason="refractory" if after else None,
            patients=10,
            responders=world.random.randint(0, 10),
            outcome="improved",
        )
    ]


def build(path: Path, *, concepts: int, evidence: int, seed: int = 1) -> None:
    """Write the store; prints how long each step took."""
    start = time.perf_counter()
    world = World(concepts, seed)
    with Store(path) as store:
        # A benchmark's store may be lost in a crash: no waiting for the disk.
        store.connection.execute("PRAGMA synchronous = OFF")
        store.put_concepts(concept for found in world.concepts.values() for concept in found)
        print(f"{concepts} concepts: {time.perf_counter() - start:.1f} s")
        start = time.perf_counter()
        for number in range(evidence // CLAIMS_AN_ARTICLE):
            put_article(store, world, number + 1)
        print(f"{evidence} evidence rows: {time.perf_counter() - start:.1f} s")
        start = time.perf_counter()
        changed = assemble(store)
        print(f"{changed} claims assembled: {time.perf_counter() - start:.1f} s")


def main() -> None:
    """Read the arguments and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--evidence", type=int, default=1_000_000)
    arguments = parser.parse_args()
    if arguments.path.exists():
        sys.exit(f"{arguments.path}: exists already")
    arguments.path.parent.mkdir(parents=True, exist_ok=True)
    build(arguments.path, concepts=arguments.concepts, evidence=arguments.evidence)


if __name__ == "__main__":
    main()
