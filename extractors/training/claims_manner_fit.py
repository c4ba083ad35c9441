"""Goes on training the claim encoder, now to tell how claims are made as well as which are stated."""

from __future__ import annotations

from collections import Counter
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
from extractors.training.claims_manner import CLASSES
from extractors.training.claims_manner_network import MannerHead
from extractors.training.claims_network import Inputs, Network
from extractors.values import Certainty

SEED = 1
EPOCHS = 2
#: Steps of the pretrained layers, of the rest of the network, and of the new head.
RATE, NETWORK_RATE, HEAD_RATE = 5e-5, 3e-4, 1e-3
#: The rates rise over the first part of the run, then fall to the least; how much weights decay.
RISE, LEAST, DECAY = 0.06, 0.02, 0.01
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
    right = [(key, gold[0]) for key, gold in sorted(example.claims.items()) if example.prepared.allowed[key]]
    if not right:
        return None
    shares = Counter(gold for _, gold in right)
    claims = [example.gold.claims[gold] for _, gold in right]
    effects = []
    for ((_, column), _), claim in zip(right, claims, strict=True):
        known = [str(e) for e in EFFECTS.get(PREDICATES[column], ())]
        effects.append(known.index(claim.effect or "unspecified") if known else -1)
    return Told(
        torch.tensor([row for (row, _), _ in right]),
        torch.tensor([column for (_, column), _ in right]),
        effects,
        torch.tensor([float(c.negated) for c in claims]),
        torch.tensor([[str(x) for x in Certainty].index(c.certainty) for c in claims]),
        torch.tensor([1 / shares[gold] for _, gold in right]),
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
    scored: int,
    claims_loss: Callable[[Tensor, Example], Tensor],
    say: Callable[[str], None],
    *,
    batch: int,
    scale: float,
) -> MannerHead:
    """Train the network on, with a new head, and return the head.

    The first `scored` examples are annotated in full. `claims_loss` is the loss of the first part of the training, from
    log odds; `batch` is the number of articles to a step, `scale` what an article's sums of losses are divided by.
    """
    torch.manual_seed(SEED)
    head = MannerHead()
    told = [read_told(e) if i < scored else None for i, e in enumerate(examples)]
    chosen = np.array([i for i in chosen if examples[i].prepared.pairs])
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in network.words.parameters() if p.requires_grad], "lr": RATE},
            {"params": [p for n, p in network.named_parameters() if not n.startswith("words.")], "lr": NETWORK_RATE},
            {"params": head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=DECAY,
    )
    steps = EPOCHS * len(chosen) // batch
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / (RISE * steps)) * max(LEAST, 1 - step / steps)
    )
    network.train()
    head.train()
    chance = np.random.default_rng(SEED)
    parameters = [*network.parameters(), *head.parameters()]
    for epoch in range(EPOCHS):
        total = manners = 0.0
        for number, i in enumerate(chance.permutation(chosen)):
            read = network(inputs[i])
            loss = claims_loss(read.odds, examples[i])
            known = told[i]
            if known is not None:
                offers = head.offer(read.pieces)
                odds = head(offers, read.ends[known.rows], read.met[known.rows], known.predicates)
                manner = manner_loss(odds, known) / scale
                manners += manner.item()
                loss = loss + manner
            (loss / batch).backward()
            total += loss.item()
            if number % batch == batch - 1:
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimiser.step()
                plan.step()
                optimiser.zero_grad()
        means = (total / len(chosen), manners / len(chosen))
        say("epoch {} of {} with manner: loss {:.4f}, of it {:.4f}".format(epoch + 1, EPOCHS, *means))
    network.eval()
    head.eval()
    return head
