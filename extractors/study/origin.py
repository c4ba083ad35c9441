"""Whether a sentence tells what the study itself found (novel) or what was known, planned or is retold (background)."""

from __future__ import annotations

from extractors.document import Document
from extractors.records import SECONDARY, Sentence
from extractors.study.facts import fact_patterns
from extractors.values import StudyDesign

#: Parts of an abstract that tell what was known or wanted before.
BEFORE = frozenset({"background", "introduction", "objective", "objectives", "aim", "aims", "purpose", "context"})
#: Sentences in front of an abstract without labels that are background until one speaks of own work: their share.
HEAD = 0.34


def origin(document: Document, sentence: Sentence, design: StudyDesign) -> str:
    """Return "novel" or "background" for a sentence of an article.

    All of a review or guideline is background; the results and conclusions of a systematic review are its own.
    """
    part = document.category(sentence)
    if design in SECONDARY:
        own = design is StudyDesign.SYSTEMATIC_REVIEW and part in {"results", "conclusions"}
        return "novel" if own else "background"
    if part in BEFORE:
        return "background"
    if part not in {"abstract", "title"}:
        return "novel"
    patterns = fact_patterns("origin")
    if patterns["own"].search(document.text, sentence.start, sentence.end):
        return "novel"
    if patterns["known"].search(document.text, sentence.start, sentence.end):
        return "background"
    return "background" if part == "abstract" and _in_head(document, sentence) else "novel"


def _in_head(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence stands in its abstract's first third and none up to it speaks of own work."""
    inside = [s for s in document.sentences if s.passage == sentence.passage]
    place = inside.index(sentence)
    own = fact_patterns("origin")["own"]
    return place < len(inside) * HEAD and not any(
        own.search(document.text, s.start, s.end) for s in inside[: place + 1]
    )
