"""CSV for `neo4j-admin database import`: one file a label and a relationship type, with typed headers.

Written for Neo4j 5's importer (RFC 4180 quotes; run it with --multiline-fields=true, titles may hold line breaks).
There is no Neo4j server among our tests: the files are read back by a CSV reader, never by Neo4j.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from graphs.exports.property_graph import NODES, RELATIONS, Value

#: Our types as neo4j-admin names them; a string needs none.
TYPES = {"string": "", "int": ":long", "float": ":double", "boolean": ":boolean"}
#: The import command, written beside the files.
COMMAND = "import.sh"


def write(connection: sqlite3.Connection, folder: Path) -> tuple[Path, ...]:
    """Write all files into a folder and return them; equal content gives equal bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    written, options = [], []
    for table in NODES:
        (key, _), *properties = table.properties
        header = [f"{key}:ID({table.label})", *(f"{name}{TYPES[type_]}" for name, type_ in properties)]
        path = folder / f"{table.label.lower()}.csv"
        _write(path, header, table.read(connection))
        written.append(path)
        options.append(f"--nodes={table.label}={path.name}")
    for relation in RELATIONS:
        path = folder / f"{relation.type.lower()}.csv"
        _write(path, [f":START_ID({relation.start})", f":END_ID({relation.end})"], relation.read(connection))
        written.append(path)
        options.append(f"--relationships={relation.type}={path.name}")
    command = folder / COMMAND
    lines = " \\\n  ".join(["neo4j-admin database import full sicca --multiline-fields=true", *options])
    command.write_text(f'#!/bin/sh\ncd "$(dirname "$0")" && {lines}\n', encoding="utf-8")
    return (*written, command)


def _write(path: Path, header: list[str], rows: Iterable[tuple[Value, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
