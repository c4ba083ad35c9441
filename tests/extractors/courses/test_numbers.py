"""Which numbers of an abstract may be a course's responders, on sentences written for these tests."""

import pytest

from extractors.courses.numbers import (
    Context,
    Number,
    arm_windows,
    patient_numbers,
    read_statistics,
    responder_numbers,
)
from extractors.courses.regimens import find_regimens
from extractors.courses.treatments import group_treatments
from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article
from extractors.values import StudyDesign
from tests.extractors.courses.texts import document

NLP = build_nlp()


def shares(text: str, patients: int) -> list[int]:
    """Return the numbers that are computed from a percentage and this number of patients."""
    (document,) = parse((flat_article("X:1", "A title", text),), NLP)
    context = Context(document, read_statistics(document), (), StudyDesign.COHORT, None)
    everybody = Number(patients, ((0, 1),), "count", document.sentences[0])
    return [number.value for number in responder_numbers(context, everybody) if number.kind == "share"]


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("A response was seen in 23% of the patients.", [41]),
        ("A response was seen in 40 (23%) of 178 patients.", []),
        ("A response was seen in 40 [23%] of 178 patients.", []),
        ("A response was seen in 40 of 178 patients (23%).", []),
        ("A response was seen in 40 patients (23%).", []),
        ("A response was seen in 23% (n = 40).", []),
        ("A response was seen in 23% (40 patients).", []),
        ("A response was seen in 40 patients, a relapse in 23%.", [41]),
    ],
)
def test_a_share_is_computed_only_where_its_count_is_not_told(text: str, computed: list[int]) -> None:
    assert shares(text, 178) == computed


def test_arms_do_not_share_a_number_that_a_sentence_gives_twice() -> None:
    read = document(
        "Two drugs in purpura: a cohort",
        "We saw 18 patients. Nine patients received rituximab: 7 of 9 improved. Others received belimumab.",
    )
    regimens = tuple(r for r in find_regimens(read, group_treatments(read)) if len(r.members) == 1)
    context = Context(read, read_statistics(read), regimens, StudyDesign.COHORT, 18)
    numbers = patient_numbers(context)
    assert [number.value for number in numbers].count(9) == 2
    assert arm_windows(context, numbers) == ()
