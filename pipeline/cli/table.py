"""`sicca table`: evidence tables and plots of a run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extractors.errors import SiccaError
from extractors.values import MentionType
from graphs import evidence_table
from graphs.store import Store, claims, counts, courses
from graphs.tables import formats, kinds, picture, plots
from graphs.tables.summary import summarise
from graphs.tables.writers import WRITERS
from graphs.topics import understand
from pipeline.cli import show
from pipeline.cli.options import reads_store

out_option = click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; its ending says how: .csv, .xlsx, .md, .html or .docx.  [default: CSV to stdout]",
)


@click.group()
def command() -> None:
    """Write an evidence table of a run, the quote and the PMID beside every row.

    Example: sicca table summary -o summary.xlsx
    """


def _add(name: str) -> None:
    make, line = kinds.KINDS[name]

    @command.command(name=name, help=f"{line}\n\nExample: sicca table {name} -o {name}.html")
    @out_option
    @reads_store
    def table(store: Store, out: Path | None) -> None:
        if out is None:
            click.echo(formats.csv_text(make(store.connection)), nl=False)
            return
        if out.suffix.lower() not in WRITERS:
            raise click.UsageError(f"{out}: the ending must be one of {', '.join(WRITERS)}")
        try:
            WRITERS[out.suffix.lower()](make(store.connection), out)
        except OSError as error:
            raise SiccaError(f"{out}: cannot be written: {error.strerror or error}") from error


for _name in kinds.KINDS:
    _add(_name)


@command.command()
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: stdout]")
@reads_store
def evidence(store: Store, out: Path | None) -> None:
    """Every evidence: verbatim sentence, PMID, claim, effect, negation, certainty, design, n (CSV).

    Evidence of retracted articles is in it, marked; the other tables leave it out.

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
        raise SiccaError(f"{out}: cannot be written: {error.strerror or error}") from error


@command.command()
@click.option("--disease", required=True, help="The condition, its kinds included.")
@click.option("--kind", type=click.Choice(["response", "time"]), default="response", show_default=True)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write: .svg or .png."
)
@reads_store
def plot(store: Store, disease: str, kind: str, out: Path) -> None:
    """Draw the response to each treatment of a condition, or its treatment evidence over time, as SVG or PNG.

    Example: sicca table plot --disease "cryoglobulinaemic vasculitis" -o response.png
    """
    ending = out.suffix.lower()
    if ending not in {".svg", ".png"}:
        raise click.UsageError(f"{out}: the ending must be .svg or .png")
    topic = understand(store.connection, disease, types=(MentionType.DISEASE,))
    show.note(topic.note)
    if kind == "response":
        found = [s for s in courses.find(store.connection, conditions=topic.ids) if not s.retracted]
        drawing = plots.forest(topic.name, summarise(found))
    else:
        years = counts.treatment_years(store.connection, topic.ids)
        drawing = plots.timeline(f"Treatment of {topic.name}", years)
    content = picture.png(drawing) if ending == ".png" else drawing.encode()
    try:
        out.write_bytes(content)
    except OSError as error:
        raise SiccaError(f"{out}: cannot be written: {error.strerror or error}") from error
