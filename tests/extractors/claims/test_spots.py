from collections.abc import Callable
from importlib import resources

import numpy as np
import pytest
from tokenizers import Tokenizer

from extractors.claims.matcher import PatternMatcher
from extractors.claims.pieces import Cutter, Pieces
from extractors.claims.preparation import Prepared, Preparer
from extractors.claims.spots import MEETINGS, NOWHERE, STEPS, Spots, find_spots
from extractors.claims.types import read_signatures
from extractors.claims.words import FOLDER
from extractors.document import Document

Seen = tuple[Prepared, Pieces, Spots]


@pytest.fixture(scope="module")
def look() -> Callable[[Document], Seen]:
    cutter = Cutter(Tokenizer.from_buffer((resources.files(FOLDER) / "tokenizer.json").read_bytes()))
    preparer = Preparer(PatternMatcher(), read_signatures())

    def see(document: Document) -> Seen:
        prepared = preparer.prepare(document)
        pieces = cutter.cut(prepared.reading)
        return prepared, pieces, find_spots(prepared.reading, pieces, prepared.pairs)

    return see


def test_spots_of_a_meeting_are_its_mentions_and_the_words_around(
    read: Callable[..., Document], look: Callable[[Document], Seen]
) -> None:
    prepared, pieces, spots = look(read("[Rituximab|Drug] quickly helped [purpura|Disease].", title="On a case"))
    names = [e.name for e in prepared.reading.entities]
    row = [(names[p.subject], names[p.object]) for p in prepared.pairs].index(("Rituximab", "purpura"))
    (meeting,) = spots.meetings[spots.meetings[:, 0] == row]
    between, subject, object_, before, after = (tuple(meeting[n : n + 2]) for n in range(1, 11, 2))
    assert between == pieces.stretch(1, 1, 3)
    assert (subject, object_) == (pieces.stretch(1, 0, 1), pieces.stretch(1, 3, 4))
    assert before == NOWHERE
    assert after == pieces.stretch(1, 4, 5)


def test_spots_tell_the_order_of_the_two(read: Callable[..., Document], look: Callable[[Document], Seen]) -> None:
    prepared, _, spots = look(read("[Rituximab|Drug] quickly helped [purpura|Disease].", title="On a case"))
    first = {p.subject < p.object: d for p, d in zip(prepared.pairs, spots.meetings[:, 11].tolist(), strict=True)}
    assert first[True] < STEPS <= first[False]


def test_spots_keep_the_nearest_meetings(read: Callable[..., Document], look: Callable[[Document], Seen]) -> None:
    _, _, spots = look(read("[Rituximab|Drug] for [purpura|Disease]. " * 4, title="On a case"))
    assert np.bincount(spots.meetings[:, 0]).max() == MEETINGS


def test_every_stretch_holds_pieces(read: Callable[..., Document], look: Callable[[Document], Seen]) -> None:
    text = "[Rituximab|Drug] for [purpura|Disease] with [C4|Protein] low. [Purpura|Disease] and [belimumab|Drug]."
    _, pieces, spots = look(read(text))
    total = sum(len(run) for run, _ in pieces.runs)
    stretches = np.concatenate([spots.mentions[:, :2], *(spots.meetings[:, n : n + 2] for n in range(1, 11, 2))])
    assert (stretches[:, 0] < stretches[:, 1]).all()
    assert stretches.min() >= 0
    assert stretches.max() <= total
