"""Phrases whose words name nothing: "in response to" is no treatment response."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.records import Span


@dataclass(frozen=True)
class Phrases:
    """Finds the phrases of a list."""

    pattern: re.Pattern[str]

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return where the phrases stand in a text."""
        return tuple(m.span() for m in self.pattern.finditer(text))


@cache
def load() -> Phrases:
    """Read configs/vocabulary/phrases.tsv."""
    lines = (files("configs") / "vocabulary" / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    phrases = sorted(row["phrase"] for row in csv.DictReader(lines, delimiter="\t"))
    words = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return Phrases(re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
