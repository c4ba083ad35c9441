"""The way down that the parts of the claim encoder share: some articles to a step, rates that rise and then fall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import torch

Head = TypeVar("Head", bound=torch.nn.Module)
Article = TypeVar("Article")

#: Articles to a step, and what an article's sum of losses is divided by: about its candidates that are worth a thought.
BATCH, SCALE = 4, 40
#: The rates rise over the first part of the run, then fall to their least.
RISE, LEAST = 0.06, 0.02


def descend(
    optimiser: torch.optim.Optimizer,
    articles: npt.NDArray[np.intp],
    loss: Callable[[int], torch.Tensor],
    say: Callable[[str], None],
    *,
    epochs: int,
    seed: int,
) -> None:
    """Go through the articles `epochs` times, each time in another order; `loss` is an article's sum of losses."""
    parameters = [p for group in optimiser.param_groups for p in group["params"]]
    steps = epochs * len(articles) // BATCH
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / (RISE * steps)) * max(LEAST, 1 - step / steps)
    )
    chance = np.random.default_rng(seed)
    for epoch in range(epochs):
        total = 0.0
        for number, article in enumerate(chance.permutation(articles)):
            scaled = loss(article) / SCALE
            (scaled / BATCH).backward()
            total += scaled.item()
            # The articles left over at the end of an epoch count in the first step of the next.
            if number % BATCH == BATCH - 1:
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimiser.step()
                plan.step()
                optimiser.zero_grad()
        say(f"epoch {epoch + 1} of {epochs}: loss {total / len(articles):.4f}")


def fit_head(
    build: Callable[[], Head],
    articles: Mapping[int, Article],
    loss: Callable[[Head, Article], torch.Tensor],
    say: Callable[[str], None],
    *,
    rate: float,
    decay: float,
    epochs: int,
    seed: int,
) -> Head:
    """Return what `build` makes, fitted to what a network that stays as it is has made of the articles."""
    torch.manual_seed(seed)
    head = build()
    head.train()
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=decay)
    numbers = np.array(sorted(articles))
    descend(optimiser, numbers, lambda number: loss(head, articles[number]), say, epochs=epochs, seed=seed)
    head.eval()
    return head
