"""The part of the claim encoder that tells how a claim is made: the claim looks back over the whole abstract.

What was achieved often stands far from where a treatment and a disease meet ("the treatment was effective"). So each
claim, as the query of an attention (Vaswani et al., 2017; arXiv 1706.03762), weighs all pieces of the abstract, and
judges by what it finds there and by what was read where its two ends meet.
"""

from __future__ import annotations

from math import sqrt

import torch
from torch import Tensor, nn
from torch.nn import functional

from extractors.claims.candidates import PREDICATES
from extractors.training.claims_manner import CLASSES
from extractors.training.claims_network import DROPOUT, ROLE, WIDTH

#: Heads of attention, and the numbers of a key and of a value.
HEADS, KEY, VALUE = 2, 64, 160


class MannerHead(nn.Module):  # type: ignore[misc]
    """Log odds of the classes of manner for claims: pairs with a predicate."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = nn.Linear(WIDTH, HEADS * KEY)
        self.values = nn.Linear(WIDTH, HEADS * VALUE)
        self.queries = nn.Linear(ROLE, HEADS * KEY)
        self.predicate_queries = nn.Embedding(len(PREDICATES), HEADS * KEY)
        self.predicates = nn.Embedding(len(PREDICATES), ROLE)
        self.meeting = nn.Linear(ROLE, ROLE)
        self.context = nn.Linear(HEADS * VALUE, ROLE)
        self.out = nn.Linear(ROLE, len(CLASSES))
        self.drop = nn.Dropout(DROPOUT)

    def keys_and_values(self, pieces: Tensor) -> Tensor:
        """Return the keys and then the values of all heads, a row a piece."""
        return torch.cat([self.keys(pieces), self.values(pieces)], dim=1)

    def forward(self, keys_and_values: Tensor, both: Tensor, strongest: Tensor, predicates: Tensor) -> Tensor:
        """Return log odds, a row a claim and a column a class.

        `both` and `strongest` are the network's, of the claims' pairs.
        """
        keys, values = keys_and_values.split([HEADS * KEY, HEADS * VALUE], dim=1)
        queries = self.queries(functional.gelu(both)) + self.predicate_queries(predicates)
        heads = []
        for head in range(HEADS):
            query, key = (x[:, head * KEY : (head + 1) * KEY] for x in (queries, keys))
            weights = torch.softmax(query @ key.T / sqrt(KEY), dim=1)
            heads.append(weights @ values[:, head * VALUE : (head + 1) * VALUE])
        meeting = self.meeting(self.drop(strongest))
        context = self.context(self.drop(torch.cat(heads, dim=1)))
        hidden = meeting + context + self.predicates(predicates)
        odds: Tensor = self.out(self.drop(functional.gelu(hidden)))
        return odds
