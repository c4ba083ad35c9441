"""The schema's version and how a file gets there: numbered SQL files, each applied once, in one transaction."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

from extractors.errors import InputError

#: Written to the file's header (PRAGMA application_id), so that a stranger's SQLite file is told apart: "sicc".
APPLICATION_ID = 0x73696363
#: The highest number of the migrations; a test holds the two together.
SCHEMA_VERSION = 6


def migrations() -> tuple[tuple[int, str], ...]:
    """Return (version, SQL) of every migration, in order."""
    folder = files("graphs.store").joinpath("migrations")
    found = ((int(entry.name[:4]), entry) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple((number, entry.read_text(encoding="utf-8")) for number, entry in sorted(found, key=lambda f: f[0]))


def check(connection: sqlite3.Connection, path: Path) -> int:
    """Return the file's schema version; raises InputError where it is not ours or too new."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != APPLICATION_ID:
        raise InputError(f"{path}: an SQLite file, but not a sicca store; give the folder of a run (--run DIR)")
    if version > SCHEMA_VERSION:
        raise InputError(
            f"{path}: written by a newer sicca (schema {version}, this one knows {SCHEMA_VERSION}); update sicca"
        )
    return int(version)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a file from its version to today's; all or nothing."""
    for number, script in migrations():
        if number > version:
            connection.executescript(
                f"BEGIN IMMEDIATE; {script}; PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {number}; COMMIT;"
            )
