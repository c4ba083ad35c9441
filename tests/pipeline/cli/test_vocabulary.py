"""What `sicca vocabulary show` says of names that are known, unknown and ambiguous."""

import pytest
from click.testing import CliRunner

from pipeline.cli.vocabulary import command


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("Rituximab", ["Drug: MESH:D000069283 rituximab", "because: curated lexicon, as written", "is a (lexicon)"]),
        ("severe thrombocytopenia", ["Disease: MESH:D013921", "without 'severe'"]),
        ("xyzzy", ["no name of a Drug, Procedure, Disease"]),
        ("!?", ["(nothing)"]),
    ],
)
def test_show_explains_a_match(term: str, said: list[str]) -> None:
    result = CliRunner().invoke(command, ["show", term])
    assert result.exit_code == 0
    assert all(words in result.output for words in said)


def test_show_says_why_a_name_of_another_type_is_not_taken() -> None:
    result = CliRunner().invoke(command, ["show", "thrombocytopenia", "--type", "Drug"])
    assert "Drug: not linked" in result.output
    assert "not MESH:D013921" in result.output
