"""Courses read off abstracts written for these tests, with mentions given by their words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.courses.chains import joint_between
from extractors.courses.outcome import choose_outcome
from extractors.courses.proof import course_faults
from extractors.statistics.numbers import COUNT, DECIMAL, parse_number
from tests.extractors.courses.texts import FINDER, SERIES, TRIAL, document, names

REVIEW = document(
    "Rituximab in cryoglobulinaemic vasculitis: a review",
    "In this review, we discuss rituximab, belimumab and cyclophosphamide in cryoglobulinaemic vasculitis.",
)


def test_a_series_treated_in_sequence_is_one_course() -> None:
    (course,) = FINDER.extract(SERIES)
    assert names(course) == ["rituximab", "belimumab"]
    assert (course.mode, course.patients, course.responders, course.outcome) == ("sequential", 4, 4, "improved")
    assert [argument.name for argument in course.prior] == ["cyclophosphamide"]
    assert course.prior_reason == "refractory"
    assert course.condition is not None
    assert course.condition.concept == "MONDO:0007407"


def test_arms_of_a_trial_are_courses_that_know_each_other() -> None:
    courses = list(FINDER.extract(TRIAL))
    assert [names(course) for course in courses] == [["rituximab"], ["placebo"]]
    assert [(c.patients, c.responders) for c in courses] == [(31, 20), (29, 6)]
    first, second = courses
    assert first.comparators == (second.id,)
    assert second.comparators == (first.id,)
    assert first.outcome == "improved"


def test_an_endpoint_has_value_time_and_p() -> None:
    first = next(iter(FINDER.extract(TRIAL)))
    (endpoint,) = first.endpoints
    assert endpoint.measure.name == "complete response"
    assert endpoint.value is not None
    assert (endpoint.value.value, endpoint.value.total) == (20, 31)
    assert endpoint.time is not None
    assert endpoint.time.value == 24
    assert endpoint.p is not None
    assert endpoint.p.value == 0.001


def test_a_review_has_no_course_of_its_own() -> None:
    assert list(FINDER.extract(REVIEW)) == []


@pytest.mark.parametrize(
    ("between", "joint"),
    [
        (" plus ", "plus"),
        (" + ", "plus"),
        (" in combination with oral ", "plus"),
        (" (375 mg/m2 weekly) plus ", "plus"),
        (" followed by ", "followed"),
        (", and then ", "followed"),
        (" and ", "and"),
        (", ", "comma"),
        ("/", "slash"),
        (" or ", None),
        (" versus ", None),
        (" compared with ", None),
        (" was stopped because it harmed; later ", None),
    ],
)
def test_what_joins_treatments_is_told_from_what_parts_them(between: str, joint: str | None) -> None:
    text = f"rituximab{between}belimumab"
    assert joint_between(text, 9, len(text) - 9) == joint


SENTENCES = st.lists(
    st.sampled_from(
        [
            "We report three patients with purpura treated with rituximab.",
            "Two of three patients improved on belimumab (67%).",
            "All four women given rituximab plus prednisone had a complete response.",
            "Of 25 patients, 16 (64%) responded to cyclophosphamide.",
            "Patients were randomised to methotrexate (n = 12) or placebo (n = 11).",
            "A complete response was seen in 64% of patients given rituximab and in 20% given placebo.",
            "They had failed methotrexate.",
            "One patient died.",
        ]
    ),
    min_size=1,
    max_size=6,
    unique=True,
)


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_every_number_is_a_span_or_a_share_of_the_patients(sentences: list[str]) -> None:
    article = document("Rituximab for purpura: a cohort", " ".join(sentences))
    text = article.text
    for course in FINDER.extract(article):
        for value, span in ((course.patients, course.patients_span), (course.deaths, course.deaths_span)):
            assert (value is None) == (span is None)
            assert span is None or value in _values(text[slice(*span)])
        if course.responders is None:
            continue
        assert course.responders_span is not None
        if course.responders_terms:
            share = parse_number(re.findall(DECIMAL, text[slice(*course.responders_terms[0])])[0])
            assert course.patients is not None
            assert course.responders == int(share * course.patients / 100 + 0.5)
        else:
            assert course.responders in _values(text[slice(*course.responders_span)])
        assert course.patients is None or course.responders <= course.patients


def _values(span: str) -> set[int]:
    """Return the whole numbers of a span; a person counts as one."""
    found = {int(parse_number(m.group())) for m in re.finditer(COUNT, span)}
    return found or {1}


@pytest.mark.parametrize(
    ("responders", "expected"),
    [(None, "not_stated"), (0, "not_stated"), (3, "improved")],
    ids=["none", "nobody", "some"],
)
def test_where_responders_are_counted_an_outcome_is_stated(responders: int | None, expected: str) -> None:
    assert choose_outcome({"improved": 0.3, "not_stated": 0.5, "mixed": 0.2}, responders) == expected


@pytest.mark.parametrize(
    ("result", "responders"),
    [("Rituximab was effective and the vasculitis resolved.", 1), ("Rituximab is costly.", None)],
)
def test_the_one_patient_of_a_report_who_improved_is_its_responder(result: str, responders: int | None) -> None:
    report = document(
        "Rituximab in cryoglobulinaemic vasculitis: a case report",
        f"We report a 54-year-old woman with cryoglobulinaemic vasculitis. She received rituximab. {result}",
    )
    (course,) = FINDER.extract(report)
    assert (course.patients, course.responders) == (1, responders)
    assert (course.outcome == "improved") is (responders == 1)
    assert list(course_faults(course, report.text)) == []
