"""What a mention may be called besides its own words: without modifiers, with the noun for the adjective."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.vocabulary.folding import fold

Pieces = tuple[str, ...]


@dataclass(frozen=True)
class Rewordings:
    """Words that may be left out before and after a name, and (piece, pieces instead)."""

    before: frozenset[Pieces]
    after: frozenset[Pieces]
    instead: tuple[tuple[str, Pieces], ...]

    def of(self, pieces: Pieces) -> Iterator[tuple[Pieces, str]]:
        """Yield the pieces, then other ways to name the same thing with how they came about; nearest first."""
        seen = set()
        for shorter, how in self._stripped(pieces):
            if shorter not in seen:
                seen.add(shorter)
                yield shorter, how
        for shorter, how in tuple(self._stripped(pieces)):
            for other, why in self._exchanged(shorter):
                if other not in seen:
                    seen.add(other)
                    yield other, f"{how}, {why}"

    def _stripped(self, pieces: Pieces) -> Iterator[tuple[Pieces, str]]:
        heads = tuple(_without(pieces, self.before, first=True))
        for head in heads:
            yield head, "as written" if head == pieces else f"without {' '.join(pieces[: len(pieces) - len(head)])!r}"
        for head in heads:
            for tail in _without(head, self.after, first=False):
                yield tail, f"only {' '.join(tail)!r}"

    def _exchanged(self, pieces: Pieces) -> Iterator[tuple[Pieces, str]]:
        for old, new in self.instead:
            if old in pieces:
                at = pieces.index(old)
                yield (*pieces[:at], *new, *pieces[at + 1 :]), f"{' '.join(new)!r} for {old!r}"


def _without(pieces: Pieces, words: frozenset[Pieces], *, first: bool) -> Iterator[Pieces]:
    """Yield the pieces, then with one word after another left out at one end; something always stays."""
    while True:
        yield pieces
        sizes = (n for n in (3, 2, 1) if n < len(pieces) and (pieces[:n] if first else pieces[-n:]) in words)
        size = next(sizes, 0)
        if not size:
            return
        pieces = pieces[size:] if first else pieces[:-size]


@cache
def load() -> Rewordings:
    """Read configs/vocabulary/modifiers.tsv and variants.tsv."""
    places: dict[str, set[Pieces]] = {"before": set(), "after": set()}
    for row in _table("modifiers.tsv"):
        places[row["place"]] |= {fold(word) for word in row["words"].split()}
    instead = tuple((row["piece"], fold(row["instead"])) for row in _table("variants.tsv"))
    return Rewordings(frozenset(places["before"]), frozenset(places["after"]), instead)


def _table(name: str) -> Iterator[dict[str, str]]:
    lines = (files("configs") / "vocabulary" / name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(lines, delimiter="\t")
