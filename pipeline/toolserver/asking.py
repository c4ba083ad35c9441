"""Opens the store for one question: read-only, for so many seconds, every error a line that says what to do."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mcp.server.mcpserver.exceptions import ToolError

from extractors.errors import InputError, SiccaError
from extractors.values import MentionType
from graphs.store import Store, claims
from graphs.topics import Topic, understand
from pipeline.toolserver import parts, results, rows

#: Instructions of SQLite's machine between two looks at the clock.
STEP = 10_000
#: How the graph's errors name a question, which here is a tool.
COMMAND = re.compile(r"`sicca ask ([a-z-]+)([^`]*)`")


class Asking:
    """One question being asked: the open store, and how the names in it were understood."""

    def __init__(self, store: Store) -> None:
        self.connection: sqlite3.Connection = store.connection
        self.understood: list[parts.Understood] = []

    @property
    def note(self) -> str:
        """What must be known to read the answer right."""
        waiting = claims.stale(self.connection)
        return f"{waiting} claims await assembly: their figures are old until `sicca run` has ended" if waiting else ""

    def head(self, *, more: bool) -> results.Head:
        """Return what every answer begins with; `more`: the limit cut rows off."""
        return {"understood": self.understood, "more": more, "note": self.note}

    def topic(self, name: str, types: Sequence[MentionType] = ()) -> Topic:
        """Return what a typed name stands for, and remember how it was understood."""
        found = understand(self.connection, name, types=types)
        self.understood.append(rows.understood(found))
        return found


class Questioner:
    """Opens the store anew for each question, so that an answer is never older than the last run."""

    def __init__(self, store: Path, *, seconds: float) -> None:
        self.store = store
        self.seconds = seconds

    @contextmanager
    def ask(self) -> Iterator[Asking]:
        """Yield the store for one question; raises ToolError, one line, for all that the asker can mend."""
        deadline = time.monotonic() + self.seconds
        try:
            with Store(self.store, readonly=True) as store:
                store.connection.set_progress_handler(lambda: int(time.monotonic() > deadline), STEP)
                try:
                    yield Asking(store)
                except sqlite3.OperationalError as error:
                    if str(error) != "interrupted":
                        raise
                    raise InputError(
                        f"stopped after {self.seconds:g} seconds; ask more narrowly: a kind of the disease, one drug"
                    ) from error
        except SiccaError as error:
            raise ToolError(one_line(str(error))) from error


def one_line(message: str) -> str:
    """Return a message on one line, with tools where it names commands."""
    as_tools = COMMAND.sub(lambda found: f"the tool `{found[1].replace('-', '_')}`", message)
    return " ".join(as_tools.split())
