"""`sicca sql`: one read-only statement over a run's store."""

from __future__ import annotations

import click

from graphs.store import Store, free_query
from pipeline.cli import show
from pipeline.cli.options import format_option, reads_store


@click.command()
@click.argument("statement")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Rows at most.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=30.0, show_default=True, help="Time limit.")
@format_option
@reads_store
def command(store: Store, statement: str, limit: int, seconds: float, format: str) -> None:  # noqa: A002
    """Run one SELECT over the store. Nothing can be changed; docs/schema.md describes the tables.

    Example: sicca sql "SELECT verdict, count(*) FROM claim WHERE predicate = 'treats' GROUP BY verdict"
    """
    columns, found, cut = free_query.select(store.connection, statement, limit=limit, seconds=seconds)
    if cut:
        show.note(f"the first {limit} rows; --limit shows more")
    show.rows([dict(zip(columns, row, strict=True)) for row in found], format, columns=columns)
