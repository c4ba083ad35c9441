"""The run's store as a page sees it: for reading only, and for so long."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import SiccaError
from graphs.store import Store

#: Instructions of SQLite's machine between two looks at the clock.
STEP = 20_000


class TooSlowError(SiccaError):
    """A page's questions took longer than they may."""


@contextmanager
def reading(path: Path, *, seconds: float) -> Iterator[sqlite3.Connection]:
    """Open a store for reading; raises TooSlowError where its questions take longer than `seconds` in all.

    A connection belongs to the thread that opened it, so a page opens its own: that costs under a millisecond, and a
    run that writes meanwhile, or puts another file in the place, is seen by the next page.
    """
    deadline = time.monotonic() + seconds
    with Store(path, readonly=True) as store:
        store.connection.set_progress_handler(lambda: int(time.monotonic() > deadline), STEP)
        try:
            yield store.connection
        except sqlite3.OperationalError as error:
            if str(error) == "interrupted":
                raise TooSlowError(f"stopped after {seconds:g} seconds; ask for less, or a narrower topic") from error
            raise
