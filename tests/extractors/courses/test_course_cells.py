"""Cells of courses beyond drugs and outcome, on sentences written for these tests."""

import pytest

from extractors.courses import CourseFinder
from extractors.courses.arms import find_places
from extractors.courses.derived import derived_claims, stated_sequences
from extractors.courses.numbers import Context, patient_numbers, read_statistics, responder_numbers
from extractors.courses.patients import not_fewer
from extractors.courses.proof import course_faults, study_faults
from extractors.courses.regimens import find_regimens
from extractors.courses.setting import find_mode, find_setting
from extractors.courses.treatments import group_treatments
from extractors.records import Argument, Course, Predicate, Study
from extractors.values import MentionType, StudyDesign
from tests.extractors.courses.texts import CASES, FINDER, SERIES, TRIAL, document

DRUG = Argument(None, "rituximab", MentionType.DRUG, ((0, 9),))


def single(text: str, drug: str = "belimumab") -> tuple[str | None, str | None]:
    """Return the setting of a drug in a text and the words that say so."""
    article = document("A title", text)
    regimen = next(
        r for r in find_regimens(article, group_treatments(article)) if [m.argument.name for m in r.members] == [drug]
    )
    setting, span = find_setting(article, regimen)
    return setting, article.text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("The addition of belimumab helped.", "add_on"),
        ("Patients had belimumab added to prednisone.", "add_on"),
        ("They received maintenance therapy with belimumab.", "maintenance"),
        ("Belimumab maintenance was given for a year.", "maintenance"),
        ("Patients were switched from rituximab to belimumab.", "switch"),
        ("Induction with belimumab was followed by rest.", "induction"),
        ("They received belimumab.", None),
    ],
)
def test_setting_says_how_a_course_stands_to_other_treatment(text: str, setting: str | None) -> None:
    assert single(text)[0] == setting


def test_the_words_that_say_the_setting_are_kept() -> None:
    assert single("They received maintenance therapy with belimumab.")[1] == "maintenance therapy with"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("They received rituximab followed by belimumab.", "sequential"),
        ("They received rituximab/belimumab sequential therapy.", "sequential"),
        ("They received rituximab plus belimumab.", "combination"),
    ],
)
def test_mode_of_two_drugs(text: str, mode: str) -> None:
    article = document("A title", text)
    regimen = find_regimens(article, group_treatments(article))[-1]
    found, span = find_mode(article, regimen)
    assert found == mode
    assert span is not None


def test_an_arms_label_stands_for_its_course() -> None:
    article = document(
        "Rituximab or placebo",
        "Patients were given rituximab (arm A, n = 7) or placebo (arm B, n = 8). Five patients in arm A responded.",
    )
    chosen = [r for r in find_regimens(article, group_treatments(article)) if len(r.members) == 1]
    labels = {(p.arm, article.text[p.start : p.end]) for p in find_places(article, chosen) if p.how == "label"}
    assert labels >= {(0, "arm A"), (1, "arm B")}


def test_an_arm_that_is_part_of_another_has_no_place_inside_it() -> None:
    article = document("A trial", "Rituximab plus prednisone (n = 9) was compared with prednisone (n = 8).")
    regimens = find_regimens(article, group_treatments(article))
    names = {"+".join(m.argument.name for m in r.members): r for r in regimens}
    places = find_places(article, (names["rituximab+prednisone"], names["prednisone"]))
    assert [(p.arm, article.text[p.start : p.end]) for p in places] == [
        (0, "Rituximab plus prednisone"),
        (1, "prednisone"),
    ]


def test_each_arm_has_its_own_value_of_an_endpoint() -> None:
    values = [[(e.value.value, e.value.total) for e in c.endpoints if e.value] for c in FINDER.extract(TRIAL)]
    assert values == [[(20, 31)], [(6, 29)]]


def test_a_drug_that_failed_is_not_prior_to_itself_unless_given_again() -> None:
    article = document(
        "Rituximab in cryoglobulinaemic vasculitis: a cohort study",
        "We treated 20 patients with rituximab. Failure of rituximab was seen in six patients.",
    )
    for course in FINDER.extract(article):
        assert [a.name for a in course.prior if a.key in {d.key for d in course.current}] == []


