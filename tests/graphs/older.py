"""A store's file as an older sicca wrote it, for tests of what brings it up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from graphs.store import schema


def of_schema(version: int, path: Path, older: Path) -> Path:
    """Write what a store holds into a file of an older schema and return that file."""
    with sqlite3.connect(older) as connection:
        for number, script in schema.migrations()[:version]:
            connection.executescript(f"{script}; PRAGMA user_version = {number};")
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("ATTACH ? AS new", (str(path),))
        tables = connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '%_fts%'"
        ).fetchall()
        for (table,) in tables:
            columns = connection.execute(
                "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid", (table,)
            ).fetchall()
            named = ", ".join(f'"{name}"' for (name,) in columns)
            connection.execute(f"INSERT INTO main.{table} ({named}) SELECT {named} FROM new.{table}")  # noqa: S608
    connection.close()
    return older
