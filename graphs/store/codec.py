"""Records to the text and JSON of rows, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from functools import cache
from typing import Any

from extractors.records import (
    Article,
    Author,
    Correction,
    ForeignAbstract,
    MeshHeading,
    Passage,
    Span,
    Statistic,
    Study,
    StudyDesign,
)

#: Fields of an article that have a column of their own.
COLUMNS = frozenset({"id", "title", "abstract"})


def dump(value: object) -> str:
    """Return compact JSON with sorted keys: equal values, equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dump_article(article: Article) -> str:
    """Return all of an article but id, title and abstract; fields at their default are left out."""
    defaults = _article_defaults()
    record = asdict(article)
    return dump({k: v for k, v in record.items() if k not in COLUMNS and getattr(article, k) != defaults[k]})


def load_article(id: str, title: str, abstract: str, record: str) -> Article:  # noqa: A002 (the field's name)
    """Return the article that `dump_article` wrote."""
    values: dict[str, Any] = json.loads(record)
    shapes: dict[str, Any] = {
        "passages": lambda rows: tuple(Passage(**row) for row in rows),
        "authors": lambda rows: tuple(Author(**{**row, "affiliations": tuple(row["affiliations"])}) for row in rows),
        "mesh": lambda rows: tuple(
            MeshHeading(**{**row, "qualifiers": tuple((u, n, bool(m)) for u, n, m in row["qualifiers"])})
            for row in rows
        ),
        "corrections": lambda rows: tuple(Correction(**row) for row in rows),
        "other_abstracts": lambda rows: tuple(ForeignAbstract(**row) for row in rows),
    }
    for key, value in values.items():
        if key in shapes:
            values[key] = shapes[key](value)
        elif isinstance(value, list):
            values[key] = tuple(tuple(item) if isinstance(item, list) else item for item in value)
    return Article(id=id, title=title, abstract=abstract, **values)


def dump_study(study: Study) -> str:
    """Return a study as JSON, the article's id left out."""
    record = asdict(study)
    del record["article"]
    return dump(record)


def load_study(article: str, text: str) -> Study:
    """Return the study that `dump_study` wrote; fields that an older sicca did not write are at their default."""
    values: dict[str, Any] = json.loads(text)
    span, funding, follow_up = (values.pop(name, None) for name in ("n_span", "funding_span", "follow_up"))
    return Study(
        article=article,
        design=StudyDesign(values.pop("design")),
        n_span=(span[0], span[1]) if span else None,
        funding_span=(funding[0], funding[1]) if funding else None,
        follow_up=Statistic(**follow_up) if follow_up else None,
        n_terms=pairs(values.pop("n_terms", ())),
        countries=tuple((name, start, end) for name, start, end in values.pop("countries", ())),
        registrations=tuple(values.pop("registrations")),
        species=tuple(values.pop("species")),
        **values,
    )


def dump_spans(spans: Sequence[Span]) -> str:
    """Return spans as a JSON list of pairs."""
    return dump([list(span) for span in spans])


def load_spans(text: str) -> tuple[Span, ...]:
    """Return the spans that `dump_spans` wrote."""
    return pairs(json.loads(text))


def pairs(values: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Return lists of two as spans."""
    return tuple((start, end) for start, end in values)


def load_cues(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the cues of an evidence."""
    return tuple((role, start, end) for role, start, end in json.loads(text))


def section(passages: Iterable[Passage], start: int) -> str:
    """Return where an offset stands: "title", NLM's category or the label in lower case, or "abstract"."""
    for passage in passages:
        if passage.start <= start < max(passage.end, passage.start + 1):
            return "title" if passage.is_title else (passage.category or passage.label or "abstract").lower()
    return "abstract"


@cache
def _article_defaults() -> dict[str, Any]:
    return {field.name: field.default for field in fields(Article)}