def test_a_course_states_what_failed_and_what_followed() -> None:
    claims = derived_claims(SERIES, CourseFinder().extract(SERIES))
    found = [(e.claim.subject.name, e.claim.predicate, e.claim.object.name) for e in claims]
    assert found == [
        ("cryoglobulinaemic vasculitis", Predicate.REFRACTORY_TO, "cyclophosphamide"),
        ("rituximab", Predicate.FOLLOWED_BY, "belimumab"),
    ]
    assert all(e.sentence[0] <= start < end <= e.sentence[1] for e in claims for _, start, end in e.cues)


TEXT = "Of 25 patients, 16 (64%) responded; a 54-year-old woman had two complete and three partial responses of 60 randomised equally."


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"patients": 25, "patients_span": span("25 patients")}, None),
        ({"patients": 26, "patients_span": span("25 patients")}, "patients 26 is not in '25 patients'"),
        ({"patients": 25}, "patients 25 with the span None"),
        ({"patients": 1, "patients_span": span("a 54-year-old woman")}, None),
        (
            {"patients": 30, "patients_span": span("60"), "patients_terms": (span("60"), span("randomised equally"))},
            None,
        ),
        (
            {"patients": 40, "patients_span": span("60"), "patients_terms": (span("60"), span("randomised equally"))},
            "patients 40 does not follow",
        ),
        (
            {"responders": 5, "responders_span": span("two"), "responders_terms": (span("two"), span("three"))},
            None,
        ),
        (
            {
                "patients": 25,
                "patients_span": span("25"),
                "responders": 16,
                "responders_span": span("64%"),
                "responders_terms": (span("64%"), span("25")),
            },
            None,
        ),
        (
            {
                "patients": 16,
                "patients_span": span("16"),
                "responders": 25,
                "responders_span": span("25"),
            },
            "are more than the patients",
        ),
    ],
)
def test_a_number_is_a_span_or_follows_from_spans(fields: dict[str, object], fault: str | None) -> None:
    course = Course("X:1", None, (DRUG,), (0, len(TEXT)), **fields)  # type: ignore[arg-type]
    faults = list(course_faults(course, TEXT))
    assert faults == [] if fault is None else any(fault in found for found in faults)


def test_a_studys_participants_are_held_against_the_text() -> None:
    assert list(study_faults(Study("X:1", n=25, n_span=span("25")), TEXT)) == []
    assert list(study_faults(Study("X:1", n=24, n_span=span("25")), TEXT)) == ["n 24 is not in '25'"]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("They received rituximab followed by belimumab.", ("rituximab", "belimumab")),
        ("They received belimumab after rituximab.", ("rituximab", "belimumab")),
        ("They were switched from rituximab to belimumab.", ("rituximab", "belimumab")),
        ("They received rituximab plus belimumab.", None),
        ("Rituximab was better than belimumab.", None),
    ],
)
def test_the_order_of_two_drugs_is_read_from_their_sentence(text: str, pair: tuple[str, str] | None) -> None:
    found = [(e.claim.subject.name, e.claim.object.name) for e in stated_sequences(document("A title", text))]
    assert found == ([pair] if pair else [])


def test_a_course_is_what_was_given_then_not_what_had_failed() -> None:
    (course,) = FINDER.extract(CASES)
    assert [argument.name for argument in course.current] == ["belimumab"]
    assert [argument.name for argument in course.prior] == ["rituximab", "cyclophosphamide"]
    assert course.prior_reason == "refractory"


def test_patients_are_not_fewer_than_those_of_whom_some_responded() -> None:
    article = document(
        "Rituximab in cryoglobulinaemic vasculitis",
        "Five patients received rituximab. Two of five patients responded; in three patients rituximab was stopped.",
    )
    regimens = tuple(find_regimens(article, group_treatments(article)))
    context = Context(article, read_statistics(article), regimens, StudyDesign.CASE_SERIES, 5)
    three = next(number for number in patient_numbers(context) if number.value == 3)
    responders = next(number for number in responder_numbers(context, three) if number.total == 5)
    corrected = not_fewer(context, three, responders)
    assert corrected is not None
    assert corrected.value == 5
