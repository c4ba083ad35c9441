"""An article under extraction: its text, its tokens, and what the earlier extractors found in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc

from extractors.records import Article, Mention, Sentence, Span


@dataclass(frozen=True)
class Document:
    """What an extractor is given. `doc.text == article.text`, so token and record offsets agree.

    `abbreviations` are (short form, long form) spans that the article itself defines.
    """

    article: Article
    doc: Doc
    sentences: tuple[Sentence, ...]
    abbreviations: tuple[tuple[Span, Span], ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def text(self) -> str:
        """The article's text, title + "\\n" + abstract."""
        return self.article.text  # spaCy puts `doc.text` together anew at each call

    def with_mentions(self, mentions: Iterable[Mention]) -> Document:
        """Return the document with these mentions in the place of its own, in text order."""
        ordered = sorted(set(mentions), key=lambda m: (m.start, -m.end, m.type, m.source))
        return replace(self, mentions=tuple(ordered))

    @cached_property
    def mentions_by_sentence(self) -> tuple[tuple[Mention, ...], ...]:
        """The mentions that lie wholly in each sentence, in text order, parallel to `sentences`."""
        return tuple(tuple(m for m in self.mentions if s.start <= m.start and m.end <= s.end) for s in self.sentences)

    def category(self, sentence: Sentence) -> str:
        """Return where the sentence stands: "title", NLM's category or label in lower case, or "abstract"."""
        passage = self.article.passages[sentence.passage]
        if passage.is_title:
            return "title"
        return (passage.category or passage.label or "abstract").lower()
