import re
from collections.abc import Callable
from itertools import pairwise

import pytest
import spacy

from extractors.document import Document
from extractors.records import Article, Mention, Passage, Sentence
from extractors.values import MentionType

MARKED = re.compile(r"\[([^|\]]+)\|(\w+)\]")
SPLIT = re.compile(r"(?<=[.?!])\s+")

Reader = Callable[..., Document]


@pytest.fixture(scope="session")
def read() -> Reader:
    """Make a document of marked text: "[rituximab|Drug] helps." with `title` as its title."""
    nlp = spacy.blank("en")
    nlp.tokenizer = spacy.tokenizer.Tokenizer(
        nlp.vocab,
        infix_finditer=re.compile(r"[-/().,;:+]").finditer,
        suffix_search=re.compile(r"[.,;:()\]?!]$").search,
        prefix_search=re.compile(r"^[(\[]").search,
    )

    def make(
        marked: str, *, title: str = "A [title|Process]", abbreviations: tuple[tuple[str, str], ...] = ()
    ) -> Document:
        text, mentions = "", []
        position = 0
        source = f"{title}\n{marked}"
        for match in MARKED.finditer(source):
            text += source[position : match.start()]
            form, kind = match.groups()
            mentions.append(Mention(len(text), len(text) + len(form), form, MentionType(kind), None, form, "test"))
            text += form
            position = match.end()
        text += source[position:]
        head, _, body = text.partition("\n")
        start = len(head) + 1
        cuts = [start, *(start + m.end() for m in SPLIT.finditer(body)), len(text)]
        sentences = [Sentence(0, len(head), 0)]
        sentences += [Sentence(a, a + len(text[a:b].rstrip()), 1) for a, b in pairwise(cuts)]
        article = Article("PMID:990000001", head, body, (Passage(0, len(head)), Passage(start, len(text))))
        pairs = tuple(
            ((text.index(short), text.index(short) + len(short)), (text.index(long), text.index(long) + len(long)))
            for short, long in abbreviations
        )
        return Document(article, nlp.make_doc(text), tuple(sentences), pairs).with_mentions(mentions)

    return make
