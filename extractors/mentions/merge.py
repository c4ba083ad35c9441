"""One set of mentions from several recognisers: names the vocabulary knows win, the statistical recogniser fills in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.document import Document
from extractors.records import Mention


class Merge:
    """Drops the mentions of other recognisers that overlap one found by name."""

    name = "merge"

    def extract(self, document: Document) -> Iterator[Mention]:
        """Yield the mentions that stay, from those that the recognisers before found."""
        named = [m for m in document.mentions if m.source == "dictionary"]
        yield from named
        taken = _places(named)
        for mention in document.mentions:
            if mention.source != "dictionary" and taken.isdisjoint(range(mention.start, mention.end)):
                yield mention


def _places(mentions: Iterable[Mention]) -> set[int]:
    return {place for m in mentions for place in range(m.start, m.end)}


def build() -> Merge:
    """Build the merge; it has no options."""
    return Merge()
