from collections.abc import Callable
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from extractors.claims.pieces import KINDS, LONGEST, Cutter, _firsts
from extractors.claims.reading import Reading
from extractors.claims.words import FOLDER
from extractors.document import Document
from extractors.values import MentionType

TEXT = "[Rituximab|Drug] helped in [cryoglobulinaemic vasculitis|Disease]. C4 was normal."


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_buffer((resources.files(FOLDER) / "tokenizer.json").read_bytes())


def test_pieces_of_a_stretch_spell_its_words(read: Callable[..., Document], tokenizer: Tokenizer) -> None:
    reading = Reading(read(TEXT))
    pieces = Cutter(tokenizer).cut(reading)
    every = [int(number) for run, _ in pieces.runs for number in run]
    for number, sentence in enumerate(reading.sentences):
        for i, word in enumerate(sentence.words):
            start, end = pieces.stretch(number, i, i + 1)
            assert tokenizer.decode(every[start:end]).replace(" ", "") == word


def test_pieces_carry_the_types_of_what_is_named(read: Callable[..., Document], tokenizer: Tokenizer) -> None:
    reading = Reading(read(TEXT, title="On a case"))
    pieces = Cutter(tokenizer).cut(reading)
    kinds = [int(kind) for _, run in pieces.runs for kind in run]
    for kind in (MentionType.DRUG, MentionType.DISEASE):
        (place,) = (p for s in reading.sentences for p in s.places if p.kind is kind)
        start, end = pieces.stretch(1, place.start, place.end)
        assert set(kinds[start:end]) == {KINDS.index(kind) + 1}
    assert kinds[0] == kinds[-1] == 0


def test_a_long_document_is_read_in_runs_of_whole_sentences(
    read: Callable[..., Document], tokenizer: Tokenizer
) -> None:
    reading = Reading(read(" ".join(["[Rituximab|Drug] was given for some weeks to all of them."] * 60)))
    pieces = Cutter(tokenizer).cut(reading)
    sizes = [len(run) - 2 for run, _ in pieces.runs]
    assert len(sizes) > 1
    assert max(sizes) <= LONGEST
    assert max(sizes) - min(sizes) < max(sizes) / 3
    opened = [at[0] for at in pieces.at]
    assert all(sum(sizes[:n]) + 2 * n + 1 in opened for n in range(len(sizes)))


def test_a_sentence_that_never_ends_is_cut_off(read: Callable[..., Document], tokenizer: Tokenizer) -> None:
    reading = Reading(read("[Rituximab|Drug] " + "and so on " * 400))
    pieces = Cutter(tokenizer).cut(reading)
    assert max(len(run) - 2 for run, _ in pieces.runs) <= LONGEST
    start, end = pieces.stretch(1, 1000, 1001)
    assert end - start == 1


@given(st.lists(st.integers(0, 3), max_size=8), st.integers(0, 3))
def test_every_word_starts_no_later_than_the_next(counts: list[int], behind: int) -> None:
    words = [word for word, count in enumerate(counts) for _ in range(count)]
    firsts = _firsts(words, len(counts) + behind, len(words))
    assert len(firsts) == len(counts) + behind + 1
    assert firsts == sorted(firsts)
    assert firsts[-1] == len(words)
    assert all(words[firsts[word]] == word for word, count in enumerate(counts) if count)
