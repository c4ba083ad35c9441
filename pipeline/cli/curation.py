"""`sicca curation`: what readers said of claims and courses in the explorer."""

from __future__ import annotations

from pathlib import Path

import click

from extractors.errors import SiccaError
from graphs.store import Store
from pipeline import cells
from pipeline.cli import show
from pipeline.cli.options import STORE_NAME, format_option, run_option
from pipeline.curation import book, gold


@click.group()
def command() -> None:
    """Judgements made with `sicca serve --curate`: list them, or export them as gold for `sicca evaluate`."""


@command.command(name="list")
@run_option
@format_option
def list_(run: Path, format: str) -> None:  # noqa: A002
    """List the judgements that count, in the order they were made.

    Example: sicca curation list --run runs/sample
    """
    rows: list[cells.Row] = [
        {
            "time": judgement.time,
            "user": judgement.user,
            "verdict": judgement.verdict,
            "kind": judgement.kind,
            "pmid": judgement.article.removeprefix("PMID:"),
            "values": ", ".join(f"{name}={value}" for name, value in sorted(judgement.values.items())),
            "note": judgement.note,
            "about": judgement.about,
            "sentence": judgement.quote,
        }
        for judgement in sorted(book.read(run), key=lambda j: (j.time, j.key))
    ]
    show.rows(rows, format, columns=("time", "user", "verdict", "kind", "pmid", "values", "note", "sentence"))


@command.command()
@run_option
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: stdout]")
def export(run: Path, out: Path | None) -> None:
    """Write what was accepted or corrected as gold JSON lines, in the format of the annotation guidelines.

    `judged` in each line tells how many of the article's claims and courses were looked at.

    Example: sicca curation export -o curated.jsonl && sicca evaluate curated.jsonl
    """
    with Store(run / STORE_NAME, readonly=True) as store:
        text = "".join(f"{line}\n" for line in gold.lines(store.connection, book.read(run)))
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SiccaError(f"{out}: cannot be written: {error.strerror or error}") from error
