"""Where things are named in a text: sentences, mentions, and the concepts they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.records.identity import Span
from extractors.values import MentionType


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing in the world, named by its CURIE (e.g. MESH:D000069283, HGNC:7315, SICCA:essdai)."""

    curie: str
    name: str = field(compare=False)
    type: MentionType = field(compare=False)
    synonyms: tuple[str, ...] = field(default=(), compare=False)
    xrefs: tuple[str, ...] = field(default=(), compare=False)
    #: CURIEs of the concepts this one is a kind of.
    parents: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; it never crosses a passage. `passage` is the index into `Article.passages`."""

    start: int
    end: int
    passage: int = 0

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a concept. `concept` is None where the name is unknown or ambiguous.

    `source` says which recogniser found it; `name` is the concept's preferred name or, unlinked, the text.
    """

    start: int
    end: int
    text: str
    type: MentionType
    concept: str | None = None
    name: str = ""
    source: str = ""

    @property
    def span(self) -> Span:
        return self.start, self.end
