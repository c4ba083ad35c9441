"""Shortest paths of a dependency tree; the sentence is synthetic."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from benchmarks.claim_paths import head, path
from extractors.records import Mention, MentionType

#: "Anti-CD20 antibodies deplete human B cells ." with its heads.
WORDS = ["Anti-CD20", "antibodies", "deplete", "human", "B", "cells", "."]
DOC = Doc(
    Vocab(),
    words=WORDS,
    spaces=[True, True, True, True, True, False, False],
    heads=[1, 2, 2, 5, 5, 2, 2],
    deps=["amod", "nsubj", "ROOT", "amod", "compound", "dobj", "punct"],
)
AT = {t.idx: t for t in DOC}


def test_the_head_of_a_mention_hangs_on_a_word_outside() -> None:
    found = head(Mention(29, 42, "human B cells", MentionType.CELL), AT)
    assert found is not None
    assert found.text == "cells"


def test_a_path_goes_up_to_the_verb_and_down_again() -> None:
    found = path(DOC[1], DOC[5])
    assert found is not None
    up, down = found
    assert [t.text for t in up] == ["antibodies", "deplete"]
    assert [t.text for t in down] == ["cells", "deplete"]


def test_words_of_two_sentences_have_no_path() -> None:
    apart = Doc(Vocab(), words=["A", "B"], heads=[0, 1], deps=["ROOT", "ROOT"], sent_starts=[True, True])
    assert path(apart[0], apart[1]) is None
