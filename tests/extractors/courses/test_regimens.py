"""Which treatments may be one course, on sentences written for these tests."""

import pytest

from extractors.courses.chains import joint_between
from extractors.courses.regimens import find_regimens, rivals
from extractors.courses.treatments import group_treatments
from extractors.document import Document
from tests.extractors.courses.texts import document


def candidates(text: str, title: str = "A study") -> dict[tuple[str, ...], bool]:
    """Return the sorted names of each candidate's treatments, with whether it is composed."""
    article = document(title, text)
    found = find_regimens(article, group_treatments(article))
    return {tuple(sorted(m.argument.name.lower() for m in regimen.members)): regimen.is_composed for regimen in found}


@pytest.mark.parametrize(
    ("between", "joint"),
    [
        (" alone or with ", "plus"),
        (" with or without subcutaneous ", "plus"),
        (" plus a 2-to-4-week ", "plus"),
        (" and low-dose ", "and"),
        (" + dose-adjusted EPOCH regimen (", "plus"),
        ("/", "slash"),
        (" to ", None),
        (" and of ten patients ", None),
    ],
)
def test_doses_durations_and_names_of_regimens_do_not_part_a_chain(between: str, joint: str | None) -> None:
    text = f"rituximab{between}belimumab"
    assert joint_between(text, 9, len(text) - 9) == joint


def test_what_is_added_to_something_is_joined_with_it() -> None:
    text = "The addition of rituximab to belimumab"
    assert joint_between(text, text.index(" to "), text.index("belimumab"), "The addition of ") == "plus"


def test_a_short_name_of_a_chain_stands_for_it() -> None:
    article = document(
        "A study", "They received methotrexate and rituximab (MR). Belimumab was added to MR. MR was safe."
    )
    found = {r.keys: r for r in find_regimens(article, group_treatments(article))}
    both = frozenset({"MESH:D008727", "MESH:D000069283"})
    assert [article.text[slice(*o.spans[0])] for o in found[both].occurrences] == ["methotrexate", "MR", "MR", "MR"]
    assert both | {"MESH:C511911"} in found


def test_a_short_name_of_the_last_treatment_is_not_that_of_the_chain() -> None:
    article = document("A study", "They received methotrexate and rituximab (RTX). RTX was safe.")
    found = find_regimens(article, group_treatments(article))
    assert all(len(r.occurrences) == 1 for r in found if len(r.members) == 2)


def test_a_background_is_shared_by_the_arms_before_it() -> None:
    found = candidates("They received rituximab or placebo, both in combination with methotrexate and prednisone.")
    assert ("methotrexate", "placebo", "prednisone") in found
    assert found[("methotrexate", "prednisone", "rituximab")]


def test_a_comparator_has_the_background_of_what_it_is_compared_with() -> None:
    found = candidates("Rituximab plus methotrexate was given to ten, placebo to nine.")
    assert found[("methotrexate", "placebo")]
    assert not found[("methotrexate", "rituximab")]


def test_a_list_with_schedules_is_one_regimen_unless_something_parts_it() -> None:
    schedule = "Patients received rituximab every month for a year; methotrexate in week 1{} prednisone as a taper."
    whole = ("methotrexate", "prednisone", "rituximab")
    assert candidates(schedule.format(" only; and"))[whole]
    assert whole not in candidates(schedule.format("; or else"))


def test_treatments_that_a_sentence_sets_against_one_another_are_rivals() -> None:
    article: Document = document("A study", "They received rituximab or placebo. Belimumab and prednisone came later.")
    assert rivals(article) == {frozenset({"MESH:D000069283", "text:placebo"})}
