"""Linking against the shipped vocabularies, in sentences written for it."""

from functools import cache

import pytest

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.mentions.linker import Linker, build
from extractors.records import Article, Mention, MentionType

LINKER = cache(build)


def linked(text: str, *wanted: tuple[str, str]) -> list[str | None]:
    """Return the concepts of the wanted words (their first place after the one before) as mentions of a type."""
    document = next(iter(parse([Article("PMID:990000001", "A note", text)], build_nlp())))
    mentions, place = [], 0
    for words, kind in wanted:
        place = document.text.index(words, place)
        mentions.append(Mention(place, place + len(words), words, MentionType(kind), name=words, source="test"))
        place += len(words)
    return [m.concept for m in document.with_mentions(LINKER().extract(with_(document, mentions))).mentions]


def with_(document: Document, mentions: list[Mention]) -> Document:
    return document.with_mentions(mentions)


@pytest.mark.parametrize(
    ("words", "kind", "curie"),
    [
        ("severe thrombocytopenia", "Disease", "MESH:D013921"),
        ("quetiapine fumarate", "Drug", "MESH:D000069348"),
        ("Failure, Respiratory", "Disease", "MESH:D012131"),
        ("hypotensive", "Disease", "MESH:D007022"),
        ("IL-10", "Protein", "HGNC:5962"),
        ("pleural effusions", "Disease", "MESH:D010996"),
        ("chronic active hepatitis", "Disease", "MESH:D006521"),
        ("tissue-type whatsoever", "Disease", None),
        ("thrombocytopenia", "Drug", None),
        ("CD20 receptor antagonist XYZ", "Protein", None),
        ("QX", "Disease", None),
        ("recurrent disease", "Disease", None),
        ("ICE regimen", "Drug", None),
        ("STAT proteins", "Protein", None),
        ("human B lymphocytes", "Cell", "CL:0000236"),
        ("anti-CD28", "Protein", None),
        ("anti-Ro", "Protein", "SICCA:anti-ssa-ro-antibodies"),
    ],
)
def test_extract_links_by_name_and_rewording(words: str, kind: str, curie: str | None) -> None:
    assert linked(f"They had {words} then.", (words, kind)) == [curie]


def test_a_short_form_means_its_long_form_everywhere() -> None:
    text = "Tardive chorea was absent. Acute pancreatitis (AP) was seen, and AP healed."
    assert linked(text, ("AP", "Disease"), ("AP", "Disease")) == ["MESH:D010195", "MESH:D010195"]


def test_a_long_form_is_whole_where_fewer_words_have_the_letters_too() -> None:
    text = "Acquired thrombotic thrombocytopenic purpura (TTP) is rare; TTP relapses."
    assert linked(text, ("TTP", "Disease"), ("TTP", "Disease")) == ["MESH:D011697", "MESH:D011697"]


def test_words_of_a_phrase_name_nothing() -> None:
    text = "Cells moved in response to light; a complete response was seen."
    assert linked(text, ("response", "Outcome"), ("complete response", "Outcome")) == [None, "SICCA:complete-response"]


def test_a_short_form_of_something_unknown_is_not_what_it_is_elsewhere() -> None:
    assert linked("A merry tune xylophone (MTX) was heard; MTX again.", ("MTX", "Drug"), ("MTX", "Drug")) == [
        None,
        None,
    ]


def test_extract_is_consistent_and_keeps_what_is_linked() -> None:
    document = next(iter(parse([Article("PMID:990000001", "A note", "Foo worked; foo failed.")], build_nlp())))
    start = document.text.index("Foo")
    known = Mention(start, start + 3, "Foo", MentionType.DRUG, "T:foo", "foo", "dictionary")
    other = Mention(start + 12, start + 15, "foo", MentionType.DRUG, name="foo", source="statistical")
    found = sorted(Linker(LINKER()._resolver).extract(with_(document, [known, other])), key=lambda m: m.start)
    assert [m.concept for m in found] == ["T:foo", "T:foo"]
    assert found[0] == known


@pytest.mark.parametrize(
    ("words", "kind", "curie"),
    [
        pytest.param("ciclosporin A (CsA)", "Drug", "MESH:D016572", id="a short form behind its name"),
        pytest.param(
            "Myasthenia Gravis Activities of Daily Living (MG-ADL) score",
            "Outcome",
            "SICCA:mg-adl",
            id="a short form in a name that is known by it",
        ),
        pytest.param("etoposide (ICE) regimen", "Drug", None, id="a part of what a short form stands for"),
        pytest.param("(methyl)prednisolone", "Drug", None, id="brackets within a word"),
    ],
)
def test_names_with_brackets_are_linked_without_them(words: str, kind: str, curie: str | None) -> None:
    assert linked(f"Ifosfamide, carboplatin, {words} was looked at.", (words, kind)) == [curie]


@pytest.mark.parametrize(
    ("text", "short", "curie"),
    [
        pytest.param(
            "Etoposide, prednisone, vincristine, cyclophosphamide, doxorubicin, rituximab (EPOCH-R) helped.",
            "EPOCH-R",
            "SICCA:r-epoch",
            id="a regimen of the lexicon",
        ),
        pytest.param("Melphalan, prednisone (MP) helped.", "MP", None, id="not a drug of that name"),
        pytest.param("Cyclophosphamide, alvocidib and rituximab (CAR) helped.", "CAR", None, id="not a receptor"),
    ],
)
def test_a_regimen_is_known_by_the_drugs_that_define_it(text: str, short: str, curie: str | None) -> None:
    assert linked(text, (short, "Drug")) == [curie]
