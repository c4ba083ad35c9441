"""Extraction of a gold standard's documents; one that breaks an extractor ends the evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.errors import SiccaError
from extractors.records import Article
from pipeline.config import Extraction as Settings
from pipeline.extracted import Extraction, Failure
from pipeline.progress import track
from pipeline.workers import extract_all


def extractions(articles: Sequence[Article], settings: Settings, *, jobs: int = 1) -> list[Extraction]:
    """Return what is extracted from each article; raises SiccaError at the first that fails."""
    found = []
    for result in track(extract_all(articles, settings, jobs=jobs), "extracting", total=len(articles)):
        if isinstance(result, Failure):
            raise SiccaError(f"{result.article.id}: {result.error}")
        found.append(result)
    return found
