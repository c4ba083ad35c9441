"""Fits the part of the claim encoder that tells how claims are made, on what the fitted network makes of articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from extractors.claims.candidates import PREDICATES
from extractors.claims.manner import EFFECTS
from extractors.training.claims_data import Example
from extractors.training.claims_descent import fit_head
from extractors.training.claims_manner import CLASSES
from extractors.training.claims_manner_network import MannerHead
from extractors.training.claims_network import Inputs, Network
from extractors.values import Certainty

SEED = 1
EPOCHS = 6
RATE, DECAY = 1e-3, 0.01
#: Where the classes of each predicate's effects stand, and the others.
COLUMNS = {p: [CLASSES.index(f"{p} {e}") for e in effects] for p, effects in EFFECTS.items()}
NEGATED = CLASSES.index("negated")
CERTAINTY = [CLASSES.index(str(c)) for c in Certainty]


@dataclass(frozen=True, slots=True)
class Told:
    """How an article's gold claims are made: a row a candidate that states one.

    `effects` has the place among the predicate's effects; `weights` share 1 among the candidates of a gold claim.
    """

    rows: Tensor
    predicates: Tensor
    effects: list[int]
    negated: Tensor
    certainty: Tensor
    weights: Tensor


def read_told(example: Example) -> Told | None:
    """Return how the article's claims are made, or None where no candidate states one."""
    stated = example.stated()
    if not stated:
        return None
    rows, columns, claims, weights = zip(*stated, strict=True)
    effects = []
    for column, claim in zip(columns, claims, strict=True):
        known = [str(e) for e in EFFECTS.get(PREDICATES[column], ())]
        effects.append(known.index(claim.effect or "unspecified") if known else -1)
    return Told(
        torch.tensor(rows),
        torch.tensor(columns),
        effects,
        torch.tensor([float(c.negated) for c in claims]),
        torch.tensor([[str(x) for x in Certainty].index(c.certainty) for c in claims]),
        torch.tensor(weights),
    )


def manner_loss(odds: Tensor, told: Told) -> Tensor:
    """Return the sum of the cross-entropies of negation, certainty and, where a predicate has effects, the effect."""
    loss = functional.binary_cross_entropy_with_logits(odds[:, NEGATED], told.negated, reduction="none")
    loss = loss + functional.cross_entropy(odds[:, CERTAINTY], told.certainty, reduction="none")
    total = (loss * told.weights).sum()
    for predicate, columns in COLUMNS.items():
        own = [i for i, column in enumerate(told.predicates.tolist()) if PREDICATES[column] is predicate]
        if own:
            right = torch.tensor([told.effects[i] for i in own])
            losses = functional.cross_entropy(odds[own][:, columns], right, reduction="none")
            total = total + (losses * told.weights[own]).sum()
    return total


def fit_manner_head(
    network: Network,
    examples: Sequence[Example],
    inputs: Sequence[Inputs],
    chosen: npt.NDArray[np.intp],
    say: Callable[[str], None],
) -> MannerHead:
    """Return a head fitted to the claims of the chosen examples, all annotated in full; the network stays as it is."""
    seen = _read(network, examples, inputs, chosen)
    say(f"{len(seen)} articles read for the manner of their claims")
    return fit_head(MannerHead, seen, _loss, say, rate=RATE, decay=DECAY, epochs=EPOCHS, seed=SEED)


def _loss(head: MannerHead, article: _Seen) -> Tensor:
    keys_and_values = head.keys_and_values(article.pieces.float())
    odds = head(keys_and_values, article.both, article.strongest, article.told.predicates)
    return manner_loss(odds, article.told)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the network makes of an article (see claims_network.Read), the last two only of its gold claims' pairs."""

    pieces: Tensor
    both: Tensor
    strongest: Tensor
    told: Told


def _read(
    network: Network, examples: Sequence[Example], inputs: Sequence[Inputs], chosen: npt.NDArray[np.intp]
) -> dict[int, _Seen]:
    network.eval()
    seen = {}
    with torch.no_grad():
        for i in chosen.tolist():
            told = read_told(examples[i])
            if told is not None:
                read = network(inputs[i])
                # Half precision: there are a million pieces.
                seen[i] = _Seen(read.pieces.half(), read.both[told.rows], read.strongest[told.rows], told)
    return seen
