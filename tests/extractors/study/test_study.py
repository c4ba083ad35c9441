import re

import pytest
from spacy.language import Language

from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article
from extractors.records import Article, MeshHeading, Study
from extractors.statistics.numbers import COUNT, parse_number
from extractors.study import StudyReader
from extractors.study.participant_counts import candidates
from extractors.values import StudyDesign

READER = StudyReader()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp()


def read(nlp: Language, title: str, abstract: str) -> tuple[Study, str]:
    (document,) = parse((flat_article("X:1", title, abstract),), nlp)
    return READER.extract(document), document.text


DESIGNS = [
    ("A trial protocol", "Study protocol for a trial of drops", "We plan to include 40 women.", "protocol"),
    ("will be", "Drops for dry eyes", "Forty women will be randomised. They will receive drops or water.", "protocol"),
    ("meta", "Drops for dry eyes: a meta-analysis", "We searched for trials.", "meta_analysis"),
    ("systematic", "Drops for dry eyes: a systematic review", "We searched MEDLINE.", "systematic_review"),
    ("guideline", "Recommendations for dry eyes", "Experts met and voted.", "guideline"),
    ("case", "Purpura cured", "We report a case of purpura in a woman.", "case_report"),
    ("age", "Purpura cured", "A 54-year-old woman with purpura was given drops.", "case_report"),
    ("series", "Purpura cured", "We report four patients with purpura who were given drops.", "case_series"),
    ("mice", "Drops in mice", "Mice were given drops. The mice lived longer.", "preclinical_in_vivo"),
    ("controls", "Tears in dryness", "We compared 20 patients with dryness and 19 healthy controls.", "case_control"),
    ("rct", "A randomised trial of drops", "Forty women were given drops or water.", "randomised_trial"),
    ("assigned", "Drops for dry eyes", "Women were randomly assigned to drops or water.", "randomised_trial"),
]


@pytest.mark.parametrize(("title", "abstract", "design"), [row[1:] for row in DESIGNS], ids=[row[0] for row in DESIGNS])
def test_design_is_read_off_decisive_words(nlp: Language, title: str, abstract: str, design: str) -> None:
    study, _ = read(nlp, title, abstract)
    assert study.design == design
    assert study.why


def test_design_without_decisive_words_is_weighed(nlp: Language) -> None:
    study, _ = read(
        nlp,
        "Pathogenesis of dryness: new insights",
        "Our understanding of dryness has changed. In this review, we discuss recent advances and emerging therapies.",
    )
    assert study.design is StudyDesign.REVIEW
    assert study.n is None


@pytest.mark.parametrize(
    ("ui", "design"),
    [
        ("D016449", "randomised_trial"),
        ("D017418", "meta_analysis"),
        ("D016454", "review"),
        ("D017427", "nonrandomised_trial"),
    ],
)
def test_publication_type_decides_before_words(nlp: Language, ui: str, design: str) -> None:
    article = Article("X:1", "Drops", "We report a case.", publication_types=(("D016428", "Journal Article"), (ui, "")))
    (document,) = parse((article,), nlp)
    assert READER.extract(document).design == design


def test_species_come_from_mesh_and_text(nlp: Language) -> None:
    article = Article("X:1", "Drops", "Rats were dry.", mesh=(MeshHeading("D051379", "Mice"),))
    (document,) = parse((article,), nlp)
    assert READER.extract(document).species == ("mouse", "rat")


COUNTS = [
    ("A trial of drops", "Forty women were randomly assigned to drops or water. All completed it.", 40),
    (
        "Outcome of dryness: a cohort",
        "We retrospectively reviewed 212 patients with dryness diagnosed from 1990 to 2005. Of these, 12 (6%) died.",
        212,
    ),
    (
        "Tears in dryness",
        "We compared 20 patients with dryness and 19 healthy controls. Tears were fewer in patients.",
        39,
    ),
    ("Purpura cured", "We report three patients with purpura who were given drops.", 3),
    ("Purpura cured", "We report a case of purpura in a woman who was given drops.", 1),
    ("Dryness: a review", "This review discusses dryness, which affects 20 patients in 1,000.", None),
]


@pytest.mark.parametrize(("title", "abstract", "n"), COUNTS)
def test_participants_are_those_of_the_study(nlp: Language, title: str, abstract: str, n: int | None) -> None:
    study, _ = read(nlp, title, abstract)
    assert study.n == n


@pytest.mark.parametrize(("title", "abstract"), [row[:2] for row in COUNTS])
def test_participants_are_a_span_of_the_text_or_a_sum_of_spans(nlp: Language, title: str, abstract: str) -> None:
    study, text = read(nlp, title, abstract)
    if study.n is None:
        assert study.n_span is None
        return
    assert study.n_span is not None
    terms = study.n_terms or (study.n_span,)
    assert terms[0][0] == study.n_span[0]
    assert terms[-1][1] == study.n_span[1]
    if study.design is not StudyDesign.CASE_REPORT:
        values = [parse_number(m.group()) for t in terms for m in [re.search(COUNT, text[slice(*t)])] if m]
        assert sum(values) == study.n


def test_registrations_are_found_once_and_without_blanks(nlp: Language) -> None:
    article = Article(
        "X:1",
        "Drops (NCT 01234567)",
        "Registered as NCT01234567, ISRCTN12345678, EudraCT number 2010-123456-12 and UMIN000012345; CRD42020123456.",
        accessions=(("ClinicalTrials.gov", "NCT07654321"), ("GENBANK", "A12345")),
    )
    (document,) = parse((article,), nlp)
    assert READER.extract(document).registrations == (
        "NCT01234567",
        "ISRCTN12345678",
        "2010-123456-12",
        "UMIN000012345",
        "CRD42020123456",
        "NCT07654321",
    )


@pytest.mark.parametrize(
    ("abstract", "facts"),
    [
        (
            "In this double-blind, placebo-controlled trial in 12 centres, women were randomised.",
            (True, True, True, True),
        ),
        ("In this single-centre, open-label, single-arm study, women were given drops.", (False, False, False, False)),
        ("Women were given drops.", (None, None, None, None)),
    ],
)
def test_facts_are_yes_no_or_not_stated(nlp: Language, abstract: str, facts: tuple[bool | None, ...]) -> None:
    study, _ = read(nlp, "Drops", abstract)
    assert (study.randomised, study.blinded, study.controlled, study.multicentre) == facts


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("A response was seen in 7 of 10 patients on drops and 22 of 30 patients on water.", {40}),
        ("A response was seen in 12 of 10 patients on drops and 22 of 30 patients on water.", set()),
        ("Drops were given to 46 patients and water to 22.", {68}),
    ],
)
def test_arms_are_added_up_from_counts_or_from_totals_of_parts(nlp: Language, text: str, sums: set[int]) -> None:
    (document,) = parse((flat_article("X:1", "Drops for dry eyes", text),), nlp)
    assert {c.value for c in candidates(document) if len(c.spans) > 1} == sums
