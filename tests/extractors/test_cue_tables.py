"""The tables of configs/cues: rows, sections and patterns."""

import pytest

from extractors.cue_patterns import fold_case
from extractors.cue_tables import cue_patterns, patterns, read_list, read_sections, read_table
from extractors.errors import ConfigError


def test_read_table_names_file_and_line() -> None:
    with pytest.raises(ConfigError, match=r"negation_terminators\.tsv:\d+: 1 columns; expected word, reach"):
        read_table("negation_terminators", ("word", "reach"))


def test_a_comment_line_is_no_row() -> None:
    labels = [label for label, _ in read_table("sections", ("label", "category"))]
    assert "BACKGROUND" in labels
    assert not [label for label in labels if "label" in label]


def test_a_cell_lists_its_parts() -> None:
    assert read_list("RCHOP | CHOP-R") == ("RCHOP", "CHOP-R")
    assert read_list("") == ()


@pytest.mark.parametrize("section", ["origin", "setting", "species", "randomised"])
def test_the_two_forms_of_a_sections_patterns_find_the_same(section: str) -> None:
    text = "We found that follow-up of randomised PATIENTS in mice was supported by a grant from Nobody (open-label)."
    plain = {name: pattern.search(text) is not None for name, pattern in patterns("study_facts", section).items()}
    folded = fold_case(text)
    guarded = {name: cue.search(text, folded) is not None for name, cue in cue_patterns("study_facts", section).items()}
    assert plain == guarded
    assert any(plain.values())
    assert list(plain) == list(read_sections("study_facts")[section])
