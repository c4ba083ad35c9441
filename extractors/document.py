"""An article under extraction: its text, its tokens, and what the earlier extractors found in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

from spacy.tokens import Doc

from extractors.language.tokenizer import TOKEN
from extractors.records import Article, Mention, Sentence, Span

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


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

    @cached_property
    def text(self) -> str:
        """The article's text, title + "\\n" + abstract."""
        return self.article.text  # spaCy and the article put it together anew at each call

    @cached_property
    def tokens(self) -> tuple[tuple[str, int, int], ...]:
        """Each token that is no white space, with its offsets; as those of `doc`, but no objects of spaCy's."""
        return tuple((match.group(), *match.span()) for match in TOKEN.finditer(self.text))

    def with_mentions(self, mentions: Iterable[Mention]) -> Document:
        """Return the document with these mentions in the place of its own, in text order."""
        ordered = sorted(set(mentions), key=lambda m: (m.start, -m.end, m.type, m.source))
        changed = replace(self, mentions=tuple(ordered))
        changed.__dict__.update((name, self.__dict__[name]) for name in ("text", "tokens") if name in self.__dict__)
        return changed

    @cached_property
    def mentions_by_sentence(self) -> tuple[tuple[Mention, ...], ...]:
        """The mentions that lie wholly in each sentence, in text order, parallel to `sentences`."""
        return tuple(tuple(m for m in self.mentions if s.start <= m.start and m.end <= s.end) for s in self.sentences)

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that a character of the text stands in; None where it stands in none."""
        return next((s for s in self.sentences if s.start <= offset < s.end), None)

    def category(self, sentence: Sentence) -> str:
        """Return where the sentence stands: "title", NLM's category or label in lower case, or "abstract"."""
        passage = self.article.passages[sentence.passage]
        if passage.is_title:
            return "title"
        return (passage.category or passage.label or "abstract").lower()


def once_per_document(
    function: Callable[Concatenate[Document, Parameters], Result],
) -> Callable[Concatenate[Document, Parameters], Result]:
    """Let a document keep what a function reads off it, so that a second extractor need not read it again.

    Further arguments must be hashable and given by position; the result must not be changed by who receives it.
    """

    name = f"{function.__module__}.{function.__qualname__}"

    def remember(document: Document, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        known = document.__dict__.setdefault("_known", {})
        key = (name, args, tuple(kwargs.items()))
        if key not in known:
            known[key] = function(document, *args, **kwargs)
        result: Result = known[key]
        return result

    update_wrapper(remember, function)
    return remember
