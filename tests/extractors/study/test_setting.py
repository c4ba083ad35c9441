"""Where, how long and by whom a study was done, on sentences written for these tests."""

import pytest

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article
from extractors.records import Study
from extractors.study.setting import evidence_tier, find_countries, find_follow_up, find_funding
from extractors.values import StudyDesign

NLP = build_nlp()


def document(abstract: str, title: str = "A title") -> Document:
    (parsed,) = parse((flat_article("X:1", title, abstract),), NLP)
    return parsed


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Median follow-up was 24 months.", 24, "months"),
        ("Patients were followed for 3 years.", 3, "years"),
        ("After a mean follow-up of 18 months, two relapsed.", 18, "months"),
    ],
)
def test_follow_up_is_the_duration_beside_the_word(text: str, value: float, unit: str) -> None:
    found = find_follow_up(document(text))
    assert found is not None
    assert (found.value, found.unit) == (value, unit)


def test_a_duration_without_follow_up_is_none() -> None:
    assert find_follow_up(document("Patients received rituximab for 24 months.")) is None


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The trial was done in France and the United Kingdom.", ["France", "United Kingdom"]),
        ("We studied 40 Italian patients.", ["Italy"]),
        ("Data came from 12 hospitals in Japan.", ["Japan"]),
        ("Chinese hamster ovary cells were used.", []),
        ("Patients received rituximab.", []),
    ],
)
def test_countries_are_those_of_the_study(text: str, countries: list[str]) -> None:
    assert [name for name, _, _ in find_countries(document(text))] == countries


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Results were good. FUNDING: Ministry of Health, Some Company.", "Ministry of Health, Some Company"),
        ("Results were good. (Funded by Some Company; EXAMPLE number 1.)", "Some Company"),
        ("The study was supported by a grant from the Example Foundation.", "the Example Foundation"),
        ("The diagnosis was supported by biopsy.", None),
    ],
)
def test_funding_is_who_paid(text: str, who: str | None) -> None:
    article = document(text)
    span = find_funding(article)
    assert (article.text[slice(*span)] if span else None) == who


@pytest.mark.parametrize(
    ("study", "tier"),
    [
        (Study("X:1", StudyDesign.RANDOMISED_TRIAL, blinded=True), "2a"),
        (Study("X:1", StudyDesign.RANDOMISED_TRIAL), "2b"),
        (Study("X:1", StudyDesign.NONRANDOMISED_TRIAL, controlled=True), "3a"),
        (Study("X:1", StudyDesign.CASE_REPORT), "4c"),
        (Study("X:1", StudyDesign.REVIEW), "S"),
        (Study("X:1", StudyDesign.OTHER), ""),
    ],
)
def test_tier_is_the_first_row_that_fits(study: Study, tier: str) -> None:
    assert evidence_tier(study) == tier


def test_every_design_but_other_has_a_tier() -> None:
    assert {d for d in StudyDesign if not evidence_tier(Study("X:1", d))} == {StudyDesign.OTHER}
