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
        # All as the type that numpy indexes with: anything else is cast at each step.
        children = np.stack([self.right, self.left], axis=1).ravel().astype(np.intp)
        feature = self.feature.astype(np.intp)
        at = np.broadcast_to(self.roots.astype(np.intp), (len(numbers), len(self.roots)))
        flat, width = np.ascontiguousarray(numbers).ravel(), numbers.shape[1]
        rows = (np.arange(len(numbers)) * width)[:, None]
        for _ in range(self.depth):
            goes_left = flat.take(feature.take(at) + rows) <= self.threshold.take(at)
            at = children.take(2 * at + goes_left)
        total: npt.NDArray[np.float64] = self.value.take(at).sum(axis=1, dtype=np.float64)
        return total + self.base
