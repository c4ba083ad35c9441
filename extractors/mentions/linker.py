"""Ties mentions to concepts: by the article's own definitions, by name, by what the same words mean elsewhere in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from extractors.document import Document
from extractors.mentions.long_forms import long_forms
from extractors.mentions.plain_names import plain_names
from extractors.records import Mention, Span
from extractors.values import MentionType
from extractors.vocabulary import phrases
from extractors.vocabulary.folding import fold
from extractors.vocabulary.named_regimens import is_spelled_out, regimen_drugs
from extractors.vocabulary.resolution import Resolver, shipped


class Linker:
    """Gives mentions without a concept the one their words name; the ambiguous and the unknown stay as they are."""

    name = "linker"

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._phrases = phrases.load()

    def extract(self, document: Document) -> Iterator[Mention]:
        """Yield every mention, linked where the vocabulary knows it."""
        meant = long_forms(document)
        linked = [
            self._check(m, meant.get(m.span)) if m.concept else self._link(document, m, meant)
            for m in document.mentions
        ]
        agreed = _agreed(linked)
        idle = self._phrases.spans(document.text)
        for mention in linked:
            if any(start <= mention.start and mention.end <= end for start, end in idle):
                yield replace(mention, concept=None, name=mention.text)
                continue
            same = agreed.get((mention.type, fold(mention.text)))
            yield replace(mention, concept=same[0], name=same[1]) if same and not mention.concept else mention

    def _check(self, mention: Mention, long: Span | None) -> Mention:
        """Return a mention linked by a synonym that groups it under another concept, with the concept it names itself.

        A lexicon may count "pleural effusion" as pleurisy; where MeSH has a heading of that name, that is meant.
        """
        heading = None if long else self._resolver.heading(mention.text, mention.type)
        if heading is None or heading.curie == mention.concept:
            return mention
        if self._resolver.is_own_name(mention.text, mention.concept or ""):
            return mention
        return replace(mention, concept=heading.curie, name=heading.name)

    def _link(self, document: Document, mention: Mention, meant: Mapping[Span, Span]) -> Mention:
        long = meant.get(mention.span)
        if long is None:
            found = self._resolver.resolve(mention.text, mention.type)
            if not found.curie:
                others = (self._resolver.resolve(name, mention.type) for name in plain_names(mention, meant))
                found = next((other for other in others if other.curie), found)
        else:
            defined = document.text[slice(*long)]
            found = self._resolver.resolve(defined, mention.type)
            if not found.curie:
                short = self._resolver.resolve(mention.text, mention.type)
                if short.curie and (_is_regimen(mention, short.name, defined) or _share_a_word(short.name, defined)):
                    found = short
        return replace(mention, concept=found.curie, name=found.name) if found.curie else mention


def _is_regimen(mention: Mention, name: str, defined: str) -> bool:
    """Whether a short form that is defined by drugs is the regimen of them that is called by this name.

    MP for melphalan and prednisone is no methylprednisolone.
    """
    drugs = regimen_drugs(mention.text)
    same = mention.type is MentionType.DRUG and drugs == regimen_drugs(name)
    return same and is_spelled_out(drugs, defined)


def _share_a_word(name: str, defined: str) -> bool:
    return not set(fold(name)).isdisjoint(fold(defined))


def _agreed(mentions: list[Mention]) -> dict[tuple[str, tuple[str, ...]], tuple[str, str]]:
    """Return what words mean in the whole article, where all their linked mentions of a type agree."""
    meanings: dict[tuple[str, tuple[str, ...]], set[tuple[str, str]]] = {}
    for mention in mentions:
        if mention.concept:
            meanings.setdefault((mention.type, fold(mention.text)), set()).add((mention.concept, mention.name))
    return {key: next(iter(found)) for key, found in meanings.items() if len(found) == 1}


def build() -> Linker:
    """Build the linker for the vocabularies that come with sicca."""
    return Linker(shipped())
