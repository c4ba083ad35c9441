"""What a mention may be called besides its own words: without modifiers, with the noun for the adjective."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from extractors.vocabulary.folding import fold

Pieces = tuple[str, ...]
Span = tuple[int, int]
#: Pieces of a modifier, the longest first ("late-onset" has two).
SIZES = (3, 2, 1)
#: How a name came about that is the mention's own words.
AS_WRITTEN = "as written"
#: Modifiers tried in all combinations.
MOST_MODIFIERS = 5


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

    def only_modifies(self, before: Pieces, after: Pieces) -> bool:
        """Whether the pieces around a name are nothing but modifiers."""
        marked = (*before, "", *after)
        return _runs(marked, self.before, self.after) == (len(before), len(before) + 1)

    def says_nothing(self, pieces: Pieces) -> bool:
        """Whether pieces that are left of a name are modifiers themselves: "disease" of "recurrent disease"."""
        return all((piece,) in self.after or (piece,) in self.before for piece in pieces)

    def _stripped(self, pieces: Pieces) -> Iterator[tuple[Pieces, str]]:
        """Yield the pieces with fewer and fewer of the modifiers at their ends, the shortest name last."""
        first, last = _runs(pieces, self.before, self.after)
        ends = (*range(first), *range(last, len(pieces)))[:MOST_MODIFIERS]
        for count in range(len(ends) + 1):
            for left_out in combinations(ends, count):
                kept = tuple(piece for i, piece in enumerate(pieces) if i not in left_out)
                words = " ".join(pieces[i] for i in left_out)
                yield kept, f"without {words!r}" if words else AS_WRITTEN

    def _exchanged(self, pieces: Pieces) -> Iterator[tuple[Pieces, str]]:
        for old, new in self.instead:
            if old in pieces:
                at = pieces.index(old)
                yield (*pieces[:at], *new, *pieces[at + 1 :]), f"{' '.join(new)!r} for {old!r}"


def _runs(pieces: Pieces, before: frozenset[Pieces], after: frozenset[Pieces]) -> Span:
    """Return where the modifiers before a name end and those after it begin; one piece at least is the name."""
    first, last = 0, len(pieces)
    while size := next((n for n in SIZES if pieces[first : first + n] in before and first + n < last), 0):
        first += size
    while size := next((n for n in SIZES if pieces[last - n : last] in after and first + n < last), 0):
        last -= size
    return first, last


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
