"""Gold JSON lines: claims, courses and study facts annotated on an article, as the gold guidelines describe them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.language.sections import flat_article
from extractors.records import Article, Certainty, Effect, Predicate, Span
from pipeline.evaluation.json_lines import read_lines


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim; subject and object are keys of the document's entities."""

    subject: str
    predicate: Predicate
    object: str
    effect: Effect | None
    negated: bool
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class GoldCourse:
    """A treatment course; drugs are keys of the document's entities."""

    current: tuple[str, ...]
    prior: tuple[str, ...]
    patients: int | None
    responders: int | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An annotated article. `places` are (entity key, spans of its mentions) in the order of the file."""

    article: Article
    places: tuple[tuple[str, tuple[Span, ...]], ...]
    claims: tuple[GoldClaim, ...]
    courses: tuple[GoldCourse, ...]
    design: str | None
    n: int | None

    def spans(self, key: str) -> tuple[Span, ...]:
        """Return where an entity is mentioned; nowhere for an unknown key."""
        return next((spans for name, spans in self.places if name == key), ())


def read(path: Path) -> tuple[GoldDocument, ...]:
    """Read gold JSON lines; raises InputError that names file, line and what is missing."""
    return read_lines(path, _document, "gold document")


def _document(data: dict[str, Any]) -> GoldDocument:
    article = flat_article(data["id"], data["title"], data["abstract"])
    places = tuple(
        (entity["key"], tuple(span for form in entity["mentions"] for span in occurrences(article.text, form)))
        for entity in data["entities"]
    )
    claims = tuple(
        GoldClaim(
            c["subject"],
            Predicate(c["predicate"]),
            c["object"],
            Effect(c["effect"]) if c.get("effect") else None,
            bool(c.get("negated")),
            Certainty(c.get("certainty") or Certainty.ASSERTED),
        )
        for c in data["claims"]
    )
    courses = tuple(
        GoldCourse(
            tuple(c["current"]), tuple(c.get("prior", ())), c.get("patients"), c.get("responders"), c.get("outcome")
        )
        for c in data.get("courses", ())
    )
    return GoldDocument(article, places, claims, courses, data["study"]["design"], data["study"]["n"])


def occurrences(text: str, form: str) -> list[Span]:
    """Return where a verbatim surface form stands: on word boundaries or, failing that, anywhere."""
    whole = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)]
    return whole or [m.span() for m in re.finditer(re.escape(form), text)]
