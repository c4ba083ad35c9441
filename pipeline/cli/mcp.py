"""`sicca mcp`: the questions as tools for an assistant that speaks the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path

import click

from graphs.exports.extras import load
from graphs.store import Store
from pipeline.cli.options import STORE_NAME, run_option


@click.command()
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=20.0,
    show_default=True,
    help="A question is stopped after so long.",
)
@run_option
def command(run: Path, seconds: float) -> None:
    """Serve the questions of `sicca ask` as MCP tools on standard input and output, until the input ends.

    Every claim comes with its PMID and verbatim sentence; the store is only read. An assistant starts this command
    itself: docs/howto/assistant.md shows how. Needs: pip install 'sicca[mcp]'

    Example: sicca mcp --run runs/sample
    """
    load("mcp", extra="mcp")
    # What is wrong with the store is said here, not at the first question.
    Store(run / STORE_NAME, readonly=True).close()
    from pipeline.toolserver import server

    server.make(run / STORE_NAME, seconds=seconds).run("stdio")
