"""How good a parser is on raw text: its own tokens, tags and heads against annotated ones, by offsets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.records import Span
from extractors.training.syntax_corpus import Tree


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed sentence: word → (part of speech, head's span or None for the root, label)."""

    words: dict[Span, tuple[str, Span | None, str]]

    @classmethod
    def of(cls, doc: Doc) -> Parsed:
        """Return what spaCy made of a sentence."""
        return cls({_span(t): (t.tag_, None if t.head.i == t.i else _span(t.head), t.dep_) for t in doc})


@dataclass(frozen=True, slots=True)
class SyntaxScores:
    """F1 over words, punctuation included: a word counts where its offsets, and what is asked of it, are right."""

    tokens: float
    tags: float
    unlabelled: float
    labelled: float


def score(parsed: Iterable[tuple[Tree, Parsed]]) -> SyntaxScores:
    """Score sentences; heads are compared by their offsets, so that a word cut wrongly spoils its dependents."""
    tokens = tags = unlabelled = labelled = total = 0
    for tree, found in parsed:
        total += len(tree.spans) + len(found.words)
        for span, tag, head, label in zip(tree.spans, tree.tags, tree.heads, tree.labels, strict=True):
            if span not in found.words:
                continue
            own_tag, own_head, own_label = found.words[span]
            right = own_head == (None if tree.spans[head] == span else tree.spans[head])
            tokens += 1
            tags += own_tag == tag
            unlabelled += right
            labelled += right and own_label == label
    f1 = [2 * n / total if total else 0.0 for n in (tokens, tags, unlabelled, labelled)]
    return SyntaxScores(*f1)


def _span(token: Token) -> Span:
    return token.idx, token.idx + len(token)
