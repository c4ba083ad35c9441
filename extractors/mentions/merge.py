"""One set of mentions from two recognisers: the trained one's boundaries, and the names that it passed over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from extractors.document import Document
from extractors.mentions.dictionary import NESTED
from extractors.mentions.prefixes import with_prefixes
from extractors.records import Mention, MentionType
from extractors.vocabulary import rewording
from extractors.vocabulary.folding import fold

#: The recogniser whose mentions carry concepts.
BY_NAME = "dictionary"
#: Types of which the statistical recogniser misses little: a name that it passed over is mostly no mention there. To
#: add them costs 0.013 of F1 on BC5CDR dev.
SEEN = frozenset({MentionType.DRUG, MentionType.DISEASE})


class Merge:
    """Lets the statistical recogniser decide where a mention begins and ends, and the vocabulary what it is."""

    name = "merge"

    def extract(self, document: Document) -> Iterator[Mention]:
        """Yield the mentions that stay, from those that the recognisers before found, with prefixes that turn them."""
        yield from with_prefixes(document.text, self._stay(document))

    def _stay(self, document: Document) -> Iterator[Mention]:
        named = [m for m in document.mentions if m.source == BY_NAME]
        others = [m for m in document.mentions if m.source != BY_NAME]
        names, rest = _InOrder(named), _InOrder(others)
        kept = [
            _with_concept(m, names.over(m))
            for m in others
            if not any(_gives_way(m, n, rest.over(n)) for n in names.over(m))
        ]
        yield from kept
        stay = _InOrder(kept)
        for mention in named:
            over = stay.over(mention)
            if mention.type in SEEN and others and not over:
                continue
            if not any(_replaces(k, mention) for k in over):
                yield mention


class _InOrder:
    """Mentions in text order; those that share a letter with another mention are found without trying them all."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda m: m.start)
        self._starts = [m.start for m in self._mentions]
        self._longest = max((m.end - m.start for m in mentions), default=0)

    def over(self, mention: Mention) -> list[Mention]:
        """Return the mentions that share a letter with one, in text order."""
        first = bisect_left(self._starts, mention.start - self._longest)
        last = bisect_left(self._starts, mention.end)
        return [m for m in self._mentions[first:last] if _overlap(m, mention)]


def _with_concept(mention: Mention, named: list[Mention]) -> Mention:
    """Return the mention as the vocabulary knows it, where that has a name of this type, or a drug's, in this place."""
    same = next((n for n in named if n.span == mention.span), None)
    if same is None or same.type not in {mention.type, MentionType.DRUG}:
        return mention
    return replace(mention, type=same.type, concept=same.concept, name=same.name)


def _gives_way(mention: Mention, named: Mention, others: list[Mention]) -> bool:
    """Whether a mention is part of a longer name of its own type that has a concept.

    Not where the name is a list ("nausea and vomiting"), or longer by modifiers only ("steroid therapy").
    """
    if not (_inside(mention, named) and named.type is mention.type and named.concept is not None):
        return False
    parts = [m for m in others if _inside(m, named)]
    start, end = mention.start - named.start, mention.end - named.start
    before, after = fold(named.text[:start]), fold(named.text[end:])
    return len(parts) == 1 and not rewording.load().only_modifies(before, after)


def _inside(inner: Mention, outer: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner.span != outer.span


def _replaces(mention: Mention, named: Mention) -> bool:
    """Whether a name has become part of a mention; the molecule or cell in a drug or process stays by itself."""
    if not _overlap(mention, named):
        return False
    return not any(_inside(a, b) and a.type in NESTED.get(b.type, ()) for a, b in ((named, mention), (mention, named)))


def _overlap(first: Mention, second: Mention) -> bool:
    return first.start < second.end and second.start < first.end


def build() -> Merge:
    """Build the merge; it has no options."""
    return Merge()
