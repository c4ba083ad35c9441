"""Candidate courses judged by the encoder: was it given to patients of this article, and with what outcome.

Each candidate looks back at all pieces of the abstract (attention, as claims do for their manner), knowing which of
them name it. `courses.onnx` was fitted by `extractors/training/courses_head.py` on what the encoder of claims makes of
pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

import numpy as np

from extractors.claims.words import FOLDER, Table, session, shipped
from extractors.courses.marks import mark
from extractors.courses.regimens import Regimen
from extractors.document import Document
from extractors.values import StudyDesign

#: The graph, and what it gives after the odds of being a course. Its metadata keep, under the name of the graph of
#: words, the SHA-256 of the one whose vectors it was fitted on.
GRAPH = "courses.onnx"
OUTCOMES = ("improved", "mixed", "no_benefit", "not_stated", "worsened")


class CourseReader:
    """Judges candidate courses with the shipped weights; `among` are all candidates of the article."""

    def __init__(self) -> None:
        self._words = shipped()
        self._graph = session((resources.files(FOLDER) / GRAPH).read_bytes())

    def odds(
        self, document: Document, regimens: Sequence[Regimen], among: Sequence[Regimen], design: StudyDesign
    ) -> list[float]:
        """Return the log odds that each of the regimens is a course."""
        return [float(odds) for odds in self._read(document, regimens, among, design)[:, 0]]

    def outcomes(
        self, document: Document, regimens: Sequence[Regimen], among: Sequence[Regimen], design: StudyDesign
    ) -> list[dict[str, float]]:
        """Return the log probability of each outcome of each of the regimens, if it is a course."""
        odds = self._read(document, regimens, among, design)[:, 1:].astype(np.float64)
        odds -= odds.max(axis=1, keepdims=True)
        likely = odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))
        return [dict(zip(OUTCOMES, row, strict=True)) for row in likely.tolist()]

    def _read(
        self, document: Document, regimens: Sequence[Regimen], among: Sequence[Regimen], design: StudyDesign
    ) -> Table:
        """Return the odds of being a course and of the outcomes, a row a regimen."""
        if not regimens:
            return np.zeros((0, 1 + len(OUTCOMES)), np.float32)
        words = self._words.read(document)
        marks = mark(words, regimens, among, design)
        return np.asarray(self._graph.run(None, {"pieces": words.last, **marks.inputs()})[0], np.float32)
