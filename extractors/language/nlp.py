"""The one place where the spaCy pipeline is built, and where an article becomes a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import spacy
from scispacy.abbreviation import AbbreviationDetector
from spacy.language import Language
from spacy.tokens import Doc

from extractors.document import Document
from extractors.language.abbreviations import find_abbreviations
from extractors.language.sections import flat_article
from extractors.language.sentences import split_sentences
from extractors.language.tokenizer import AbstractTokenizer
from extractors.records import Article, Sentence

#: The name under which scispaCy's detector stands in the pipeline.
ABBREVIATIONS = "abbreviation_detector"


def build_nlp() -> Language:
    """Build the pipeline: our tokenizer, scispaCy's AbbreviationDetector.

    The detector stands in the pipeline switched off: `parse` asks it definition by definition, because run over a
    whole text it pairs brackets across sentences.
    """
    nlp = spacy.blank("en")
    nlp.tokenizer = AbstractTokenizer(nlp.vocab)
    detector = nlp.add_pipe(ABBREVIATIONS)
    assert isinstance(detector, AbbreviationDetector)  # noqa: S101 (narrows the type that add_pipe leaves open)
    # The detector's matcher warns (W036) whenever it holds no rule; this one matches nothing.
    detector.global_matcher.add("never", [[{"ORTH": "\0"}]])
    nlp.disable_pipe(ABBREVIATIONS)
    return nlp


def parse(articles: Iterable[Article], nlp: Language) -> Iterator[Document]:
    """Yield each article tokenized, split into sentences and with the abbreviations it defines.

    An article without passages is given those of its section labels.
    """
    detector = nlp.get_pipe(ABBREVIATIONS)
    assert isinstance(detector, AbbreviationDetector)  # noqa: S101 (narrows the type that get_pipe leaves open)
    for article in articles:
        if not article.passages:
            passages = flat_article(article.id, article.title, article.abstract).passages
            article = replace(article, passages=passages)
        text = article.text
        sentences = split_sentences(text, article.passages)
        doc = nlp.make_doc(text)
        _mark_sentences(doc, sentences)
        doc = nlp(doc)
        yield Document(article, doc, sentences, find_abbreviations(text, sentences, detector))


def _mark_sentences(doc: Doc, sentences: tuple[Sentence, ...]) -> None:
    """Tell spaCy where sentences begin; what no sentence holds (a printed label) stands by itself.

    As one array: setting `is_sent_start` token by token takes time quadratic in the length of the text.
    """
    text = doc.text
    starts = sorted({0, *(s.start for s in sentences), *(_next_word(text, s.end) for s in sentences)})
    offsets = doc.to_array(["IDX"])
    marks = np.where(np.isin(offsets, np.array(starts, dtype=offsets.dtype)), 1, -1).astype(np.int64)
    doc.from_array(["SENT_START"], marks.astype(np.uint64).reshape(-1, 1))  # type: ignore[arg-type]  # knows 32 bits only


def _next_word(text: str, position: int) -> int:
    """Return where the white space at the position ends."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position
