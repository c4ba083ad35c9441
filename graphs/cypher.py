"""The graph in Ladybug, for questions in Cypher: a view, rebuilt from the store when the store has changed."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from extractors.errors import InputError
from graphs.exports.extras import load
from graphs.store import bulk, counts
from graphs.store.bulk import BulkTable

#: The view's file, beside the store's.
VIEW_NAME = "sicca.ladybug"
#: Words that reach outside the view even where it is read-only; strings, names in backticks and comments are no words.
REFUSED = re.compile(r"\b(?:COPY|LOAD|EXPORT|IMPORT|ATTACH|DETACH|USE|INSTALL|UNINSTALL|CALL|PROFILE)\b", re.I)
QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.S)
#: Memory for Ladybug's pages, in bytes; by default it would take most of the machine's.
BUFFER = 1 << 30


def rebuild(connection: sqlite3.Connection, path: Path, *, done: Callable[[str], object] = str) -> None:
    """Write the view anew; the old one is replaced only when the new one is whole. `done` is called with each table."""
    ladybug = load("ladybug", extra="cypher")
    part = path.with_name(path.name + ".part")
    _remove(part)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".sicca-cypher-") as name:
        folder = Path(name)
        with ladybug.Database(str(part), buffer_pool_size=BUFFER) as database, ladybug.Connection(database) as view:
            for table in bulk.TABLES:
                view.execute(_definition(table))
                _copy(view, table, folder / f"{table.name}.csv", bulk.lines(connection, table))
                done(table.name)
    _remove(path)
    part.replace(path)
    _stamp(path).write_text(counts.version(connection), encoding="utf-8")


def is_current(connection: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the view shows what the store holds now."""
    stamp = _stamp(path)
    return path.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == counts.version(connection)


def select(path: Path, statement: str, *, limit: int, seconds: float) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return (columns, rows) of a statement that only reads; raises InputError for one that does not, or is wrong."""
    if word := REFUSED.search(QUOTED.sub(" ", statement)):
        raise InputError(f"Cypher: {word.group()}: the view can only be read")
    ladybug = load("ladybug", extra="cypher")
    with ladybug.Database(str(path), read_only=True, buffer_pool_size=BUFFER) as database:
        view = ladybug.Connection(database)
        view.set_query_timeout(int(seconds * 1000))
        try:
            result = view.execute(statement)
            if isinstance(result, list):
                raise InputError("Cypher: one statement at a time")
            rows: list[tuple[Any, ...]] = []
            while result.has_next() and len(rows) < limit:
                rows.append(tuple(result.get_next()))
            return tuple(result.get_column_names()), rows
        except RuntimeError as error:
            raise InputError(f"Cypher: {' '.join(str(error).split())}") from error
        finally:
            view.close()


def _definition(table: BulkTable) -> str:
    if table.ends:
        return f"CREATE REL TABLE {table.name} (FROM {table.ends[0]} TO {table.ends[1]})"
    columns = ", ".join(f"{c.name} {_type(c.type)}" for c in table.columns)
    return f"CREATE NODE TABLE {table.name} ({columns}, PRIMARY KEY (row))"


def _type(column: str) -> str:
    return "STRING" if column == "TEXT" else column


def _copy(view: Any, table: BulkTable, path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(lines)
    view.execute(f"COPY {table.name} FROM '{_quoted(path)}' (HEADER = false, QUOTE = '\"', ESCAPE = '\"')")
    path.unlink()


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("\\", "\\\\").replace("'", "\\'")


def _stamp(path: Path) -> Path:
    return path.with_name(path.name + ".stamp")


def _remove(path: Path) -> None:
    for found in (path, path.with_name(path.name + ".wal")):
        if found.is_dir():
            shutil.rmtree(found)
        else:
            found.unlink(missing_ok=True)
