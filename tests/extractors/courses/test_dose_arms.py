"""Arms that differ by their dose only, on sentences written for these tests."""

import pytest

from extractors.courses import CourseFinder
from extractors.courses.dose_arms import compared_doses, dose_places, part_by_dose
from extractors.courses.proof import course_faults
from extractors.courses.regimens import find_regimens
from extractors.courses.treatments import group_treatments
from extractors.values import StudyDesign
from tests.extractors.courses.texts import document

TRIAL = document(
    "Belimumab in cryoglobulinaemic vasculitis: a randomised trial",
    "METHODS: In this double-blind trial, 90 patients were randomly assigned to receive belimumab 5 mg/kg (n = 31), "
    "belimumab 10 mg/kg (n = 30) or placebo (n = 29). RESULTS: A response was seen in 20 patients (65%) with "
    "belimumab 5 mg/kg, 21 patients (70%) with belimumab 10 mg/kg and 6 patients (21%) with placebo.",
)


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("Belimumab 5 mg and belimumab 10 mg were given. The 5 mg and the 10 mg groups differed.", ("5 mg", "10 mg")),
        ("They received belimumab 5 or 10 mg. Response was better with 10 mg than with 5 mg.", ("5 mg", "10 mg")),
        ("With 2-mg belimumab and 4-mg belimumab few relapsed; more with 2 mg, less with 4 mg.", ("2 mg", "4 mg")),
        (
            "Low-dose belimumab or high-dose belimumab was given. Low-dose and high-dose arms were alike.",
            ("Low dose", "high dose"),
        ),
        ("They had belimumab 5 mg, 10 mg or 20 mg. It was 5 mg, 10 mg and 20 mg.", ("5 mg", "10 mg", "20 mg")),
        # A step of a schedule, one dose only, another drug's dose, and no unit.
        ("They received belimumab 1000 mg or 500 mg at one visit.", ()),
        ("They received belimumab 10 mg/kg. With 10 mg/kg all responded.", ()),
        ("Belimumab 10 mg plus prednisone 20 mg was given; 10 mg and 20 mg were tolerated.", ()),
        ("They received belimumab 5 or 10 times. It was 5 or 10 times.", ()),
    ],
)
def test_doses_that_are_set_side_by_side_and_named_again_are_arms(text: str, doses: tuple[str, ...]) -> None:
    article = document("A trial", text)
    treatment = next(t for t in group_treatments(article) if t.argument.name.lower() == "belimumab")
    assert compared_doses(article, treatment) == doses


def test_a_dose_in_a_list_stands_at_its_number() -> None:
    text = "It was 5 or 10 mg, never 15 mg."
    assert [text[slice(*span)] for span in dose_places(text, "5 mg")] == ["5"]
    assert [text[slice(*span)] for span in dose_places(text, "10 mg")] == ["10 mg"]


def test_only_trials_have_arms_by_dose() -> None:
    chosen = [r for r in find_regimens(TRIAL, group_treatments(TRIAL)) if len(r.members) == 1][:1]
    assert len(part_by_dose(TRIAL, chosen, StudyDesign.COHORT)) == 1
    assert [r.dose for r in part_by_dose(TRIAL, chosen, StudyDesign.RANDOMISED_TRIAL)] == ["5 mg/kg", "10 mg/kg"]


def test_arms_by_dose_are_courses_with_their_own_numbers_and_ids() -> None:
    courses = list(CourseFinder().extract(TRIAL))
    assert [(c.arm, c.patients) for c in courses] == [("5 mg/kg", 31), ("10 mg/kg", 30), (None, 29)]
    assert len({course.id for course in courses}) == 3
    assert [course.current[0].name.lower() for course in courses][:2] == ["belimumab 5 mg/kg", "belimumab 10 mg/kg"]
    assert courses[0].current[0].concept == courses[1].current[0].concept
    assert [fault for course in courses for fault in course_faults(course, TRIAL.text)] == []
