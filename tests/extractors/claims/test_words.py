"""The shared first half of the encoder: what it gives depends on the document alone, and is kept for who asks next."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest

from extractors.claims.reading import Reading
from extractors.claims.words import WordReader
from extractors.document import Document

ONE = "[Rituximab|Drug] was effective in [purpura|Disease]."
OTHER = "[C4|Protein] rose with [prednisone|Drug] in [neuropathy|Disease], and nobody relapsed."


@pytest.fixture(scope="module")
def words() -> WordReader:
    return WordReader()


def test_every_piece_has_its_vectors(words: WordReader, read: Callable[..., Document]) -> None:
    got = words.read(read(ONE))
    pieces = sum(len(numbers) for numbers, _ in got.pieces.runs)
    assert [len(table) for table in (got.vectors, got.keys_and_values, got.last)] == [pieces] * 3
    assert got.pieces.at[-1][-1] == pieces - 1  # the closing mark


def test_vectors_do_not_depend_on_what_was_read_before(words: WordReader, read: Callable[..., Document]) -> None:
    document = read(ONE)
    first = words.read(document)
    assert words.read(read(OTHER)).last.shape != first.last.shape
    again = words.read(document)
    assert again is not first
    assert np.array_equal(again.last, first.last)
    assert np.array_equal(again.vectors, first.vectors)


def test_the_last_document_is_read_once(words: WordReader, read: Callable[..., Document]) -> None:
    document = read(ONE)
    assert words.read(document, Reading(document)) is words.read(document)


def test_threads_do_not_get_one_anothers_documents(words: WordReader, read: Callable[..., Document]) -> None:
    documents = [read(ONE), read(OTHER)]
    together = Barrier(2)

    def work(document: Document) -> bool:
        first = words.read(document)
        together.wait()  # the other thread has read its own by now
        return words.read(document) is first

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(work, documents)) == [True, True]


def test_other_mentions_of_the_same_text_are_another_document(words: WordReader, read: Callable[..., Document]) -> None:
    document = read(ONE)
    first = words.read(document)
    bare = words.read(document.with_mentions(()))
    assert bare.last.shape == first.last.shape
    assert not np.array_equal(bare.last, first.last)
