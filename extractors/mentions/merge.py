"""One set of mentions from two recognisers: the trained one's boundaries, and the names that it passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.document import Document
from extractors.mentions.dictionary import NESTED
from extractors.records import Mention

#: The recogniser whose mentions carry concepts.
BY_NAME = "dictionary"


class Merge:
    """Lets the statistical recogniser decide where a mention begins and ends, and the vocabulary what it is."""

    name = "merge"

    def extract(self, document: Document) -> Iterator[Mention]:
        """Yield the mentions that stay, from those that the recognisers before found."""
        named = [m for m in document.mentions if m.source == BY_NAME]
        others = [m for m in document.mentions if m.source != BY_NAME]
        kept = [_with_concept(m, named) for m in others if not any(_gives_way(m, n) for n in named)]
        yield from kept
        for mention in named:
            if not any(_replaces(k, mention) for k in kept):
                yield mention


def _with_concept(mention: Mention, named: list[Mention]) -> Mention:
    """Return the mention as the vocabulary knows it, where that has a name in just this place."""
    same = next((n for n in named if n.span == mention.span), None)
    return replace(mention, type=same.type, concept=same.concept, name=same.name) if same else mention


def _gives_way(mention: Mention, named: Mention) -> bool:
    """Whether a longer name of the vocabulary holds the mention, or one of another type lies across its edge."""
    if not _overlap(mention, named) or mention.span == named.span:
        return False
    return named.start <= mention.start and mention.end <= named.end and named.concept is not None


def _replaces(mention: Mention, named: Mention) -> bool:
    """Whether a name has become part of a mention; the molecule or cell in a drug or process stays by itself."""
    if not _overlap(mention, named):
        return False
    inside = mention.start <= named.start and named.end <= mention.end
    return not (inside and mention.span != named.span and named.type in NESTED.get(mention.type, ()))


def _overlap(first: Mention, second: Mention) -> bool:
    return first.start < second.end and second.start < first.end


def build() -> Merge:
    """Build the merge; it has no options."""
    return Merge()
