"""The part of the encoder that judges candidate courses: each looks back at the abstract, knowing where it is named.

As in the part for the manner of claims, a candidate is the query of an attention (Vaswani et al., 2017; arXiv
1706.03762) over all pieces. What is marked on a piece differs from candidate to candidate, so it is added to keys and
values in their sums: a table of the marks' own keys and values serves all candidates.
"""

from __future__ import annotations

from math import sqrt

import torch
from torch import Tensor, nn
from torch.nn import functional

from extractors.courses.marks import DESIGNS, MOST_CANDIDATES, MOST_NAMINGS, MOST_TREATMENTS, PLACES, SECTIONS
from extractors.courses.reader import OUTCOMES

#: Numbers of a piece's vector; heads of attention, and the numbers of a key and of a value; numbers of a candidate.
WIDTH = 384
HEADS, KEY, VALUE = 4, 32, 48
HIDDEN = 96
DROPOUT = 0.3
#: What a piece can be to a candidate (see extractors.courses.marks).
MENTIONS = 3
#: The spread of marks before training.
SPREAD = 0.05


class CourseHead(nn.Module):  # type: ignore[misc]
    """Log odds that a candidate is a course, and then of its outcomes: a row a candidate."""

    def __init__(self) -> None:
        super().__init__()
        both = HEADS * (KEY + VALUE)
        self.keys_and_values = nn.Linear(WIDTH, both)
        self.sections = nn.Embedding(len(SECTIONS) + 1, both)
        self.marks = nn.Parameter(torch.randn(MENTIONS + PLACES, both) * SPREAD)
        nn.init.normal_(self.sections.weight, std=SPREAD)
        self.weight_of_section = nn.Parameter(torch.zeros(len(SECTIONS) + 1, HEADS))
        self.weight_of_mark = nn.Parameter(torch.zeros(MENTIONS + PLACES, HEADS))
        self.question = nn.Parameter(torch.randn(HEADS * KEY) * 0.1)
        self.own_question = nn.Linear(WIDTH, HEADS * KEY)
        self.context = nn.Linear(HEADS * VALUE, HIDDEN)
        self.name = nn.Linear(WIDTH, HIDDEN)
        self.treatments = nn.Embedding(MOST_TREATMENTS + 1, HIDDEN)
        self.namings = nn.Embedding(MOST_NAMINGS + 1, HIDDEN)
        self.candidates = nn.Embedding(MOST_CANDIDATES + 1, HIDDEN)
        self.design = nn.Embedding(len(DESIGNS), HIDDEN)
        self.out = nn.Linear(HIDDEN, 1 + len(OUTCOMES))
        self.drop = nn.Dropout(DROPOUT)

    def forward(
        self,
        pieces: Tensor,
        sections: Tensor,
        mentions: Tensor,
        places: Tensor,
        treatments: Tensor,
        namings: Tensor,
        candidates: Tensor,
        design: Tensor,
    ) -> Tensor:
        """Return log odds; `pieces` are the encoder's vectors, the rest is as in `extractors.courses.marks.Marks`."""
        read = self.keys_and_values(self.drop(pieces)) + self.sections(sections)
        keys, values = (x.reshape(-1, HEADS, size) for x, size in _parts(read))
        mark_keys, mark_values = (x.reshape(-1, HEADS, size) for x, size in _parts(self.marks))
        own = (mentions == 1).to(pieces.dtype)
        named = own @ pieces / own.sum(dim=1, keepdim=True).clamp(min=1)
        queries = (self.question + self.own_question(named)).reshape(-1, HEADS, KEY)
        spots = torch.cat([functional.one_hot(mentions, MENTIONS), functional.one_hot(places, PLACES)], dim=2)
        spots = spots.to(pieces.dtype)
        of_marks = torch.einsum("chk,jhk->chj", queries, mark_keys) / sqrt(KEY) + self.weight_of_mark.T
        strength = torch.einsum("chk,nhk->chn", queries, keys) / sqrt(KEY) + self.weight_of_section[sections].T
        weights = torch.softmax(strength + torch.einsum("chj,cnj->chn", of_marks, spots), dim=2)
        found = torch.einsum("chn,nhv->chv", weights, values)
        found = found + torch.einsum("chj,jhv->chv", torch.einsum("chn,cnj->chj", weights, spots), mark_values)
        hidden = self.context(self.drop(found.reshape(-1, HEADS * VALUE))) + self.name(self.drop(named))
        hidden = hidden + self.treatments(treatments) + self.namings(namings)
        hidden = hidden + self.candidates(candidates) + self.design(design)
        odds: Tensor = self.out(self.drop(functional.gelu(hidden)))
        return odds


def _parts(both: Tensor) -> tuple[tuple[Tensor, int], tuple[Tensor, int]]:
    keys, values = both.split([HEADS * KEY, HEADS * VALUE], dim=1)
    return (keys, KEY), (values, VALUE)
