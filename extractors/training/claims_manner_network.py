"""The part of the claim encoder that tells how a claim is made: the claim looks back over the whole abstract.

What was achieved often stands far from where a treatment and a disease meet ("the treatment was effective"). So each
claim weighs all pieces of the abstract by what its two ends and its predicate ask for (attention: Vaswani et al., 2017;
arXiv 1706.03762), and judges by what it finds there and by what was read where the two meet.
"""

from __future__ import annotations

from math import sqrt

import torch
from torch import Tensor, nn
from torch.nn import functional

from extractors.claims.candidates import PREDICATES
from extractors.training.claims_manner import CLASSES
from extractors.training.claims_network import DROPOUT, ROLE, WIDTH

#: Looks at the abstract, and numbers of what each asks for and of what it brings back.
LOOKS, KEY, FOUND = 2, 64, 160


class MannerHead(nn.Module):  # type: ignore[misc]
    """Log odds of the classes of manner for claims: pairs with a predicate."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = nn.Linear(WIDTH, LOOKS * KEY)
        self.values = nn.Linear(WIDTH, LOOKS * FOUND)
        self.queries = nn.Linear(ROLE, LOOKS * KEY)
        self.asked = nn.Embedding(len(PREDICATES), LOOKS * KEY)
        self.predicates = nn.Embedding(len(PREDICATES), ROLE)
        self.met = nn.Linear(ROLE, ROLE)
        self.found = nn.Linear(LOOKS * FOUND, ROLE)
        self.out = nn.Linear(ROLE, len(CLASSES))
        self.drop = nn.Dropout(DROPOUT)

    def offer(self, pieces: Tensor) -> Tensor:
        """Return what the pieces offer to a look, a row a piece: what they are known by, and what they tell."""
        return torch.cat([self.keys(pieces), self.values(pieces)], dim=1)

    def forward(self, offers: Tensor, both: Tensor, strongest: Tensor, predicates: Tensor) -> Tensor:
        """Return log odds, a row a claim and a column a class.

        `both` and `strongest` are the network's, of the claims' pairs.
        """
        keys, values = offers.split([LOOKS * KEY, LOOKS * FOUND], dim=1)
        queries = self.queries(functional.gelu(both)) + self.asked(predicates)
        looks = []
        for look in range(LOOKS):
            asked, known = (x[:, look * KEY : (look + 1) * KEY] for x in (queries, keys))
            weights = torch.softmax(asked @ known.T / sqrt(KEY), dim=1)
            looks.append(weights @ values[:, look * FOUND : (look + 1) * FOUND])
        found = torch.cat(looks, dim=1)
        hidden = self.met(self.drop(strongest)) + self.found(self.drop(found)) + self.predicates(predicates)
        odds: Tensor = self.out(self.drop(functional.gelu(hidden)))
        return odds
