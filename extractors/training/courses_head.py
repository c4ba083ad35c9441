"""Fits the part of the encoder that judges candidate courses, on what the shipped encoder of claims makes of articles.

The encoder has never been shown a course. The odds that the choice of courses learns from are those of heads that have
not seen the article, one for each fold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import onnx
import torch
from torch import Tensor
from torch.nn import functional

from extractors.claims.words import WORDS, WordReader
from extractors.courses.marks import mark
from extractors.courses.reader import GRAPH, OUTCOMES
from extractors.courses.selection import WITHOUT_COURSES
from extractors.training.claims_descent import fit_head
from extractors.training.claims_export import export_graph
from extractors.training.claims_mentions import fold_of
from extractors.training.courses_examples import Example, matches
from extractors.training.courses_network import WIDTH, CourseHead

SEED = 0
EPOCHS = 6
RATE, DECAY = 1e-3, 0.05
FOLDS = 5
#: How often a gold article counts beside a further annotated one.
GOLD_WEIGHT = 2.0
FOLDER = Path(__file__).parents[1] / "models" / "encoder"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder makes of an article, and what is right: `courses` and `outcomes` have an entry a candidate.

    A candidate that is no course is 0 in `courses` and has -1 for an outcome.
    """

    pieces: Tensor
    marks: tuple[Tensor, ...]
    courses: Tensor
    outcomes: Tensor
    weight: float


def judge_unseen(
    examples: Sequence[Example], say: Callable[[str], None]
) -> tuple[list[list[float] | None], CourseHead]:
    """Return each article's odds of its candidates by a head that has not seen it, and a head that has seen all.

    None where the article has no candidate or its design reports no courses.
    """
    torch.set_num_threads(1)
    reader = WordReader()
    seen = {
        i: _see(example, reader)
        for i, example in enumerate(examples)
        if example.regimens and example.design not in WITHOUT_COURSES
    }
    say(f"{len(seen)} articles read for their courses")
    odds: list[list[float] | None] = [None] * len(examples)
    folds = {i: fold_of(examples[i].document.article.id, FOLDS) for i in seen}
    for fold in range(FOLDS):
        head = _fit({i: article for i, article in seen.items() if folds[i] != fold}, say)
        with torch.no_grad():
            for i in (i for i in seen if folds[i] == fold):
                odds[i] = head(seen[i].pieces.float(), *seen[i].marks)[:, 0].tolist()
    return odds, _fit(seen, say)


def _fit(seen: dict[int, Seen], say: Callable[[str], None]) -> CourseHead:
    return fit_head(CourseHead, seen, _loss, say, rate=RATE, decay=DECAY, epochs=EPOCHS, seed=SEED)


def _loss(head: CourseHead, article: Seen) -> Tensor:
    odds = head(article.pieces.float(), *article.marks)
    total = functional.binary_cross_entropy_with_logits(odds[:, 0], article.courses, reduction="sum")
    told = article.outcomes >= 0
    if told.any():
        total = total + functional.cross_entropy(odds[told, 1:], article.outcomes[told], reduction="sum")
    return total * article.weight


def export(head: CourseHead, folder: Path) -> None:
    """Write the graph, with the digest of the graph of words that it reads from."""
    each, once, of_pieces = (torch.zeros(size, dtype=torch.int64) for size in (3, 1, 40))
    table = torch.ones(3, 40, dtype=torch.int64)
    marks = {
        "sections": of_pieces,
        "mentions": table,
        "places": table,
        "treatments": each,
        "namings": each,
        "candidates": once,
        "design": once,
    }
    axes = {name: {0: "candidates", 1: "pieces"} for name in ("mentions", "places")}
    axes |= {name: {0: "pieces"} for name in ("pieces", "sections")}
    axes |= {name: {0: "candidates"} for name in ("treatments", "namings", "odds")}
    export_graph(head, {"pieces": torch.zeros(40, WIDTH), **marks}, axes, folder / GRAPH)
    graph = onnx.load(folder / GRAPH)
    onnx.helper.set_model_props(graph, {WORDS: sha256((folder / WORDS).read_bytes()).hexdigest()})
    onnx.save(graph, folder / GRAPH)


def _see(example: Example, reader: WordReader) -> Seen:
    words = reader.read(example.document)
    marks = mark(words, example.regimens, example.regimens, example.design)
    hits = [[c for c, drugs in example.courses if matches(r, drugs)] for r in example.regimens]
    return Seen(
        # Half precision: there are a million pieces.
        torch.from_numpy(words.last).half(),
        tuple(torch.from_numpy(numbers) for numbers in marks.inputs().values()),
        torch.tensor([float(bool(found)) for found in hits]),
        torch.tensor([OUTCOMES.index(found[0]["outcome"]) if found else -1 for found in hits]),
        GOLD_WEIGHT if example.gold else 1.0,
    )
