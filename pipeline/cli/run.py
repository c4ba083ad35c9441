"""`sicca run`: the whole job."""

from __future__ import annotations

import logging
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.errors import SiccaError

if TYPE_CHECKING:
    from pipeline.run import Finished

#: Rows of the first answer.
SHOWN = 5
#: Articles that were not read and get a line of their own.
NAMED = 5


@click.command(epilog="Example: sicca run sample; sicca run pss_cryo_baff --from records.xml.gz --jobs 2")
@click.argument("config")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the run.  [default: runs/<config name>]")
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="MEDLINE XML, plain or gzip, or a folder of it, to read instead of PubMed; may be given more than once.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to extract with.")
@click.option(
    "--scheduler", metavar="URL", help="Dask scheduler (tcp://…) whose workers extract; needs sicca[cluster]."
)
@click.option("-q", "--quiet", is_flag=True, help="Only errors and the summary.")
def command(
    config: str, out: Path | None, files: tuple[Path, ...], jobs: int, scheduler: str | None, quiet: bool
) -> None:
    """Fetch, extract, store, and write tables and graph, for the question in CONFIG (a path or a shipped name).

    Incremental: what the run's folder holds already is neither fetched nor read again. A run that was stopped, by
    Ctrl-C or a crash, goes on from there when it is started again.
    """
    from pipeline import config as configs
    from pipeline.run import run

    logging.basicConfig(format="%(message)s")
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.WARNING if quiet else logging.INFO)  # the run's own log holds all
    settings = configs.load(config)
    files = tuple(file for path in files for file in (configs.files_of(path) if path.is_dir() else (path,)))
    finished = run(settings, out=out or Path("runs") / settings.name, files=files, jobs=jobs, scheduler=scheduler)
    _summarise(finished, disease=settings.question.disease)


def _summarise(finished: Finished, *, disease: str) -> None:
    """Print counts, what was left out, where everything is, and what to ask first."""
    from pipeline.run import STORE, unread

    did, folder = finished.manifest, finished.folder
    causes = ", ".join(f"{count} {cause}" for cause, count in did.read) or "nothing new"
    click.echo(f"{did.articles} articles; read in this run: {did.extracted} ({causes})")
    click.echo(f"{did.claims} claims from {did.evidence} sentences; {did.courses} treatment courses")
    for line in unread(did.sources):
        click.echo(line)
    for article, error in did.quarantined[:NAMED]:
        click.echo(f"{article}: not read: {error}")
    if len(did.quarantined) > NAMED:
        click.echo(f"{len(did.quarantined)} articles in all were not read; `sicca status` lists them")
    if did.changed:
        click.echo(f"changed since the last run: {', '.join(did.changed)}")
    click.echo(f"graph   {folder / STORE}")
    for product in finished.products:
        click.echo(f"{'table' if product.suffix == '.csv' else 'export':7} {product}")
    click.echo(f"report  {finished.report}")
    if disease:
        _answer(disease, folder)


def _answer(disease: str, folder: Path) -> None:
    """Print the treatments of the question's condition, and how to ask for more."""
    from graphs import query
    from graphs.store import Store
    from graphs.topics import understand
    from pipeline import cells
    from pipeline.cli import ask, show

    where = "" if folder.parent == Path("runs") else f" --run {shlex.quote(str(folder))}"
    with Store(folder / "sicca.db", readonly=True) as store:
        try:
            topic = understand(store.connection, disease, types=query.TYPES["disease"], kinds=True)
        except SiccaError as error:
            click.echo(f"\nNo answer on {disease} yet: {error}")
            return
        found = query.treatments(store.connection, topic, limit=SHOWN)
        rows = [cells.answer(answer, subject="treatment", object_="condition") for answer in found]
    click.echo(f"\n$ sicca ask treatments --disease {shlex.quote(disease)} --limit {SHOWN}{where}")
    show.rows(rows, "table", columns=ask.TREATMENTS)
