"""Sentences written for this table; each with the abbreviations a reader finds defined in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractors.language.abbreviations import find_uses
from extractors.language.nlp import build_nlp, parse
from extractors.records import Article

TABLE: list[tuple[str, dict[str, str]]] = [
    ("Rheumatoid arthritis (RA) is common.", {"RA": "Rheumatoid arthritis"}),
    ("Women with primary Sjögren syndrome (pSS) were seen.", {"pSS": "primary Sjögren syndrome"}),
    ("B-cell activating factor (BAFF) rose.", {"BAFF": "B-cell activating factor"}),
    ("BAFF (B-cell activating factor) rose.", {"BAFF": "B-cell activating factor"}),
    ("MALT (mucosa-associated lymphoid tissue) lymphoma grew.", {"MALT": "mucosa-associated lymphoid tissue"}),
    ("Mesenchymal stem cells (MSCs) were given.", {"MSCs": "Mesenchymal stem cells"}),
    (
        "Adverse events (AEs) and serious adverse events (SAEs) were few.",
        {"AEs": "Adverse events", "SAEs": "serious adverse events"},
    ),
    ("Primary Sjögren syndrome (pSS; 12 women) was treated.", {"pSS": "Primary Sjögren syndrome"}),
    ("They had rituximab (RTX, 375 mg/m2) weekly.", {"RTX": "rituximab"}),
    ("Interleukin-6 (IL-6) fell.", {"IL-6": "Interleukin-6"}),
    ("IL-6 (interleukin-6) fell.", {"IL-6": "interleukin-6"}),
    ("Transforming growth factor-beta (TGF-β) rose.", {"TGF-β": "Transforming growth factor-beta"}),
    ("Tumour necrosis factor α (TNFα) rose.", {"TNFα": "Tumour necrosis factor α"}),
    ("Anti-tumour necrosis factor (TNF) drugs failed.", {"TNF": "tumour necrosis factor"}),
    ("Anti-neutrophil cytoplasmic antibody (ANCA) tests were done.", {"ANCA": "Anti-neutrophil cytoplasmic antibody"}),
    ("Mixed cryoglobulinaemia vasculitis (CryoVas) relapsed.", {"CryoVas": "cryoglobulinaemia vasculitis"}),
    ("Regulatory T cells (Tregs) expanded.", {"Tregs": "Regulatory T cells"}),
    ("Regulatory B cells (Breg) expanded.", {"Breg": "Regulatory B cells"}),
    (
        "Systemic lupus erythematosus (SLE) and lupus nephritis (LN) differ.",
        {"SLE": "Systemic lupus erythematosus", "LN": "lupus nephritis"},
    ),
    ("Intravenous immunoglobulin (IVIg) was stopped.", {"IVIg": "Intravenous immunoglobulin"}),
    ("Disease-modifying antirheumatic drugs (DMARDs) were kept.", {"DMARDs": "Disease-modifying antirheumatic drugs"}),
    (
        "The EULAR Sjögren's Syndrome Disease Activity Index (ESSDAI) fell.",
        {"ESSDAI": "EULAR Sjögren's Syndrome Disease Activity Index"},
    ),
    ("The odds ratio (OR) was 2.", {"OR": "odds ratio"}),
    ("The hazard ratio (HR 0.5, 95% confidence interval [CI] 0.3-0.8) was low.", {"CI": "confidence interval"}),
    ("The mean (SD) age was 54.", {}),
    ("Disease duration at study start (SD 2.1) was short.", {}),
    ("Most women (see Table 2) improved.", {}),
    ("Ten patients (Table) improved.", {}),
    ("Half of them (left) improved.", {}),
    ("The women (n = 12) improved (P < 0.05).", {}),
    ("Rituximab (MabThera) was given.", {}),
    ("Patients (group A) and controls (group B) were alike.", {}),
    ("It was registered (NCT01234567).", {}),
    ("Follow-up was long (12 mo) and complete.", {}),
    ("We followed the first cohort. Arthritis (FCA) was rare.", {}),
    ("The cohort was Spanish. (SC was not seen.)", {}),
    (
        "Hepatitis C virus (HCV)-related mixed cryoglobulinaemia (MC) was cured.",
        {"HCV": "Hepatitis C virus", "MC": "mixed cryoglobulinaemia"},
    ),
    ("Tumor necrosis factor (TNF)-alpha fell.", {"TNF": "Tumor necrosis factor"}),
    ("Peripheral blood mononuclear cells (PBMC [fresh]) were used.", {"PBMC": "Peripheral blood mononuclear cells"}),
    ("Anti-CD20 antibodies (Abs) were given.", {"Abs": "antibodies"}),
    ("Marginal zone lymphoma [MZL] was found.", {"MZL": "Marginal zone lymphoma"}),
    ("A randomised controlled trial (RCT) was done.", {"RCT": "randomised controlled trial"}),
    ("Direct-acting antivirals (DAA) cleared the virus.", {"DAA": "Direct-acting antivirals"}),
    ("5-aminosalicylic acid (5-ASA) was tried.", {"5-ASA": "5-aminosalicylic acid"}),
    ("Chronic lymphocytic leukaemia (CLL/SLL) was excluded.", {}),
    ("Non-Hodgkin's lymphoma (NHL) developed.", {"NHL": "Non-Hodgkin's lymphoma"}),
    (
        "Monoclonal gammopathy of undetermined significance (MGUS) was seen.",
        {"MGUS": "Monoclonal gammopathy of undetermined significance"},
    ),
    ("The American College of Rheumatology (ACR) criteria were met.", {"ACR": "American College of Rheumatology"}),
    ("Visual analogue scale (VAS) scores fell.", {"VAS": "Visual analogue scale"}),
    ('High-dose methylprednisolone ("HDMP") was given.', {"HDMP": "High-dose methylprednisolone"}),
    ("Cyclophosphamide (hereafter CYC) was given.", {"CYC": "Cyclophosphamide"}),
    (
        "Mycophenolate mofetil (MMF) or azathioprine (AZA) was kept.",
        {"MMF": "Mycophenolate mofetil", "AZA": "azathioprine"},
    ),
    (
        "Overall survival (OS) and progression-free survival (PFS) were long.",
        {"OS": "Overall survival", "PFS": "progression-free survival"},
    ),
    ("Nuclear factor kappa B (NF-κB) was active.", {"NF-κB": "Nuclear factor kappa B"}),
    ("Graft-versus-host disease (GVHD) was rare.", {"GVHD": "Graft-versus-host disease"}),
    ("Rheumatoid factor (RF) and C4 (complement) were measured.", {"RF": "Rheumatoid factor"}),
    ("RF (rheumatoid factor, IgM) was high.", {"RF": "rheumatoid factor"}),
    ("Most patients (pts) improved.", {"pts": "patients"}),
    ("Health-related quality of life (HRQoL) was better.", {"HRQoL": "Health-related quality of life"}),
    ("Interferon (IFN) type I and IFN-γ (type II) differ.", {"IFN": "Interferon"}),
    ("Minor salivary gland biopsy (MSGB) and labial biopsy (LSGB) differ.", {"MSGB": "Minor salivary gland biopsy"}),
    ("T follicular helper (Tfh) cells were many.", {"Tfh": "T follicular helper"}),
    ("Short Form-36 (SF-36) scores were low.", {"SF-36": "Short Form-36"}),
    ("The stimulated whole salivary flow (SWSF, ml/min) rose.", {"SWSF": "stimulated whole salivary flow"}),
    ("Women (F) and men (M) were alike.", {}),
    ("Belimumab (anti-BLyS) was added.", {}),
    ("B-lymphocyte stimulator (BLyS, also known as BAFF) is a cytokine.", {"BLyS": "B-lymphocyte stimulator"}),
    ("A proliferation-inducing ligand (APRIL) is another.", {"APRIL": "A proliferation-inducing ligand"}),
    (
        "Complete response (CR) or partial response (PR) was seen.",
        {"CR": "Complete response", "PR": "partial response"},
    ),
    ("Two of three (67%) responded.", {}),
    ("Cells from the United States (USA) were used.", {"USA": "United States"}),
    ("It lasted long (USA, 2010).", {}),
]


NLP = build_nlp()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return NLP


def defined(text: str, nlp: Language) -> dict[str, str]:
    (document,) = parse((Article("X:1", "A title", text),), nlp)
    return {document.text[slice(*short)]: document.text[slice(*long)] for short, long in document.abbreviations}


@pytest.mark.parametrize(("text", "wanted"), TABLE, ids=[str(i) for i in range(len(TABLE))])
def test_abbreviations_are_those_a_reader_finds(text: str, wanted: dict[str, str], nlp: Language) -> None:
    assert defined(text, nlp) == wanted


def test_abbreviations_of_the_table_are_exact(nlp: Language) -> None:
    wanted = {(text, *pair) for text, pairs in TABLE for pair in pairs.items()}
    found = {(text, *pair) for text, _ in TABLE for pair in defined(text, nlp).items()}
    precision, recall = len(wanted & found) / len(found), len(wanted & found) / len(wanted)
    assert (precision, recall) >= (0.97, 0.97)


def test_uses_are_expanded_in_singular_and_plural_and_never_inside_words(nlp: Language) -> None:
    text = "Adverse events (AEs) were few. One AE was grave; AEs of SAEs. TNF-AE counts, AERO does not."
    (document,) = parse((Article("X:1", "Few AEs", text),), nlp)
    uses = find_uses(document.text, document.abbreviations)
    assert [document.text[slice(*use)] for use, _ in uses] == ["AEs", "AE", "AEs", "AE"]
    assert {document.text[slice(*long)] for _, long in uses} == {"Adverse events"}


def test_uses_prefer_the_longest_short_form(nlp: Language) -> None:
    text = "Interferon (IFN) and interferon gamma (IFN-γ) rose. IFN-γ fell before IFN did."
    (document,) = parse((Article("X:1", "T", text),), nlp)
    uses = find_uses(document.text, document.abbreviations)
    assert [(document.text[slice(*a)], document.text[slice(*b)]) for a, b in uses] == [
        ("IFN-γ", "interferon gamma"),
        ("IFN", "Interferon"),
    ]


@settings(max_examples=150)
@given(st.text(alphabet="abT cells()[]-,;βIL6 ", max_size=60))
def test_definitions_lie_in_one_sentence_and_are_words_of_the_text(text: str) -> None:
    (document,) = parse((Article("X:1", "T", text),), NLP)
    for short, long in document.abbreviations:
        assert short[1] - short[0] < long[1] - long[0]
        assert any(s.start <= min(short[0], long[0]) and max(short[1], long[1]) <= s.end for s in document.sentences)
        assert all(document.text[a:b] == document.text[a:b].strip() != "" for a, b in (short, long))
