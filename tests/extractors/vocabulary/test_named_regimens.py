"""The shipped table of regimens."""

import pytest

from extractors.vocabulary.named_regimens import is_spelled_out, regimen_drugs


@pytest.mark.parametrize("name", ["R-CHOP", "RCHOP", "R CHOP"])
def test_named_regimens_stand_for_their_drugs(name: str) -> None:
    assert regimen_drugs(name) == ("rituximab", "cyclophosphamide", "doxorubicin", "vincristine", "prednisone")


def test_other_spellings_are_the_same_regimen() -> None:
    assert regimen_drugs("RFC") == regimen_drugs("FCR")
    assert set(regimen_drugs("BR")) == {"bendamustine", "rituximab"}


def test_capitals_count() -> None:
    assert regimen_drugs("r-chop") == ()


@pytest.mark.parametrize(
    ("text", "spelled"), [("Bendamustine, then more", True), ("blink reflex", False), ("rituximab", True)]
)
def test_a_regimen_is_spelled_out_by_its_drugs(text: str, spelled: bool) -> None:
    assert is_spelled_out(regimen_drugs("BR"), text) is spelled
