"""What becomes of mentions that two recognisers see differently."""

import pytest

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.mentions.merge import build
from extractors.records import Article, Mention, MentionType

Row = tuple[str, str, str | None]
STATISTICAL, NAMED = "statistical", "dictionary"


def mention(document: Document, row: Row, source: str) -> Mention:
    words, kind, concept = row
    start = document.text.index(words)
    return Mention(start, start + len(words), words, MentionType(kind), concept, words, source)


@pytest.mark.parametrize(
    ("text", "trained", "named", "expected"),
    [
        ("Vasculitis.", [], [("Vasculitis", "Disease", "T:v")], [("Vasculitis", "Disease", "T:v")]),
        ("Vasculitis.", [("Vasculitis", "Disease", None)], [], [("Vasculitis", "Disease", None)]),
        # the same place: the vocabulary's concept, unless it is of another type; drugs are the lexicon's
        ("Nausea.", [("Nausea", "Disease", None)], [("Nausea", "Disease", "T:n")], [("Nausea", "Disease", "T:n")]),
        (
            "Apoptosis.",
            [("Apoptosis", "Disease", None)],
            [("Apoptosis", "Process", "T:a")],
            [("Apoptosis", "Disease", None)],
        ),
        ("BAFF.", [("BAFF", "Protein", None)], [("BAFF", "Drug", "T:b")], [("BAFF", "Drug", "T:b")]),
        # the trained boundaries hold, wider or narrower by modifiers
        (
            "Chest pain.",
            [("Chest pain", "Disease", None)],
            [("pain", "Disease", "T:p")],
            [("Chest pain", "Disease", None)],
        ),
        (
            "Steroid therapy.",
            [("Steroid", "Drug", None)],
            [("Steroid therapy", "Drug", "T:s")],
            [("Steroid", "Drug", None)],
        ),
        # a longer name that means something else wins; a list of names does not
        (
            "MALT lymphoma.",
            [("lymphoma", "Disease", None)],
            [("MALT lymphoma", "Disease", "T:m")],
            [("MALT lymphoma", "Disease", "T:m")],
        ),
        (
            "Nausea and vomiting.",
            [("Nausea", "Disease", None), ("vomiting", "Disease", None)],
            [("Nausea and vomiting", "Disease", "T:nv")],
            [("Nausea", "Disease", None), ("vomiting", "Disease", None)],
        ),
        # molecule and cell stay inside drug and process
        (
            "anti-CD20 antibodies.",
            [("anti-CD20 antibodies", "Drug", None)],
            [("CD20", "Protein", "T:cd20")],
            [("anti-CD20 antibodies", "Drug", None), ("CD20", "Protein", "T:cd20")],
        ),
        (
            "B-cell depletion.",
            [("B-cell", "Cell", None)],
            [("B-cell depletion", "Process", "T:d")],
            [("B-cell depletion", "Process", "T:d"), ("B-cell", "Cell", None)],
        ),
        (
            "Gouty arthritis.",
            [("Gouty arthritis", "Disease", None)],
            [("Gouty", "Protein", "T:g")],
            [("Gouty arthritis", "Disease", None)],
        ),
    ],
)
def test_extract_merges(text: str, trained: list[Row], named: list[Row], expected: list[Row]) -> None:
    document = next(iter(parse([Article("PMID:990000001", "A note", text)], build_nlp())))
    before = [mention(document, row, STATISTICAL) for row in trained] + [mention(document, row, NAMED) for row in named]
    after = document.with_mentions(build().extract(document.with_mentions(before))).mentions
    assert [(m.text, str(m.type), m.concept) for m in after] == expected
