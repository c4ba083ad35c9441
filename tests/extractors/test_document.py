"""What a document tells of itself, on sentences written for these tests."""

from extractors.document import Document, once_per_document
from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article


def document() -> Document:
    (parsed,) = parse((flat_article("X:1", "A title", "Ten improved. Two died."),), build_nlp())
    return parsed


def test_a_character_stands_in_its_sentence_and_what_lies_between_two_in_none() -> None:
    article = document()
    title, first, second = article.sentences
    assert article.sentence_at(first.start) == article.sentence_at(first.end - 1) == first
    assert article.sentence_at(second.start) == second
    assert article.text[title.end] == "\n"
    assert article.sentence_at(title.end) is None
    assert article.sentence_at(len(article.text)) is None


def test_what_is_read_off_a_document_is_read_once_for_each_argument() -> None:
    calls = []

    @once_per_document
    def count(article: Document, letter: str) -> int:
        calls.append(letter)
        return article.text.count(letter)

    article = document()
    assert [count(article, "T"), count(article, "e"), count(article, "T")] == [2, 4, 2]
    assert calls == ["T", "e"]


def test_a_document_with_other_mentions_is_read_anew() -> None:
    calls = []

    @once_per_document
    def mentions(article: Document) -> int:
        calls.append(article)
        return len(article.mentions)

    article = document()
    assert mentions(article) == mentions(article.with_mentions(())) == 0
    assert len(calls) == 2


def test_tokens_are_those_of_spacy_and_are_kept_with_new_mentions() -> None:
    (read,) = parse(
        (flat_article("X:1", "BAFF-receptor  (TNFα)", "At\u00a00·05 mg, i.e. CD20+ cells.\n"),), build_nlp()
    )
    assert read.tokens == tuple((t.text, t.idx, t.idx + len(t)) for t in read.doc if not t.is_space)
    assert read.with_mentions([]).tokens is read.tokens
