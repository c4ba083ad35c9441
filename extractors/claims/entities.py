"""Mentions of one thing in one article, taken together: the ends a claim can have."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.document import Document
from extractors.records import Argument, Mention, Span
from extractors.values import MentionType

#: Endings that only mark the plural; the word must keep three letters.
_PLURAL = re.compile(r"(?<=\w{3})s\b")
_BREAK = re.compile(r"[\s\-‐-―/]+")


@dataclass(frozen=True, slots=True)
class Entity:
    """All mentions of one concept, or of one unlinked name, in text order."""

    concept: str | None
    name: str
    type: MentionType
    mentions: tuple[Mention, ...]
    #: The type by the gold guidelines, for which a cell line is a cell.
    kind: MentionType = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", kind_of(self.type))

    def argument(self, nearest: Mention | None = None) -> Argument:
        """Return the claim's end; the mention the claim was read from comes first among its spans."""
        spans = tuple(dict.fromkeys(m.span for m in self.mentions))
        if nearest is not None:
            spans = (nearest.span, *(s for s in spans if s != nearest.span))
        return Argument(self.concept, self.name, self.type, spans)


def kind_of(type_: MentionType) -> MentionType:
    """Return what a type counts as in claims: the gold guidelines know no cell lines apart from cells."""
    return MentionType.CELL if type_ is MentionType.CELL_LINE else type_


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """Return the name in lower case, without plural endings and with one space for any hyphen, dash or slash."""
    return _PLURAL.sub("", _BREAK.sub(" ", name.lower())).strip()


def group(document: Document) -> tuple[Entity, ...]:
    """Return the document's entities in the order of their first mentions.

    Mentions are one entity where they share a concept, a folded name, or an abbreviation that the article defines.
    """
    text = document.article.text
    long_forms = {fold(text[slice(*short)]): fold(text[slice(*long)]) for short, long in document.abbreviations}
    concepts: dict[tuple[str, str], str] = {}
    for mention in document.mentions:
        if mention.concept:
            name = fold(mention.text)
            concepts.setdefault((mention.type, long_forms.get(name, name)), mention.concept)
    groups: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        name = fold(mention.text)
        name = long_forms.get(name, name)
        key = mention.concept or concepts.get((mention.type, name)) or f"{mention.type}:{name}"
        groups.setdefault(key, []).append(mention)
    return tuple(_entity(mentions) for mentions in groups.values())


def _entity(mentions: list[Mention]) -> Entity:
    concept = next((m.concept for m in mentions if m.concept), None)
    named = next((m for m in mentions if m.concept), mentions[0])
    kind, _ = Counter(m.type for m in mentions).most_common(1)[0]
    return Entity(concept, named.name or named.text, kind, tuple(mentions))


def covers(span: Span, other: Span) -> bool:
    """Say whether one of two stretches lies inside the other, or they share a part."""
    return span[0] < other[1] and other[0] < span[1]
