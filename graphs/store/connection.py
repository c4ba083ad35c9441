"""Opens the store's file and says in one line what is wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import InputError, SiccaError
from graphs.store import schema

#: Milliseconds to wait for another process that writes before giving up.
BUSY_TIMEOUT = 10_000
#: Pages of 1 KiB kept in memory (negative: KiB). A reader's is far under the 300 MB that a question may use. A writer
#: goes through the store once, article by article; more gained it nothing, and it is soon full, so that memory is flat.
READER_CACHE, WRITER_CACHE = -65_536, -16_384
#: How SQLite's messages are told to a user; the first that is contained in the message.
EXPLANATIONS = (
    ("file is not a database", "not an SQLite database; give the folder of a run (--run DIR)"),
    ("malformed", "damaged; restore it from a copy or run `sicca run` again into a new folder"),
    ("database is locked", "another process is writing to it; wait for it to end and try again"),
    ("readonly", "cannot be written to; check the permissions of the file and its folder"),
    ("disk is full", "no space is left on its disk; free some and run again, what was finished is kept"),
    ("disk I/O error", "the disk cannot be read or written; check its space and state"),
    ("unable to open", "cannot be opened; check that the folder exists and may be read and written"),
)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's operational errors into a SiccaError that names the file; programming errors pass."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        message = str(error)
        for part, explanation in EXPLANATIONS:
            if part in message:
                kind = InputError if part in {"file is not a database", "malformed"} else SiccaError
                raise kind(f"{path}: {explanation}") from error
        raise


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """Open the file, create or migrate it where it may be written.

    Raises InputError for what is not a store, SiccaError for what cannot be opened.
    """
    if path.is_dir():
        raise InputError(f"{path}: a folder, not a store; its store would be {path / 'sicca.db'}")
    if readonly and not path.exists():
        raise InputError(f"{path}: no such store; make one with `sicca run CONFIG`")
    with explained(path):
        connection = _connect_readonly(path) if readonly else _connect_writable(path)
        try:
            version = schema.check(connection, path)
            if readonly and version < schema.SCHEMA_VERSION:
                raise InputError(
                    f"{path}: {'empty' if not version else f'written by an older sicca (schema {version})'}; "
                    "run `sicca run` on it once"
                )
            if not readonly:
                schema.migrate(connection, version)
        except BaseException:
            connection.close()
            raise
    return connection


def _connect_writable(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT / 1000, isolation_level=None)
    _set_up(connection, WRITER_CACHE)
    # What is sorted or put by grows with the store: it goes to the disk where it outgrows the cache.
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute("PRAGMA journal_mode = WAL")
    # A crash of the machine may lose the last transactions, never the file's consistency; the run resumes there.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _connect_readonly(path: Path) -> sqlite3.Connection:
    """Open for reading, also on a medium where the write-ahead log's index cannot be created."""
    uri = path.absolute().as_uri()
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=BUSY_TIMEOUT / 1000, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        connection.close()
        log = path.with_name(path.name + "-wal")
        if "locked" in str(error) or (log.exists() and log.stat().st_size):
            raise
        connection = sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, isolation_level=None)
    _set_up(connection, READER_CACHE)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _set_up(connection: sqlite3.Connection, cache: int) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    connection.execute(f"PRAGMA cache_size = {cache}")
