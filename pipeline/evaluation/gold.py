"""Gold JSON lines: claims, courses and study facts annotated on an article, as the gold guidelines describe them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.errors import InputError
from extractors.language.sections import flat_article
from extractors.records import Article, Certainty, Effect, Predicate, Span


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
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError(f"{path}: cannot be read: {reason}") from error
    documents = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            documents.append(_document(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise InputError(f"{path}:{number}: not a gold document: {what}") from error
    if not documents:
        raise InputError(f"{path}: holds no gold document")
    return tuple(documents)


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
