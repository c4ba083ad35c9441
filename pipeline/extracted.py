"""What comes of an article: all that was read off it, or why it could not be read.

Apart from the extractors themselves, so that a process that only collects results need not load spaCy.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import Article, Course, Evidence, Mention, Sentence, Study


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read off one article."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    evidence: tuple[Evidence, ...]
    courses: tuple[Course, ...]
    study: Study


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that broke an extractor: kept with the reason, so that a later version can try again."""

    article: Article
    error: str
    traceback: str


def itself(extraction: Extraction) -> Extraction:
    """Return the extraction: what is made of it where nothing else is asked for."""
    return extraction
