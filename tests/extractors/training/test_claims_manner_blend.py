"""Synthetic claims whose manner one of the two sides knows."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from extractors.claims.manner import EFFECTS
from extractors.training.claims_manner import CLASSES, Made
from extractors.training.claims_manner_blend import fit_manner_blend
from extractors.values import Certainty, Predicate

TREATS = [f"{Predicate.TREATS} {e}" for e in EFFECTS[Predicate.TREATS]]
#: Effects that the synthetic claims have; the last of the predicate's is never seen.
SEEN = [str(e) for e in EFFECTS[Predicate.TREATS][:3]]
COLUMNS = [CLASSES.index(name) for name in TREATS]


def claims(number: int) -> list[Made]:
    """Return claims of two an article, one in four denied, one in three speculative."""
    return [
        Made(
            n // 2,
            0,
            Predicate.TREATS,
            np.zeros(0, np.int32),
            SEEN[n % 3],
            n % 4 == 0,
            str(Certainty.SPECULATIVE if n % 3 == 1 else Certainty.ASSERTED),
            1.0,
            None,
        )
        for n in range(number)
    ]


def knows(made: list[Made]) -> npt.NDArray[np.float32]:
    """Return log odds that are right."""
    odds = np.full((len(made), len(CLASSES)), -2.0, np.float32)
    for row, claim in enumerate(made):
        right = [f"{claim.predicate} {claim.effect}", claim.certainty, *(["negated"] if claim.negated else [])]
        odds[row, [CLASSES.index(name) for name in right]] = 2.0
    return odds


@pytest.mark.parametrize("side", ["words", "encoder"])
def test_the_side_that_knows_is_believed(side: str) -> None:
    made = claims(60)
    noise = np.random.default_rng(0).normal(size=(len(made), len(CLASSES))).astype(np.float32)
    words, encoder = (knows(made), noise) if side == "words" else (noise, knows(made))
    weights, starts, lines = fit_manner_blend(made, words, encoder)
    odds = np.concatenate([words, encoder], axis=1) @ weights + starts
    effects = [TREATS[i].rpartition(" ")[2] for i in odds[:, COLUMNS].argmax(axis=1)]
    assert effects == [m.effect for m in made]
    assert (odds[:, CLASSES.index("negated")] > 0).tolist() == [m.negated for m in made]
    assert list(lines)[-1] == "by both, cross-validated: effect 1.0000, negated 1.0000, certainty 1.0000"


def test_a_class_that_no_claim_has_is_never_chosen() -> None:
    made = claims(30)
    odds = knows(made)
    odds[:, CLASSES.index(TREATS[-1])] = 50.0
    weights, starts, _ = fit_manner_blend(made, odds, odds)
    blended = np.concatenate([odds, odds], axis=1) @ weights + starts
    assert (blended[:, CLASSES.index(TREATS[-1])] == -9.0).all()


def test_where_all_claims_are_alike_the_words_decide() -> None:
    made = [replace(m, effect=SEEN[1], negated=True, certainty=str(Certainty.ASSERTED)) for m in claims(20)]
    words = knows(made)
    weights, starts, lines = fit_manner_blend(made, words, np.zeros_like(words))
    assert np.allclose((np.concatenate([words, words * 0], axis=1) @ weights + starts)[:, COLUMNS], words[:, COLUMNS])
    assert list(lines)[-1] == "by both, cross-validated: effect 1.0000, negated 1.0000, certainty 1.0000"
