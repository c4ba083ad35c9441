"""Annotated articles with their candidate courses, to learn courses from.

A recogniser finds in its own training articles nearly what the annotators marked. So the mentions of gold articles are
those of a recogniser that has not seen the article; the further annotated articles were never shown to any.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.courses.regimens import Regimen, find_regimens
from extractors.courses.treatments import group_treatments
from extractors.document import Document
from extractors.language.nlp import build_nlp
from extractors.language.sections import flat_article
from extractors.records import Span
from extractors.training.annotated import read_records
from extractors.training.claims_data import occurrences, overlap
from extractors.training.claims_mentions import FoldedChain
from extractors.values import StudyDesign


@dataclass(frozen=True)
class Example:
    """An annotated article: its document, candidates and courses, each with the spans of its drugs."""

    document: Document
    design: StudyDesign
    regimens: tuple[Regimen, ...]
    courses: tuple[tuple[Mapping[str, Any], tuple[tuple[Span, ...], ...]], ...]
    #: The study's participants.
    participants: int | None
    #: Whether it is one of the gold standard's own articles.
    gold: bool = True


def read_examples(gold: Path, annotations: Path | None = None, texts: Iterable[Path] = ()) -> Iterator[Example]:
    """Yield the articles of a gold file, then those of a folder of stand-off annotations.

    Raises InputError where the text of an annotated article is in none of the files.
    """
    chain = FoldedChain(gold, build_nlp())
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    own = len(records)
    records += read_records(annotations, texts) if annotations else []
    for number, record in enumerate(records):
        document = chain.read(flat_article(record["id"], record["title"], record["abstract"]))
        yield make_example(record, document, gold=number < own)


def make_example(record: Mapping[str, Any], document: Document, *, gold: bool) -> Example:
    """Return an annotated record, whose document has its mentions, with its candidate courses."""
    entities = {e["key"]: _spans(document.text, e) for e in record["entities"]}
    courses = tuple((c, tuple(entities[k] for k in c["current"] if k in entities)) for c in record["courses"])
    regimens = find_regimens(document, group_treatments(document))
    study = record["study"]
    return Example(document, StudyDesign(study["design"]), regimens, courses, study["n"], gold)


def matches(regimen: Regimen, drugs: Sequence[Sequence[Span]]) -> bool:
    """Whether a candidate's treatments are those of a gold course, as the gold standard scores it."""
    return len(regimen.members) == len(drugs) and all(
        any(overlap(a, b) for member in regimen.members for a in member.spans for b in drug) for drug in drugs
    )


def _spans(text: str, entity: Mapping[str, Any]) -> tuple[Span, ...]:
    """Return where an entity stands: as annotated, or wherever its surface forms do."""
    if "spans" in entity:
        return tuple((start, end) for start, end in entity["spans"])
    return tuple(span for form in entity["mentions"] for span in occurrences(text, form))
