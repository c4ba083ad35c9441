"""What a run's report is made of, and what became of a claim in a word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graphs.belief import NEUTRAL
from graphs.query import Change

#: Articles and PMIDs named in a line.
NAMED = 10
#: What became of a claim, in the order in which a reader wants to know.
KINDS = ("reversed", "retracted", "new", "strengthened", "weakened", "gone")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and perhaps a table."""

    title: str
    lines: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def kind_of(change: Change) -> str:
    """Return what became of a claim since the run before."""
    if not change.verdict_before:
        return "new"
    if not change.verdict:
        return "gone"
    if change.verdict == "retracted" != change.verdict_before:
        return "retracted"
    sided = not {change.verdict, change.verdict_before} & ({*NEUTRAL, "retracted"})
    if sided and change.verdict != change.verdict_before:
        return "reversed"
    return "strengthened" if change.belief >= change.belief_before else "weakened"


def counted(counts: Counter[str]) -> str:
    """Return what became of claims, counted."""
    return ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]) or "none changed"


def named(names: tuple[str, ...]) -> str:
    """Return the first names and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
