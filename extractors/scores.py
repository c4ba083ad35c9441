"""Precision, recall and F1 from counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what was found rightly, found wrongly and missed; ratios of nothing are 0."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_dict(self) -> dict[str, float]:
        """Return ratios, rounded to four digits, and counts."""
        ratios = {"p": self.precision, "r": self.recall, "f1": self.f1}
        return {k: round(v, 4) for k, v in ratios.items()} | {"tp": self.right, "fp": self.wrong, "fn": self.missed}


def compare(found: set[tuple[object, ...]], gold: set[tuple[object, ...]]) -> Score:
    """Score one set of answers against another by equality."""
    return Score(len(found & gold), len(found - gold), len(gold - found))
