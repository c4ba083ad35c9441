"""Drug combinations of a sentence against a corpus of n-ary combinations (Drug Combination Extraction, NAACL 2022).

A combination counts where its set of drugs is exactly an annotated one (the corpus's exact-match measure): `any` takes
positive and other combinations together, `positive` only those with a good effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from extractors.records import Argument, Article, Course, Effect, Evidence, Predicate, Span
from extractors.scores import Score, compare
from pipeline.evaluation.claims import touches
from pipeline.evaluation.json_lines import read_lines

#: Numbers of a sentence's drugs, in rising order.
Drugs = tuple[int, ...]

NOTHING = Score()
POSITIVE = "POS"
CLASSES = frozenset({POSITIVE, "NEG", "COMB"})
#: The outcome of a course that speaks for its drugs.
GOOD = "improved"


@dataclass(frozen=True, slots=True)
class CombinationSentence:
    """A sentence with its drugs in text order, offsets into the article's text; `gold` maps drugs to the class."""

    id: str
    article: Article
    span: Span
    drugs: tuple[Span, ...]
    gold: Mapping[Drugs, str]

    @property
    def names(self) -> tuple[str, ...]:
        """The drugs as written, in lower case."""
        return tuple(self.article.text[start:end].lower() for start, end in self.drugs)


@dataclass(frozen=True, slots=True)
class CombinationScores:
    """Exact-match counts of combinations."""

    any: Score = NOTHING
    positive: Score = NOTHING

    def __add__(self, other: CombinationScores) -> CombinationScores:
        return CombinationScores(self.any + other.any, self.positive + other.positive)


def read(path: Path) -> tuple[CombinationSentence, ...]:
    """Read the corpus's JSON lines; raises InputError that names file, line and what is wrong."""
    return read_lines(path, _sentence, "sentence with drug combinations")


def _sentence(data: Mapping[str, Any]) -> CombinationSentence:
    text, sentence = data["paragraph"], data["sentence"]
    at = text.find(sentence)
    if at < 0:
        raise ValueError("the sentence is not in its paragraph")
    # A paragraph begins with the title; the line break of an article's text takes the place of the blank after it.
    cut = text.find(". ") + 1
    inside = at < cut < at + len(sentence)
    title, abstract = (text[:cut], text[cut + 1 :]) if cut and not inside else ("", text)
    shift = 0 if title else 1
    spans = sorted(data["spans"], key=lambda s: (s["start"], s["end"]))
    rank = {s["span_id"]: i for i, s in enumerate(spans)}
    gold = {}
    for relation in data["rels"]:
        if relation["class"] not in CLASSES:
            raise ValueError(f"{relation['class']!r} is not a class of combinations")
        gold[tuple(sorted(rank[s] for s in relation["spans"]))] = relation["class"]
    return CombinationSentence(
        data["doc_id"],
        Article(data["doc_id"], title, abstract),
        (at + shift, at + shift + len(sentence)),
        tuple((at + shift + s["start"], at + shift + s["end"]) for s in spans),
        gold,
    )


def extracted(
    sentence: CombinationSentence, evidence: Iterable[Evidence], courses: Iterable[Course]
) -> dict[Drugs, bool]:
    """Return the combinations that claims and courses make of the sentence's drugs → whether they are said to work.

    Drugs that are all claimed to be combined with one another are one combination, as are those of a course that names
    several. Of a drug that the sentence names twice the first mention counts.
    """
    graph = nx.Graph()
    good: set[int] = set()
    found: dict[Drugs, bool] = {}
    for e in evidence:
        a, b = _drugs(sentence, e.claim.subject), _drugs(sentence, e.claim.object)
        if e.claim.predicate is Predicate.COMBINED_WITH and not e.negated:
            graph.add_edges_from((i, j) for i in a[:1] for j in b[:1] if i != j)
        elif e.effect is Effect.EFFECTIVE:
            good.update(a)
    for clique in nx.find_cliques(graph):
        drugs = tuple(sorted(clique))
        found[drugs] = not good.isdisjoint(drugs)
    for course in courses:
        if course.sentence[0] < sentence.span[1] and sentence.span[0] < course.sentence[1]:
            drugs = tuple(sorted({own[0] for c in course.current if (own := _drugs(sentence, c))}))
            if len(drugs) > 1:
                found[drugs] = found.get(drugs, False) or course.outcome == GOOD or not good.isdisjoint(drugs)
    return found


def _drugs(sentence: CombinationSentence, argument: Argument) -> list[int]:
    return [i for i, span in enumerate(sentence.drugs) if touches(argument, (span,))]


def all_together(sentence: CombinationSentence) -> dict[Drugs, bool]:
    """Return the plainest guess: all drugs of the sentence are one combination, and it works."""
    names = sentence.names
    drugs = tuple(i for i, name in enumerate(names) if name not in names[:i])
    return {drugs: True} if len(drugs) > 1 else {}


def score(results: Iterable[tuple[CombinationSentence, Mapping[Drugs, bool]]]) -> CombinationScores:
    """Count exact matches; a repeated combination counts once."""
    total = CombinationScores()
    for sentence, found in results:
        total += CombinationScores(
            compare({(d,) for d in found}, {(d,) for d in sentence.gold}),
            compare(
                {(d,) for d, works in found.items() if works}, {(d,) for d, k in sentence.gold.items() if k == POSITIVE}
            ),
        )
    return total
