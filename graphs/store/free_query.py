"""A stranger's SELECT: allowed to read, for a while, so many rows."""

from __future__ import annotations

import sqlite3
import time

from extractors.errors import InputError

#: What a query may do; anything else (writing, ATTACH, most PRAGMAs, loading extensions) is refused.
ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
#: Functions that reach outside the file.
REFUSED_FUNCTIONS = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
#: Instructions of SQLite's machine between two looks at the clock.
STEP = 10_000
#: Bytes of one value: a query cannot build a string that fills the memory.
VALUE_LIMIT = 10_000_000

Value = str | int | float | None


def select(
    connection: sqlite3.Connection, statement: str, *, limit: int, seconds: float
) -> tuple[tuple[str, ...], list[tuple[Value, ...]], bool]:
    """Return (columns, rows, whether rows were cut off); columns of one name are numbered.

    Raises InputError for what is no SELECT, is wrong, writes, or takes too long.
    """
    deadline = time.monotonic() + seconds
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_LIMIT)
    for table in ("article_fts", "name_fts", "json_each('[]')", "json_tree('[]')"):
        # Opening a virtual table declares it, which the authorizer would take for writing.
        connection.execute(f"SELECT 1 FROM {table} LIMIT 0")  # noqa: S608 (names from the line above)
    connection.set_authorizer(_authorize)
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), STEP)
    try:
        cursor = connection.execute(statement)
        if cursor.description is None:
            raise InputError("SQL: not a SELECT; the store can only be read")
        rows = [tuple(_value(cell) for cell in row) for row in cursor.fetchmany(limit + 1)]
    except sqlite3.Error as error:
        raise InputError(f"SQL: {_explain(str(error), seconds)}") from error
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
    return _numbered([column[0] for column in cursor.description]), rows[:limit], len(rows) > limit


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in REFUSED_FUNCTIONS else sqlite3.SQLITE_OK
    # FTS5 looks at data_version while it reads.
    if action == sqlite3.SQLITE_PRAGMA and first == "data_version":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY


def _explain(message: str, seconds: float) -> str:
    if message == "interrupted":
        return f"stopped after {seconds:g} seconds; ask for less or raise --seconds"
    if "not authorized" in message or "readonly" in message or "prohibited" in message:
        return f"{message}: the store can only be read"
    if "one statement at a time" in message:
        return "one statement at a time"
    return message


def _value(cell: object) -> Value:
    if isinstance(cell, bytes):
        return cell.hex()
    return cell if isinstance(cell, str | int | float) or cell is None else str(cell)


def _numbered(columns: list[str]) -> tuple[str, ...]:
    named: list[str] = []
    for column in columns:
        repeat = sum(name.rpartition(":")[0] == column or name == column for name in named)
        named.append(f"{column}:{repeat + 1}" if repeat else column)
    return tuple(named)
