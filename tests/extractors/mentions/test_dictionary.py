"""Names in text: traps that real systems fell into, in sentences and with a vocabulary written for this table."""

from functools import cache

import pytest

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.mentions.dictionary import Dictionary
from extractors.records import Article, Concept, Mention, MentionType
from extractors.vocabulary.lexicon import DEFINED, EXACT, Name
from extractors.vocabulary.vocabulary import Vocabulary

#: CURIE, type, names; marked as in configs/lexicons.
CONCEPTS = [
    ("T:rtx", MentionType.DRUG, "rituximab | =RTX"),
    ("T:anti-cd20", MentionType.DRUG, "anti-CD20 antibodies | anti-CD20"),
    ("T:bel", MentionType.DRUG, "belimumab"),
    ("T:belatacept", MentionType.DRUG, "belatacept"),
    ("T:mtx", MentionType.DRUG, "methotrexate | =MTX"),
    ("T:mitox", MentionType.DRUG, "mitoxantrone | ?MTX"),
    ("T:csa", MentionType.DRUG, "ciclosporin | =CsA"),
    ("T:cyc", MentionType.DRUG, "cyclophosphamide | =CYC"),
    ("T:ardenermin", MentionType.DRUG, "ardenermin"),
    ("T:bdt", MentionType.PROCESS, "B-cell depletion"),
    ("T:pss", MentionType.DISEASE, "Sjögren syndrome | =pSS | ?SS"),
    ("T:sls", MentionType.DISEASE, "Sjögren-Larsson syndrome"),
    ("T:ssc", MentionType.DISEASE, "systemic sclerosis | ?SS"),
    ("T:cv", MentionType.DISEASE, "cryoglobulinaemic vasculitis | ?CV"),
    ("T:ms", MentionType.DISEASE, "multiple sclerosis | ?MS"),
    ("T:men", MentionType.DISEASE, "multiple endocrine neoplasia | =MEN"),
    ("T:pe", MentionType.DISEASE, "pulmonary embolism | ?PE"),
    ("T:pex", MentionType.PROCEDURE, "plasma exchange | ?PE"),
    ("T:rf", MentionType.PROTEIN, "rheumatoid factor | =RF"),
    ("T:renal", MentionType.DISEASE, "renal failure | ?RF"),
    ("T:hcv", MentionType.SPECIES, "hepatitis C virus | =HCV"),
    ("T:hepc", MentionType.DISEASE, "hepatitis C | HCV infection"),
    ("T:uraemia", MentionType.DISEASE, "uraemia"),
    ("T:anaemia", MentionType.DISEASE, "anaemia"),
    ("T:lymphoma", MentionType.DISEASE, "B-cell lymphoma"),
    ("T:bcell", MentionType.CELL, "B cell"),
    ("T:cd20", MentionType.PROTEIN, "CD20"),
    ("T:c4", MentionType.PROTEIN, "complement C4 | =C4"),
    ("T:baff", MentionType.PROTEIN, "BAFF | =BLyS"),
    ("T:il2", MentionType.PROTEIN, "IL-2"),
    ("T:il2r", MentionType.PROTEIN, "IL-2 receptor"),
    ("T:ssa", MentionType.PROTEIN, "Ro60 | =SSA"),
    ("T:anti-ssa", MentionType.PROTEIN, "anti-SSA antibodies"),
    ("T:air", MentionType.OUTCOME, "autoimmune response | =AIR"),
]


@cache
def dictionary() -> Dictionary:
    """Return the matcher for CONCEPTS."""
    names = []
    for curie, kind, cell in CONCEPTS:
        written = cell.split(" | ")
        concept = Concept(curie, written[0], kind)
        for text in written:
            bare = text.lstrip(EXACT + DEFINED)
            names.append(Name(bare, concept, exact=text.startswith(EXACT), defined=text.startswith(DEFINED)))
    return Dictionary(Vocabulary(names))


def read(text: str) -> Document:
    return next(iter(parse([Article("PMID:990000001", "A note", text)], build_nlp())))


def found(text: str) -> list[tuple[str, str | None]]:
    document = read(text)
    mentions = document.with_mentions(dictionary().extract(document)).mentions
    assert all(document.text[m.start : m.end] == m.text for m in mentions)
    return [(m.text, m.concept) for m in mentions]


