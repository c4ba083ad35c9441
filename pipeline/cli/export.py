"""`sicca export`: a run's graph in the formats of other programs."""

from __future__ import annotations

from pathlib import Path

import click

from extractors.errors import SiccaError
from graphs.store import Store
from pipeline.cli.options import reads_store


@click.group()
def command() -> None:
    """Write a run's graph for other programs."""


@command.command()
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@reads_store
def graphml(store: Store, out: Path) -> None:
    """Write the claim graph as GraphML, for Gephi, Cytoscape, yEd or networkx.

    Example: sicca export graphml -o graph.graphml
    """
    from graphs import knowledge_graph

    try:
        knowledge_graph.write_graphml(knowledge_graph.build(store.connection), out)
    except OSError as error:
        raise SiccaError(f"{out}: cannot be written: {error.strerror}") from error
