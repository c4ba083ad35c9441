"""Spellings that must fold together, and spellings that must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.vocabulary.folding import fold, pieces

SAME = [
    ("Sjögren's syndrome", "Sjogren syndrome"),
    ("Sjögren’s syndromes", "Sjoegren syndrome"),
    ("Sjo\u0308gren syndrome", "Sjögren syndrome"),
    ("cryoglobulinaemia", "Cryoglobulinemia"),
    ("CRYOGLOBULINAEMIA", "cryoglobulinemia"),
    ("cryoglobulinæmia", "cryoglobulinemia"),
    ("type II cryoglobulinaemia", "type 2 cryoglobulinemia"),
    ("oedema", "edema"),
    ("oesophagitis", "esophagitis"),
    ("diarrhoea", "diarrhea"),
    ("leucopenia", "leukopenia"),
    ("tumours", "tumor"),
    ("IL-6", "IL6"),
    ("IL‑6", "IL 6"),
    ("TNF-α", "TNF alpha"),
    ("TNFα", "TNF-alpha"),
    ("interferon-γ", "interferon gamma"),
    ("µ-opioid receptor", "μ opioid receptor"),
    ("B-cells", "B cell"),
    ("ciclosporin A", "cyclosporine A"),
    ("immunoglobulins", "immunoglobulin"),
    ("biopsies", "biopsy"),
    ("metastases", "metastasis"),
    ("VAY-736", "VAY736"),
    ("CD20+", "CD20"),
    ("AEs", "AE"),
    ("randomised", "randomized"),
]
APART = [
    ("AE", "E"),
    ("lupus", "lupu"),
    ("arthritis", "arthriti"),
    ("type I cryoglobulinaemia", "type II cryoglobulinaemia"),
    ("IL-1", "IL-11"),
    ("belimumab", "belatacept"),
    ("BAFF", "BAFF-R"),
    ("uraemia", "urea"),
    ("aerobic", "erobic"),
    ("Sjögren syndrome", "Sjögren-Larsson syndrome"),
    ("hyperkalaemia", "hypokalaemia"),
    ("SS-A", "SS-B"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_fold_makes_spellings_of_one_name_equal(first: str, second: str) -> None:
    assert fold(first) == fold(second)


@pytest.mark.parametrize(("first", "second"), APART)
def test_fold_keeps_different_names_apart(first: str, second: str) -> None:
    assert fold(first) != fold(second)


TEXTS = st.text(st.sampled_from("abeosiuxAESIVX09-–' ’αβγµöæœłß(),.\u0308\n"), max_size=40)


@given(TEXTS | st.text(max_size=30))
def test_pieces_have_offsets_in_order_that_slice_back(text: str) -> None:
    end = 0
    for piece, start, stop in pieces(text):
        assert piece
        assert end <= start < stop <= len(text)
        assert text[start:stop].strip() == text[start:stop]
        end = stop


@given(TEXTS)
def test_fold_ignores_hyphens_and_blanks_between_pieces(text: str) -> None:
    assert fold(text.replace("-", " ")) == fold(text.replace("-", "–"))


@given(st.lists(st.sampled_from(["IL", "6", "receptor", "B", "cell", "TNF", "alpha", "lupus", "nephritis"])))
def test_fold_is_stable_once_folded(words: list[str]) -> None:
    once = fold(" ".join(words))
    assert fold(" ".join(once)) == once
