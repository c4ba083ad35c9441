"""Prefixes that turn what a name means, in invented sentences."""

import pytest

from extractors.mentions.prefixes import with_prefixes
from extractors.records import Mention
from extractors.values import MentionType


def found(text: str, *names: str) -> list[Mention]:
    """Return a linked mention for each name, at its first place."""
    places = [(name, text.index(name)) for name in names]
    return [Mention(a, a + len(n), n, MentionType.PROTEIN, "X:1", f"the {n}") for n, a in places]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        pytest.param("It fell in non-B cells.", ["B cells"], [("non-B cells", None)], id="non"),
        pytest.param("Anti-CD28 was added.", ["CD28"], [("Anti-CD28", None)], id="at the beginning, with a capital"),
        pytest.param("An anti\u2010CD28 was added.", ["CD28"], [("anti\u2010CD28", None)], id="another hyphen"),
        pytest.param("CD28 fell.", ["CD28"], [("CD28", "X:1")], id="no prefix"),
        pytest.param("Both (non- CD28) fell.", ["CD28"], [("CD28", "X:1")], id="apart"),
        pytest.param("It is a canon-CD28 test.", ["CD28"], [("CD28", "X:1")], id="the end of another word"),
        pytest.param("A pre-CD28 test.", ["CD28"], [("CD28", "X:1")], id="another prefix"),
        pytest.param(
            "The anti-CD28 antibody fell.",
            ["anti-CD28 antibody", "CD28"],
            [("anti-CD28 antibody", "X:1"), ("CD28", "X:1")],
            id="inside a name that has the prefix",
        ),
    ],
)
def test_a_name_behind_a_prefix_has_it(text: str, names: list[str], expected: list[tuple[str, str | None]]) -> None:
    changed = list(with_prefixes(text, found(text, *names)))
    assert [(text[m.start : m.end], m.concept) for m in changed] == expected
    assert all(m.text == text[m.start : m.end] for m in changed)


def test_what_has_a_prefix_is_called_by_its_words() -> None:
    (mention,) = with_prefixes("Anti-CD28 was added.", found("Anti-CD28 was added.", "CD28"))
    assert mention.name == "Anti-CD28"
