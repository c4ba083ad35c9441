"""Answers on standard output: a table for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence

import click

from graphs.evidence_table import neutralise
from pipeline.cells import Cell

#: Columns that hold a sentence; on a terminal they take the room that is left.
QUOTES = frozenset({"sentence", "quote", "other_quote"})


def rows(
    found: Sequence[Mapping[str, Cell]],
    format: str,  # noqa: A002
    *,
    columns: Sequence[str],
    limit: int | None = None,
) -> None:
    """Write rows with these columns, and say on stderr where a limit cut them.

    An empty table is a line on stderr and nothing on stdout (JSON: []).
    """
    if limit is not None and len(found) > limit:
        note(f"the first {limit}; --limit shows more")
        found = found[:limit]
    if format == "brief":
        columns = [column for column in columns if column not in QUOTES]
    if format == "json":
        click.echo(json.dumps([dict(row) for row in found], ensure_ascii=False, indent=1))
        return
    if format == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([neutralise(_text(row.get(column))) for column in columns] for row in found)
        click.echo(stream.getvalue(), nl=False)
        return
    if not found:
        click.echo("sicca: nothing found", err=True)
    elif sys.stdout.isatty():
        _rich(found, columns)
    else:
        _plain(found, columns)


def note(text: str) -> None:
    """Say on stderr how something was understood."""
    if text:
        click.echo(f"sicca: note: {text}", err=True)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _plain(found: Sequence[Mapping[str, Cell]], columns: Sequence[str]) -> None:
    """Write aligned columns; the sentence, if any, on a line of its own below its row."""
    short = [column for column in columns if column not in QUOTES]
    cells = [[_text(row.get(column)) for column in short] for row in found]
    widths = [max(len(column), *(len(row[i]) for row in cells)) for i, column in enumerate(short)]
    click.echo("  ".join(column.ljust(width) for column, width in zip(short, widths, strict=True)).rstrip())
    for row, line in zip(found, cells, strict=True):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        for column in columns:
            if column in QUOTES and row.get(column):
                click.echo(f"    “{_text(row[column])}”")


def _rich(found: Sequence[Mapping[str, Cell]], columns: Sequence[str]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(show_lines=any(column in QUOTES for column in columns))
    for column in columns:
        table.add_column(column, overflow="fold", ratio=4 if column in QUOTES else None)
    for row in found:
        table.add_row(*(escape(_text(row.get(column))) for column in columns))
    Console().print(table)
