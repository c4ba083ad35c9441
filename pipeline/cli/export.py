"""`sicca export`: a run's graph in the formats of other programs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import click

from extractors.errors import SiccaError
from graphs.exports import bioc, citations, graphml, kgx, neo4j_csv, pubtator, rdf, ro_crate
from graphs.store import Store
from pipeline.cli.options import reads_store, run_option

_Writer = Callable[[sqlite3.Connection, Path], object]


def _ladybug(connection: sqlite3.Connection, path: Path) -> None:
    from graphs import cypher

    cypher.rebuild(connection, path)


#: Format → (what writes it, whether it is a folder, line for the help page).
FORMATS: dict[str, tuple[_Writer, bool, str]] = {
    "graphml": (graphml.write, False, "Claim graph as GraphML, for Gephi, Cytoscape, yEd or networkx."),
    "kgx": (kgx.write, True, "KGX TSV (nodes and edges) in Biolink terms; a folder."),
    "rdf": (rdf.write, False, "TriG: claims, and each evidence as named graphs with PROV."),
    "pubtator": (pubtator.write, False, "Articles with mentions and relations as PubTator."),
    "bioc-json": (bioc.write_json, False, "Articles with mentions and relations as BioC JSON."),
    "bioc-xml": (bioc.write_xml, False, "Articles with mentions and relations as BioC XML."),
    "neo4j-csv": (neo4j_csv.write, True, "CSV for `neo4j-admin database import`; a folder."),
    "ladybug": (_ladybug, False, "Ladybug database, for Cypher (the view that `sicca cypher` asks)."),
    "ris": (citations.write_ris, False, "Cited papers as RIS (EndNote, Zotero, Mendeley)."),
    "bibtex": (citations.write_bibtex, False, "Cited papers as BibTeX."),
    "csl-json": (citations.write_csl, False, "Cited papers as CSL-JSON."),
}


@click.group()
def command() -> None:
    """Write a run's graph for other programs. Equal stores give equal files.

    Example: sicca export graphml -o graph.graphml
    """


def _add(name: str) -> None:
    writer, folder, line = FORMATS[name]

    @command.command(name=name, help=f"{line}\n\nExample: sicca export {name} -o {'folder' if folder else 'file'}")
    @click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder." if folder else "File.")
    @reads_store
    def export(store: Store, out: Path) -> None:
        try:
            if not folder:
                out.parent.mkdir(parents=True, exist_ok=True)
            writer(store.connection, out)
        except OSError as error:
            raise SiccaError(f"{out}: cannot be written: {error.strerror or error}") from error


for _name in FORMATS:
    _add(_name)


@command.command()
@click.option("--url", required=True, help="bolt://host:7687 or neo4j://…")
@click.option("--user", default="neo4j", show_default=True)
@click.option("--password", envvar="SICCA_BOLT_PASSWORD", required=True, help="Better set SICCA_BOLT_PASSWORD.")
@click.option("--database", help="Database of the server.  [default: the server's]")
@reads_store
def bolt(store: Store, url: str, user: str, password: str, database: str | None) -> None:
    """Merge the graph into a graph server over Bolt; again changes nothing.

    Tested against ArcadeDB; documented for Neo4j, where it has not been tested.

    Example: SICCA_BOLT_PASSWORD=… sicca export bolt --url bolt://localhost:7687
    """
    from graphs.exports import bolt as server

    sent = server.write(store.connection, url, user=user, password=password, database=database)
    click.echo(f"{sent} nodes and relationships merged into {url}")


@command.command(name="ro-crate")
@run_option
def crate(run: Path) -> None:
    """Describe every file of the run's folder in its ro-crate-metadata.json.

    Example: sicca export ro-crate --run runs/sample
    """
    try:
        (path,) = ro_crate.write(run)
    except OSError as error:
        raise SiccaError(f"{run}: cannot be written: {error.strerror or error}") from error
    click.echo(path)
