"""Synthetic names that a recogniser cut inside a bracket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.mentions.brackets import whole
from extractors.records import Article
from extractors.values import MentionType

DISEASE, PROTEIN, PROCESS, CELL = MentionType.DISEASE, MentionType.PROTEIN, MentionType.PROCESS, MentionType.CELL
DRUG = MentionType.DRUG


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp()


def read(text: str, nlp: Language) -> Document:
    (document,) = parse((Article("1", "", text),), nlp)
    return document


def spans(document: Document, *found: tuple[str, MentionType]) -> list[tuple[int, int, MentionType]]:
    return [(document.text.index(w), document.text.index(w) + len(w), kind) for w, kind in found]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        pytest.param(
            "Hepatitis C virus (HCV) infection was seen in all.",
            [("HCV) infection", DISEASE)],
            ["Hepatitis C virus (HCV) infection"],
            id="begins inside",
        ),
        pytest.param(
            "Hepatitis C virus (HCV) infection was seen in all.",
            [("Hepatitis C virus", DISEASE), ("HCV) infection", DISEASE)],
            ["Hepatitis C virus (HCV) infection"],
            id="the long form is part of the name then",
        ),
        pytest.param(
            "Chronic hepatitis C virus (HCV) infection was seen in all.",
            [("Chronic hepatitis C virus", DISEASE), ("HCV) infection", DISEASE)],
            ["Chronic hepatitis C virus (HCV) infection"],
            id="a name that begins before the long form keeps its beginning",
        ),
        pytest.param(
            "Hepatitis C virus (HCV) was seen in all.",
            [("Hepatitis C virus", DISEASE), ("HCV)", DISEASE)],
            ["Hepatitis C virus", "HCV"],
            id="a bracket that only closes at the end",
        ),
        pytest.param("Purpura (mild) ) healed.", [(")", DISEASE)], [")"], id="nothing but a bracket"),
        pytest.param(
            "They fell ill (with immune thrombocytopenia [ITP]).", [("ITP]).", DISEASE)], ["ITP"], id="closed twice"
        ),
        pytest.param("A ligand (BAFF) rose.", [("(BAFF", PROTEIN)], ["BAFF"], id="only opened at its beginning"),
        pytest.param(
            "Ifosfamide, carboplatin, etoposide (ICE) regimens helped.",
            [("Ifosfamide", DRUG), ("carboplatin", DRUG), ("etoposide", DRUG), ("ICE) regimens", DRUG)],
            ["Ifosfamide", "carboplatin", "etoposide", "(ICE) regimens"],
            id="a list of several is no part of a name",
        ),
        pytest.param(
            "Myasthenia Gravis Activities Score (MGAS) change was small.",
            [("Myasthenia Gravis", DISEASE), ("MGAS) change", MentionType.OUTCOME)],
            ["Myasthenia Gravis", "(MGAS) change"],
            id="what is of another type stays",
        ),
        pytest.param(
            "Chronic hepatitis C virus (HCV) infection was seen.",
            [("Chronic hepatitis C", DISEASE), ("HCV) infection", DISEASE)],
            ["Chronic hepatitis C", "(HCV) infection"],
            id="a mention that ends within the long form stays",
        ),
        pytest.param(
            "B-cell activating factor (BAFF) rose.",
            [("B-cell activating factor (BAFF", PROTEIN)],
            ["B-cell activating factor"],
            id="ends behind a short form that is defined there",
        ),
        pytest.param(
            "Immunoglobulin (total) fell.",
            [("Immunoglobulin (total", PROTEIN)],
            ["Immunoglobulin (total)"],
            id="ends before the bracket closes",
        ),
        pytest.param("Levels [of C4] fell.", [("Levels [of C4", PROTEIN)], ["Levels [of C4]"], id="square brackets"),
        pytest.param("Values (low C4 in two) fell.", [("Values (low C4", PROTEIN)], ["Values (low C4"], id="goes on"),
        pytest.param(
            "In two (of nine) nephritis came.", [("nine) nephritis", DISEASE)], ["nine) nephritis"], id="no short form"
        ),
        pytest.param("Purpura (mild) healed.", [("Purpura (mild)", DISEASE)], ["Purpura (mild)"], id="whole"),
    ],
)
def test_names_have_whole_brackets(
    text: str, found: list[tuple[str, MentionType]], expected: list[str], nlp: Language
) -> None:
    document = read(text, nlp)
    assert [document.text[a:b] for a, b, _ in whole(document, spans(document, *found))] == expected


def test_the_cell_in_a_process_that_has_grown_stays(nlp: Language) -> None:
    document = read("B lymphocyte depletion (BLD) therapy effects lasted in B lymphocytes.", nlp)
    found = spans(document, ("B lymphocyte", CELL), ("BLD) therapy effects", PROCESS))
    kept = whole(document, found)
    assert [(document.text[a:b], kind) for a, b, kind in kept] == [
        ("B lymphocyte", CELL),
        ("B lymphocyte depletion (BLD) therapy effects", PROCESS),
    ]


PARTS = st.sampled_from(["hepatitis C virus", "(HCV)", "HCV", "infection", "(", ")", "[", "]", "no", "."])


@given(parts=st.lists(PARTS, min_size=1, max_size=8), data=st.data())
def test_whole_names_stay_as_they_are(parts: list[str], data: st.DataObject, nlp: Language) -> None:
    document = read("Hepatitis C virus (HCV) came. " + " ".join(parts), nlp)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    once = whole(document, [(start, end, DISEASE)])
    assert whole(document, once) == once
    assert [kind for _, _, kind in once] == [DISEASE]
    assert all(0 <= first < last <= min(end + 1, len(document.text)) for first, last, _ in once)