TRAPS: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("Both had anti-CD20 antibodies.", [("anti-CD20 antibodies", "T:anti-cd20"), ("CD20", "T:cd20")]),
    ("Cells expressed CD20.", [("CD20", "T:cd20")]),
    ("She moved by air. AIR rose.", [("AIR", "T:air")]),
    ("Men were older. MEN was excluded.", [("MEN", "T:men")]),
    ("Sjögren-Larsson syndrome was excluded.", [("Sjögren-Larsson syndrome", "T:sls")]),
    ("Sjögren's syndrome was confirmed.", [("Sjögren's syndrome", "T:pss")]),
    ("Uremia without anemia.", [("Uremia", "T:uraemia"), ("anemia", "T:anaemia")]),
    ("Serum BLyS rose; ardenermin was not given.", [("BLyS", "T:baff"), ("ardenermin", "T:ardenermin")]),
    ("Soluble IL-2 receptor exceeded IL-2.", [("IL-2 receptor", "T:il2r"), ("IL-2", "T:il2")]),
    ("An anti-SSA antibody binds SSA.", [("anti-SSA antibody", "T:anti-ssa"), ("SSA", "T:ssa")]),
    ("B-cell lymphoma from a B cell.", [("B-cell lymphoma", "T:lymphoma"), ("B cell", "T:bcell")]),
    ("B-cell depletion was deep.", [("B-cell depletion", "T:bdt"), ("B-cell", "T:bcell")]),
    ("HCV causes hepatitis C.", [("HCV", "T:hcv"), ("hepatitis C", "T:hepc")]),
    ("Untreated HCV infection persisted.", [("HCV infection", "T:hepc")]),
    ("They had MTX.", [("MTX", "T:mtx")]),
    ("They had mitoxantrone (MTX); MTX failed.", [("mitoxantrone", "T:mitox"), ("MTX", "T:mitox"), ("MTX", "T:mitox")]),
    ("CsA, not CSA, was given with CYC.", [("CsA", "T:csa"), ("CYC", "T:cyc")]),
    ("Belimumab is not belatacept.", [("Belimumab", "T:bel"), ("belatacept", "T:belatacept")]),
    ("SS was frequent.", [("SS", None)]),
    (
        "Systemic sclerosis (SS) is not pSS. SS",
        [("Systemic sclerosis", "T:ssc"), ("SS", "T:ssc"), ("pSS", "T:pss"), ("SS", "T:ssc")],
    ),
    ("CV and MS were noted.", [("CV", None), ("MS", None)]),
    ("PE was given.", [("PE", None)]),
    ("Plasma exchange (PE): PE was given.", [("Plasma exchange", "T:pex"), ("PE", "T:pex"), ("PE", "T:pex")]),
    ("RF was positive.", [("RF", None)]),
    ("Rheumatoid factor was sought; RF was found.", [("Rheumatoid factor", "T:rf"), ("RF", "T:rf")]),
    ("Renal failure (RF) and then RF.", [("Renal failure", "T:renal"), ("RF", "T:renal"), ("RF", "T:renal")]),
    ("C4 was low, C40 was not.", [("C4", "T:c4")]),
    ("Group C4a had c4.", []),
    ("Rituximabs were compared.", [("Rituximabs", "T:rtx")]),
    ("Rituximab. Antibodies", [("Rituximab", "T:rtx")]),
    ("IL, 2 received it.", []),
    ("Ms Smith wrote ms. MS was found.", [("MS", None)]),
    ("Radical thoracic exploration (RTX) was done; RTX helped.", []),
    ("Low-dose methotrexate infusion (MTX) was tried.", [("methotrexate", "T:mtx"), ("MTX", "T:mtx")]),
]


@pytest.mark.parametrize(("text", "expected"), TRAPS)
def test_extract_reads_the_traps(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected


def test_a_short_form_of_another_long_form_is_not_that_of_the_lexicon() -> None:
    assert found("Mental slowness (MS) was noted; MS persisted.") == [("MS", None), ("MS", None)]


def test_extract_keeps_what_was_found_before() -> None:
    document = read("Nothing known here.")
    mention = Mention(7, 14, "Nothing", MentionType.DRUG, source="other")
    assert tuple(dictionary().extract(document.with_mentions([mention]))) == (mention,)
