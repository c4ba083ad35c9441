"""`sicca cypher`: one read-only Cypher statement over a view of a run's store."""

from __future__ import annotations

from pathlib import Path

import click

from graphs import cypher
from graphs.store import Store
from pipeline.cells import Cell
from pipeline.cli import show
from pipeline.cli.options import STORE_NAME, format_option, run_option


@click.command()
@click.argument("statement")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Rows at most.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=30.0, show_default=True, help="Time limit.")
@format_option
@run_option
def command(run: Path, statement: str, limit: int, seconds: float, format: str) -> None:  # noqa: A002
    """Run one Cypher statement over the graph. Nothing can be changed; needs the extra `cypher`.

    Nodes: Concept, Claim, Evidence, Article; (Concept)<-[:SUBJECT]-(Claim)-[:OBJECT]->(Concept), (Evidence)-[:STATES]->
    (Claim), (Evidence)-[:IN_ARTICLE]->(Article), (Concept)-[:IS_A]->(Concept). The view is built when first asked and
    after each run.

    Example: sicca cypher "MATCH (d:Concept)<-[:SUBJECT]-(c:Claim {predicate: 'treats'})-[:OBJECT]->(x:Concept)
    RETURN d.name, c.verdict, x.name LIMIT 5"
    """
    view = run / cypher.VIEW_NAME
    with Store(run / STORE_NAME, readonly=True) as store:
        if not cypher.is_current(store.connection, view):
            cypher.rebuild(store.connection, view)
    columns, found = cypher.select(view, statement, limit=limit, seconds=seconds)
    rows = [dict(zip(columns, map(_cell, row), strict=True)) for row in found]
    show.rows(rows, format, columns=columns)


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | float) or value is None else str(value)
