"""What the shipped weights must find is kept to names no retraining may lose."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.mentions.statistical import StatisticalRecogniser, build, spans_of
from extractors.mentions.tagger import LABELS
from extractors.records import Article, Mention
from extractors.values import MentionType

TITLE = "Rituximab for cryoglobulinaemic vasculitis in primary Sjögren syndrome"
ABSTRACT = (
    "We treated nine patients with hepatitis C and mixed cryoglobulinaemia with rituximab (RTX). "
    "RTX led to depletion of B cells, and serum levels of TNF-α fell. "
    "Three patients had purpura and peripheral neuropathy; prednisone was tapered, and two relapsed."
)


@pytest.fixture(scope="module")
def recogniser() -> StatisticalRecogniser:
    return build()


def read(title: str, abstract: str) -> Document:
    return next(iter(parse([Article("PMID:990000001", title, abstract)], build_nlp())))


@pytest.fixture(scope="module")
def mentions(recogniser: StatisticalRecogniser) -> tuple[Mention, ...]:
    return tuple(recogniser.extract(read(TITLE, ABSTRACT)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rituximab", "Drug"),
        ("rituximab", "Drug"),
        ("RTX", "Drug"),
        ("prednisone", "Drug"),
        ("peripheral neuropathy", "Disease"),
        ("purpura", "Disease"),
    ],
)
def test_extract_finds_common_names_of_each_kind(mentions: tuple[Mention, ...], text: str, kind: str) -> None:
    assert (text, kind) in {(m.text, str(m.type)) for m in mentions}


@pytest.mark.parametrize(
    "abstract",
    [
        "Tumor necrosis factor alpha (TNF-alpha) gene expression rose, and the interleukin-2 (IL-2) gene was silent.",
        "The complete response (CR) rate was 40% and the progression-free survival (PFS) rate 30%.",
        "Patients with hepatitis C virus (HCV) infection had purpura. The sustained virological response (SVR) rates rose.",
    ],
)
def test_extract_leaves_no_name_cut_in_a_bracket(recogniser: StatisticalRecogniser, abstract: str) -> None:
    found = [m.text for m in recogniser.extract(read("A note", abstract))]
    assert [words for words in found if words.count("(") != words.count(")")] == []


@pytest.mark.parametrize("text", ["hepatitis C", "B cells", "TNF-α"])
def test_extract_covers_names_inside_longer_ones(mentions: tuple[Mention, ...], text: str) -> None:
    assert any(text in m.text for m in mentions)


def test_extract_gives_offsets_into_the_text_in_order_without_overlap(mentions: tuple[Mention, ...]) -> None:
    text = f"{TITLE}\n{ABSTRACT}"
    assert mentions
    assert all(text[m.start : m.end] == m.text and m.source == "statistical" for m in mentions)
    assert all(m.concept is None for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_extract_does_not_depend_on_what_was_read_before(recogniser: StatisticalRecogniser) -> None:
    document = read(TITLE, ABSTRACT)
    first = tuple(build().extract(document))
    list(recogniser.extract(read("Belimumab in systemic lupus", "Belimumab lowers anti-dsDNA antibodies.")))
    assert tuple(recogniser.extract(document)) == first


@pytest.mark.parametrize(("title", "abstract"), [("", ""), ("(", ""), ("(1)", "..."), ("  ", " \n ")])
def test_extract_bears_texts_without_words(recogniser: StatisticalRecogniser, title: str, abstract: str) -> None:
    assert list(recogniser.extract(read(title, abstract))) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40).filter(lambda t: "\n" not in t), st.text(alphabet="aB-α(). 5,IL\n", max_size=120))
def test_extract_keeps_offsets_true_for_any_text(recogniser: StatisticalRecogniser, title: str, abstract: str) -> None:
    document = read(title, abstract)
    found = list(recogniser.extract(document))
    assert all(document.text[m.start : m.end] == m.text != "" for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_extract_passes_on_what_was_found_before(recogniser: StatisticalRecogniser) -> None:
    document = read(TITLE, ABSTRACT)
    earlier = Mention(0, 9, "Rituximab", MentionType.DRUG, "MESH:D000069283", "rituximab", "dictionary")
    own = tuple(recogniser.extract(document))
    assert tuple(recogniser.extract(document.with_mentions([earlier]))) == (earlier, *own)


def test_extract_finds_no_less_when_more_eager() -> None:
    document = read(TITLE, ABSTRACT)
    shy, eager = (sum(m.end - m.start for m in build(eagerness=e).extract(document)) for e in (-20.0, 20.0))
    assert shy < eager


def test_extract_trusts_what_the_dictionary_linked() -> None:
    document = read("Zyxoprenil in patients", "Zyxoprenil was given.")
    linked = Mention(0, 10, "Zyxoprenil", MentionType.PROCEDURE, "SICCA:x", "zyxoprenil", "dictionary")
    found = [m for m in build(trust=500.0).extract(document.with_mentions([linked])) if m.source == "statistical"]
    assert (found[0].span, found[0].type) == ((0, 10), MentionType.PROCEDURE)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["O", "O"], []),
        (["B-Drug", "I-Drug", "O"], [(0, 2, "Drug")]),
        (["B-Drug", "B-Drug"], [(0, 1, "Drug"), (1, 2, "Drug")]),
        (["B-Drug", "B-Cell", "I-Cell"], [(0, 1, "Drug"), (1, 3, "Cell")]),
        (["O", "B-Protein"], [(1, 2, "Protein")]),
    ],
)
def test_spans_of_reads_mentions_off_labels(labels: list[str], expected: list[tuple[int, int, str]]) -> None:
    spans = tuple((i, i + 1) for i in range(len(labels)))
    assert list(spans_of([LABELS.index(label) for label in labels], spans)) == expected
