"""Dependency trees and their scores; the sentence is written for the tests."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.errors import InputError
from extractors.training.syntax_corpus import Tree, read_conllu, read_craft
from extractors.training.syntax_measure import Parsed, score

CONLLU = """# text = Anti-CD20 works.
1\tAnti\t_\t_\tAFX\t_\t3\tamod\t_\tSpaceAfter=No
2\t-\t_\t_\tHYPH\t_\t1\tpunct\t_\tSpaceAfter=No
3\tCD20\t_\t_\tNN\t_\t4\tnsubj\t_\t_
4\tworks\t_\t_\tVBZ\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t_\t_\t.\t_\t4\tpunct\t_\t_
"""


def tree() -> Tree:
    (found,) = read_conllu(CONLLU.split("\n"))
    return found


def parsed(words: list[str], spaces: list[bool], heads: list[int], labels: list[str]) -> Parsed:
    return Parsed.of(Doc(Vocab(), words=words, spaces=spaces, heads=heads, deps=labels, tags=["NN"] * len(words)))


def test_the_text_is_rebuilt_from_the_words() -> None:
    assert tree().text == "Anti-CD20 works."
    assert tree().words == ("Anti", "-", "CD20", "works", ".")


def test_a_root_is_its_own_head() -> None:
    assert tree().heads == (2, 0, 3, 3, 3)
    assert tree().labels[3] == "ROOT"


def test_a_right_parse_scores_one() -> None:
    own = parsed(list(tree().words), [False, False, True, False, False], list(tree().heads), list(tree().labels))
    scores = score([(tree(), own)])
    assert (scores.tokens, scores.unlabelled, scores.labelled) == (1.0, 1.0, 1.0)
    assert scores.tags == pytest.approx(2 * 1 / 10)


def test_a_wrong_label_counts_for_the_head_alone() -> None:
    labels = ["amod", "punct", "dobj", "ROOT", "punct"]
    own = parsed(list(tree().words), [False, False, True, False, False], list(tree().heads), labels)
    scores = score([(tree(), own)])
    assert scores.unlabelled == 1.0
    assert scores.labelled == pytest.approx(0.8)


def test_a_word_cut_wrongly_is_lost_and_so_are_its_dependents() -> None:
    own = parsed(["Anti-CD20", "works", "."], [True, False, False], [1, 1, 1], ["nsubj", "ROOT", "punct"])
    scores = score([(tree(), own)])
    assert scores.tokens == scores.labelled == pytest.approx(2 * 2 / 8)


def test_an_archive_without_trees_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "empty.tar.gz", "w:gz"):
        pass
    with pytest.raises(InputError, match=r"holds no \.conllu file"):
        read_craft(tmp_path / "empty.tar.gz")
