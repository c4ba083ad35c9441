"""What synthetic names with short forms in brackets are also called."""

import pytest

from extractors.language.nlp import build_nlp, parse
from extractors.mentions.long_forms import long_forms
from extractors.mentions.plain_names import plain_names
from extractors.records import Article, Mention
from extractors.values import MentionType

NLP = build_nlp()


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param(
            "Hepatitis C virus (HCV) infection came.",
            "Hepatitis C virus (HCV) infection",
            ["Hepatitis C virus infection", "HCV infection"],
            id="a defined short form may stand for its long form",
        ),
        pytest.param("Interferon alfa (40 kDa) was given.", "Interferon alfa (40 kDa)", [], id="not a short form"),
        pytest.param("(Methyl)prednisolone helped.", "(Methyl)prednisolone", [], id="brackets within a word"),
        pytest.param("Purpura healed.", "Purpura", [], id="no brackets"),
        pytest.param(
            "Rituximab, interferon, prednisone (RIP) regimen helped.",
            "prednisone (RIP) regimen",
            [],
            id="a part of what the short form stands for",
        ),
    ],
)
def test_plain_names_are_without_what_stands_in_brackets(text: str, name: str, expected: list[str]) -> None:
    (document,) = parse((Article("1", "", text),), NLP)
    start = document.text.index(name)
    found = plain_names(Mention(start, start + len(name), name, MentionType.DISEASE, name=name), long_forms(document))
    assert [" ".join(other.split()) for other in found] == expected
