"""Whether a sentence tells what the study itself found (novel) or what was known, planned or is retold (background)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.document import Document
from extractors.records import Evidence, Sentence, Span
from extractors.records.study import SECONDARY
from extractors.study.facts import fact_patterns
from extractors.values import Origin, StudyDesign

#: Parts of an abstract that tell what was known or wanted before.
BEFORE = frozenset({"background", "introduction", "objective", "objectives", "aim", "aims", "purpose", "context"})
#: Sentences in front of an abstract without labels that are background until one speaks of own work: their share.
HEAD = 0.34


def marked(document: Document, evidence: Iterable[Evidence], design: StudyDesign) -> tuple[Evidence, ...]:
    """Return the evidence of an article, each with the origin of its sentence.

    Evidence of several sentences in a row is the study's own where one of them is.
    """
    known: dict[Span, Origin] = {}
    found = []
    for item in evidence:
        if item.sentence not in known:
            start, end = item.sentence
            told = {origin(document, s, design) for s in document.sentences if s.start < end and s.end > start}
            known[item.sentence] = Origin.NOVEL if Origin.NOVEL in told else Origin.BACKGROUND
        found.append(replace(item, origin=known[item.sentence]))
    return tuple(found)


def origin(document: Document, sentence: Sentence, design: StudyDesign) -> Origin:
    """Return whether a sentence of an article is the study's own finding or background.

    All of a review or guideline is background; the results and conclusions of a systematic review are its own.
    """
    part = document.category(sentence)
    if design in SECONDARY:
        own = design is StudyDesign.SYSTEMATIC_REVIEW and part in {"results", "conclusions"}
        return Origin.NOVEL if own else Origin.BACKGROUND
    if part in BEFORE:
        return Origin.BACKGROUND
    if part not in {"abstract", "title"}:
        return Origin.NOVEL
    patterns = fact_patterns("origin")
    if patterns["own"].search(document.text, sentence.start, sentence.end):
        return Origin.NOVEL
    if patterns["known"].search(document.text, sentence.start, sentence.end):
        return Origin.BACKGROUND
    return Origin.BACKGROUND if part == "abstract" and _in_head(document, sentence) else Origin.NOVEL


def _in_head(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence stands in its abstract's first third and none up to it speaks of own work."""
    inside = [s for s in document.sentences if s.passage == sentence.passage]
    place = inside.index(sentence)
    own = fact_patterns("origin")["own"]
    return place < len(inside) * HEAD and not any(
        own.search(document.text, s.start, s.end) for s in inside[: place + 1]
    )
