"""A table before it is written in any format."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from extractors.records import Span


class Kind(StrEnum):
    """What a column holds, for formats that can show it."""

    TEXT = "text"
    NUMBER = "number"
    PMID = "pmid"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence and the stretches of it that name the row's things."""

    text: str
    marks: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return self.text

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The sentence cut into (text, whether marked)."""
        found: list[tuple[str, bool]] = []
        at = 0
        for start, end in sorted(self.marks):
            if at <= start < end <= len(self.text):
                found += [(self.text[at:start], False), (self.text[start:end], True)]
                at = end
        found.append((self.text[at:], False))
        return tuple(part for part in found if part[0])


Cell = str | int | float | Quote | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and what it holds."""

    name: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows; `note` says what a reader must know to read it right."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def _repr_html_(self) -> str:
        from graphs.display import html

        return html.table(self)

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame; raises SiccaError where pandas is not installed."""
        from graphs.display import frames

        return frames.to_pandas(self)

    def to_polars(self) -> Any:
        """Return a polars DataFrame; raises SiccaError where polars is not installed."""
        from graphs.display import frames

        return frames.to_polars(self)


def columns_of(names: Iterable[str], *, numbers: Collection[str]) -> tuple[Column, ...]:
    """Return columns with these headings; the heading tells what a column holds, but for those of numbers."""
    return tuple(Column(name, Kind.NUMBER if name in numbers else _kind(name.casefold())) for name in names)


def _kind(heading: str) -> Kind:
    if heading.endswith("pmid"):
        return Kind.PMID
    return Kind.QUOTE if heading.endswith("sentence") else Kind.TEXT


def shown(cell: Cell) -> str:
    """Return a cell as text; figures with a point get three places."""
    if cell is None:
        return ""
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def pubmed(cell: str) -> str | None:
    """Return where a cell of PMIDs leads: the first one's record; None for records that PubMed does not have."""
    first = re.match(r"\d+(?=[ ,]|$)", cell.strip(), re.ASCII)
    return f"https://pubmed.ncbi.nlm.nih.gov/{first[0]}/" if first and "(synthetic" not in cell else None
