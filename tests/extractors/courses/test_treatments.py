"""What counts as one treatment, on sentences written for these tests."""

import re

import pytest

from extractors.courses.treatments import Treatment, group_treatments, is_only_measured
from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article
from extractors.records import Argument, Mention
from extractors.values import MentionType

NLP = build_nlp()


def keys(text: str, *names: tuple[str, str | None]) -> list[str]:
    """Return the keys of the treatments of a text in which each name is a mention, linked or not."""
    (parsed,) = parse((flat_article("X:1", "A title", text),), NLP)
    found = [(parsed.text.index(name), name, concept) for name, concept in names]
    mentions = [Mention(at, at + len(name), name, MentionType.DRUG, concept, name) for at, name, concept in found]
    return [treatment.key for treatment in group_treatments(parsed.with_mentions(mentions))]


@pytest.mark.parametrize(
    "name",
    [
        "therapy",
        "first-line therapy",
        "this drug",
        "the combination",
        "mg/kg",
        "new agents",
        "study",
        "neoadjuvant",
        "high-",
        "clear biologic effects",
        "multi-agent",
        "branded",
    ],
)
def test_words_that_name_no_treatment_are_none(name: str) -> None:
    assert keys(f"They were given {name} for a year.", (name, None)) == []


@pytest.mark.parametrize("name", ["control", "standard of care", "vehicle", "usual care", "radiotherapy"])
def test_names_of_comparators_are_treatments(name: str) -> None:
    assert len(keys(f"They were given {name} for a year.", (name, None))) == 1


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("alternate-day prednisone", True),
        ("the corticosteroid prednisone", True),
        ("prednisone-like steroid", False),
        ("methylprednisone", False),
    ],
)
def test_an_unlinked_name_that_ends_in_a_linked_one_is_the_same(name: str, same: bool) -> None:
    found = keys(f"Some had Prednisone. Others had {name}.", ("Prednisone", "MESH:D011241"), (name, None))
    assert (found == ["MESH:D011241"]) is same


def test_a_pair_of_drugs_is_taken_apart_where_the_article_or_the_vocabulary_knows_both() -> None:
    named = "They had sofosbuvir with velpatasvir. The sofosbuvir-velpatasvir tablet is small."
    pair = ("sofosbuvir-velpatasvir", "MESH:C000611331")
    assert keys(named, ("sofosbuvir", "MESH:D000069474"), ("velpatasvir", "MESH:C1"), pair) == [
        "MESH:D000069474",
        "MESH:C1",
    ]
    assert keys("They had rituximab-prednisone.", ("rituximab-prednisone", None)) == ["MESH:D000069283", "MESH:D011241"]
    assert keys("They had interferon-alpha.", ("interferon-alpha", None)) == ["text:interferon alpha"]


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("Serum cortisol fell. The cortisol levels of both groups were alike.", True),
        ("Low cortisol status is common; cortisol (morning) concentrations were taken.", True),
        ("Cortisol levels rose after cortisol was given.", False),
        ("They received cortisol.", False),
        ("Cortisol. The serum was kept.", False),
    ],
)
def test_a_substance_that_is_only_measured_is_told_apart(text: str, measured: bool) -> None:
    spans = tuple(m.span() for m in re.finditer("cortisol", text, re.IGNORECASE))
    treatment = Treatment("x", Argument(None, "cortisol", MentionType.DRUG, spans))
    assert is_only_measured(text, treatment) is measured
