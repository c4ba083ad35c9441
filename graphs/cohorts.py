"""Which articles report the same study, and which may share patients."""

from __future__ import annotations

import sqlite3


def assign(connection: sqlite3.Connection) -> None:
    """Write every article's cluster and cohort."""
    del connection
