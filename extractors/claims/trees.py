"""Gradient-boosted trees scored with numpy: what scikit-learn's HistGradientBoosting fits, without its pickles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees in one row of arrays; `roots` are the first nodes, a leaf is its own child.

    A row goes left where its number in column `feature` is at most `threshold`. `base` is what all trees add to.
    """

    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int16]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    base: float
    depth: int

    def odds(self, numbers: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Return the log odds of each row."""
        at = np.broadcast_to(self.roots.astype(np.intp), (len(numbers), len(self.roots)))
        flat, width = np.ascontiguousarray(numbers).ravel(), numbers.shape[1]
        rows = (np.arange(len(numbers)) * width)[:, None]
        for _ in range(self.depth):
            goes_left = flat.take(rows + self.feature.take(at)) <= self.threshold.take(at)
            at = np.where(goes_left, self.left.take(at), self.right.take(at)).astype(np.intp)
        total: npt.NDArray[np.float64] = self.value.take(at).sum(axis=1, dtype=np.float64)
        return total + self.base
