"""Stretches of a document's codes, taken for all its candidates at once: one by one they are many and short."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extractors.claims.reading import Codes

Numbers = npt.NDArray[np.intp]
Places = npt.NDArray[np.int32]

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
#: Beyond the end of any part.
END = 1 << 40


class Stretches:
    """The parts that a document's codes come in, and which stretches of them each candidate is made of."""

    def __init__(self, parts: Sequence[Codes]) -> None:
        self._codes: Codes = np.concatenate(parts)
        self._starts = np.cumsum([0, *map(len, parts)])
        self._taken: list[tuple[Numbers, Numbers, Numbers, Codes]] = []

    def take(
        self,
        owners: Numbers,
        parts: Numbers,
        salts: Codes | np.uint64,
        first: Numbers | int = 0,
        last: Numbers | int = END,
    ) -> None:
        """Give each owner codes[first:last] of a part, as far as they lie in it; salts set roles apart."""
        begins = self._starts[parts] + np.maximum(first, 0)
        ends = np.minimum(self._starts[parts] + last, self._starts[parts + 1])
        self._taken.append((owners, begins, np.maximum(ends - begins, 0), salts * np.ones_like(owners, np.uint64)))

    def places(self, count: int, bits: int) -> tuple[Places, ...]:
        """Return the places in a space of 2^bits of the codes of owners 0 to `count` - 1, sorted, each once.

        Every owner must have codes.
        """
        owners, begins, lengths, salts = (np.concatenate(column) for column in zip(*self._taken, strict=True))
        ends = np.cumsum(np.bincount(owners, lengths, count)).astype(np.intp)
        order = np.argsort(owners, kind="stable")
        lengths = lengths[order]
        skipped = begins[order] - (np.cumsum(lengths) - lengths)
        codes = self._codes.take(np.arange(ends[-1]) + np.repeat(skipped, lengths))
        places = hashed(codes ^ np.repeat(salts[order], lengths), bits)
        bounds = [0, *ends.tolist()]
        for start, end in pairwise(bounds):
            places[start:end].sort()
        fresh = np.append(True, places[1:] != places[:-1])
        fresh[bounds[:-1]] = True
        bounds = [0, *np.cumsum(fresh)[ends - 1].tolist()]
        places = places[fresh]
        return tuple(places[start:end] for start, end in pairwise(bounds))


def hashed(codes: Codes, bits: int) -> Places:
    """Return the place of each code in a space of 2^bits."""
    return (codes * _MULTIPLIER >> np.uint64(64 - bits)).astype(np.int32)
