from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from extractors.claims.candidates import NOTHING, PREDICATES
from extractors.claims.encoder import ROLES, PairEncoder, pool
from extractors.claims.matcher import PatternMatcher
from extractors.claims.model import load
from extractors.claims.preparation import Prepared, Preparer
from extractors.claims.spots import Spots
from extractors.claims.types import read_signatures
from extractors.document import Document

TEXT = (
    "[Rituximab|Drug] plus [prednisone|Drug] was effective in [purpura|Disease]. [C4|Protein] rose with "
    "[rituximab|Drug] in [neuropathy|Disease]."
)


@pytest.fixture(scope="module")
def encoder() -> PairEncoder:
    return PairEncoder()


@pytest.fixture
def prepared(read: Callable[..., Document]) -> Prepared:
    return Preparer(PatternMatcher(), read_signatures()).prepare(read(TEXT, title="A case of [purpura|Disease]"))


def test_odds_are_nothing_where_types_do_not_allow_the_predicate(encoder: PairEncoder, prepared: Prepared) -> None:
    odds = encoder.read(prepared).odds
    assert odds.shape == prepared.allowed.shape
    one_way = np.array([not p.symmetric for p in PREDICATES])
    assert np.allclose(odds[~prepared.allowed & one_way], NOTHING, atol=1e-2)
    assert odds[prepared.allowed].max() > NOTHING + 1


def test_odds_of_symmetric_predicates_are_alike_both_ways(encoder: PairEncoder, prepared: Prepared) -> None:
    odds = encoder.read(prepared).odds
    index = {(p.subject, p.object): i for i, p in enumerate(prepared.pairs)}
    both = [(i, index[o, s]) for (s, o), i in index.items() if (o, s) in index]
    columns = [n for n, p in enumerate(PREDICATES) if p.symmetric]
    assert both
    assert all(np.allclose(odds[a, columns], odds[b, columns], atol=1e-4) for a, b in both)


def test_odds_are_the_same_whatever_was_read_before(encoder: PairEncoder, prepared: Prepared) -> None:
    again = PairEncoder().read(prepared).odds
    assert np.array_equal(encoder.read(prepared).odds, again)


def test_what_is_said_of_a_claim_does_not_depend_on_the_others(encoder: PairEncoder, prepared: Prepared) -> None:
    reading = encoder.read(prepared)
    rows = np.arange(len(prepared.pairs))
    predicates = rows % len(PREDICATES)
    together = encoder.manner(reading, rows, predicates)
    assert together.shape == (len(rows), len(load().classes))
    assert np.isfinite(together).all()
    for row in rows:
        alone = encoder.manner(reading, rows[row : row + 1], predicates[row : row + 1])
        assert np.allclose(alone, together[row : row + 1], atol=1e-4)


def test_a_document_of_several_runs_is_read(encoder: PairEncoder, read: Callable[..., Document]) -> None:
    filler = " ".join(["Nothing else of note was seen in any of them at any time."] * 70)
    document = read(f"{TEXT} {filler} [Rituximab|Drug] helped in [neuropathy|Disease].")
    far = Preparer(PatternMatcher(), read_signatures()).prepare(document)
    reading = encoder.read(far)
    assert np.isfinite(reading.odds).all()
    assert np.isfinite(encoder.manner(reading, np.array([0]), np.array([0]))).all()


def test_pooled_vectors_are_means_over_the_stretches() -> None:
    size = 2
    vectors = np.arange(6 * len(ROLES) * size, dtype=np.float32).reshape(6, -1)
    spots = Spots(
        entities=2,
        mentions=np.array([[0, 2, 0], [4, 5, 0], [2, 3, 1]]),
        meetings=np.array([[0, 2, 4, 0, 2, 2, 3, 0, 1, 5, 6, 7]]),
        subjects=np.array([0, 1]),
        objects=np.array([1, 0]),
        kinds=np.array([3, 4]),
    )
    inputs = pool(vectors, spots)

    def role(number: int, start: int, end: int) -> npt.NDArray[np.float32]:
        return np.asarray(vectors[start:end, number * size : (number + 1) * size].mean(axis=0), np.float32)

    subject = (role(0, 0, 2) + role(0, 4, 5)) / 2
    assert np.allclose(inputs["ends"][0], subject + role(1, 2, 3))
    around = role(2, 2, 4) + role(3, 0, 2) + role(4, 2, 3) + role(5, 0, 1) + role(6, 5, 6)
    assert np.allclose(inputs["met"], [around])
    together = (role(7, 0, 2) + role(7, 4, 5)) / 2 * role(8, 2, 3)
    assert np.allclose(inputs["product"][0], together)
    assert inputs["distances"].tolist() == [7]
    # The one meeting is pair 0's; pair 1 has none and takes the second of the two pairs that are listed after it.
    assert inputs["first"].tolist() == inputs["second"].tolist() == [0, 2]
