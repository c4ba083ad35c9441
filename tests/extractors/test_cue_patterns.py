"""Patterns that are searched for only where a string that they need stands."""

import re

import pytest

from extractors.cue_patterns import cue_pattern, fold_case
from extractors.study.design import cues

TEXTS = (
    "This randomised trial compared two arms.",
    "THIS RANDOMİZED TRİAL",
    "a Kohort study in mıce and miſe",
    "Nothing of the kind.",
    "",
)


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        (r"\brandomi[sz]ed\b", {"randomi"}),
        (r"\b(?:mice|mouse|rats?)\b", {"mice", "mouse", "rat"}),
        (r"(?:double )?blind|masked", {"blind", "masked"}),
        (r"(?:blind)?\d+", set()),
        (r"(?<!un)controlled (?!for)\w+", {"controlled "}),
        (r"a{2,}b|cd", set()),
    ],
)
def test_needs_are_strings_of_which_every_match_holds_one(source: str, needs: set[str]) -> None:
    assert set(cue_pattern(source, re.IGNORECASE).needs) == needs


@pytest.mark.parametrize("text", TEXTS)
def test_a_cue_is_found_where_its_pattern_is_found(text: str) -> None:
    more = [cue_pattern(source, re.IGNORECASE) for source in (r"\bcohort", r"\btrial\b", r"\bmi(?:c|s)e\b")]
    for cue in (*cues().cues.values(), *more):
        plain = re.compile(cue.pattern.pattern, re.IGNORECASE)
        assert [m.span() for m in cue.finditer(text, fold_case(text))] == [m.span() for m in plain.finditer(text)]


def test_a_text_without_a_needed_string_is_not_searched() -> None:
    cue = cue_pattern(r"\bplacebo", re.IGNORECASE)
    assert not cue.may_match(fold_case("An open trial."))
    assert cue.may_match(fold_case("PLACEBO was given."))
