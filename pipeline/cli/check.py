"""`sicca check`: prove that what a store says of its texts, and of itself, is so."""

from __future__ import annotations

from pathlib import Path

import click

from extractors.errors import SiccaError
from pipeline.cli.options import run_option


@click.command(epilog="Example: sicca check --run runs/sample")
@run_option
def command(run: Path) -> None:
    """Hold every passage, sentence, mention, claim and course of a run against the text of its article.

    And what is kept for the pages (counts, quotes, contradictions, findings) against the claims and courses.
    """
    from graphs.store import Store, kept
    from graphs.store.offsets import verify

    with Store(run / "sicca.db", readonly=True) as store:
        report = verify(store.connection)
        wrong = tuple(kept.faults(store.connection))
    for kind in ("articles", "sentences", "mentions", "evidence", "courses"):
        click.echo(f"{kind:10} {getattr(report, kind)}")
    for fault in (*report.faults, *wrong):
        click.echo(f"sicca: {fault}", err=True)
    if report.faults:
        raise SiccaError(f"{run}: {len(report.faults)} offsets do not fit their texts")
    if wrong:
        raise SiccaError(f"{run}: what is kept is not what the claims say; run sicca run again with another --out")
    click.echo("every offset fits its text; what is kept is what the claims say")
