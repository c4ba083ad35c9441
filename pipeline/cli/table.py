"""`sicca table`: evidence tables of a run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extractors.errors import SiccaError
from graphs import evidence_table
from graphs.store import Store, claims
from pipeline.cli.options import reads_store


@click.group()
def command() -> None:
    """Write an evidence table of a run."""


@command.command()
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: stdout]")
@reads_store
def evidence(store: Store, out: Path | None) -> None:
    """Every evidence: verbatim sentence, PMID, claim, effect, negation, certainty, design, n (CSV).

    Example: sicca table evidence -o evidence.csv
    """
    found = claims.all_sources(store.connection)
    if out is None:
        evidence_table.write(found, sys.stdout)
        return
    try:
        with out.open("w", encoding="utf-8", newline="") as stream:
            evidence_table.write(found, stream)
    except OSError as error:
        raise SiccaError(f"{out}: cannot be written: {error.strerror}") from error
