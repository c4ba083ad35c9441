"""Where in its sentence a claim is read."""

from collections.abc import Callable

import pytest

from extractors.document import Document
from extractors.values import Predicate
from tests.extractors.claims.test_statements import settle


@pytest.mark.parametrize(
    ("text", "title", "sentence", "words"),
    [
        # where a rule reads it: the words of the rule
        (
            "[Rituximab|Drug], [purpura|Disease]. [Rituximab|Drug] was effective in [purpura|Disease].",
            "On",
            2,
            "in",
        ),
        # without a rule: between the ends that stand nearest
        ("[Rituximab|Drug] here, then [purpura|Disease].", "On", 1, "here , then"),
        # ends that share no sentence: at the object
        ("All patients had [purpura|Disease].", "[Rituximab|Drug] again", 1, "purpura"),
    ],
)
def test_setting_by_default(read: Callable[..., Document], text: str, title: str, sentence: int, words: str) -> None:
    where, pair = settle(read(text, title=title))
    stated = where.stated(pair, Predicate.TREATS)
    setting = where.at(stated, stated.default)
    found = where._reading.sentences[setting.sentence].words[setting.start : setting.end]
    assert setting.sentence == sentence
    assert " ".join(found) == words


def test_setting_in_a_sentence_that_names_only_the_subject_is_at_the_subject(read: Callable[..., Document]) -> None:
    where, pair = settle(
        read("[Rituximab|Drug] came. [Purpura|Disease] went. [Rituximab|Drug] for [purpura|Disease].", title="On")
    )
    setting = where.at(where.stated(pair, Predicate.TREATS), 1)
    assert where._reading.sentences[1].words[setting.start : setting.end] == ("rituximab",)
    assert setting.rule is None
