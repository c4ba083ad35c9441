"""`sicca extract`: documents in, what they say out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from extractors.errors import SiccaError


@click.command(epilog="Example: sicca extract records.xml.gz -o claims.jsonl --jobs 2")
@click.argument("source", metavar="INPUT")
@click.option("-o", "--output", required=True, metavar="OUT", help="File to write; - is standard output.")
@click.option("--config", default=None, help="Config whose extractors are used (path or name); default: all of them.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to extract with.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "pubtator"]),
    default="jsonl",
    show_default=True,
    help="JSON lines with everything, or PubTator lines with the mentions.",
)
def command(source: str, output: str, config: str | None, jobs: int, form: str) -> None:
    """Extract mentions, claims, courses and study facts from INPUT.

    INPUT is MEDLINE XML (.xml, .xml.gz), JSON lines with id, title and abstract, or PubTator; - is standard input.
    What gives no article (books, records without a PMID) is counted on standard error. Articles that break an
    extractor are left out, counted, and end the command with status 1.
    """
    from pipeline import config as configs
    from pipeline import documents
    from pipeline import output as writers
    from pipeline.config import Extraction as Settings
    from pipeline.extracted import Extraction, Failure
    from pipeline.progress import track
    from pipeline.workers import produce

    settings = configs.load(config).extraction if config else Settings()
    write: Callable[[Extraction], str] = writers.to_json if form == "jsonl" else writers.to_pubtator
    failures: list[Failure] = []
    found = documents.Documents(source)
    with _open(output) as stream:
        for result in track(produce(found, settings, write, jobs=jobs), "extracting"):
            if isinstance(result, Failure):
                failures.append(result)
            else:
                stream.write(result + "\n")
    for reason, count in sorted(found.left_out.items()):
        click.echo(f"sicca: {source}: {count} left out: {reason}", err=True)
    if failures:
        first = failures[0]
        raise SiccaError(
            f"{source}: {len(failures)} documents left out because an extractor failed, the first {first.article.id}"
            f" ({first.error}); please report it"
        )


@contextmanager
def _open(output: str) -> Iterator[TextIO]:
    """Open standard output, or a file that gets its name only when it is complete."""
    if output == "-":
        # Not sys.stdout: that writes in the locale's encoding, and the output is UTF-8 whatever the locale.
        with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as stream:
            yield stream
        return
    path = Path(output)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise SiccaError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
