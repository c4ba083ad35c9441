"""What an archive holds and where, by PMID: a temporary SQLite table, on the disk where it outgrows a small cache.

The archive file stays the one place of record; this is made from its headers each time it is opened (4 µs a member)
and is gone when it is closed. In memory the same took 0.6 kB a record, 23 GB for the whole of PubMed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

#: Pages of 1 KiB kept in memory (negative: KiB).
CACHE_SIZE = -4096
#: The last two make a revision the newest in the order of the key: by version, date revised, then arrival.
SCHEMA = (
    "CREATE TABLE revision (pmid INTEGER, version INTEGER, revised TEXT, place INTEGER, size INTEGER, sha256 BLOB,"
    " name TEXT, PRIMARY KEY (pmid, version, revised, place)) WITHOUT ROWID",
    "CREATE TABLE withdrawn (pmid INTEGER PRIMARY KEY)",
)


@dataclass(frozen=True, slots=True)
class Revision:
    """An archived state of a record; `sha256` of its XML in hex. The place in the file does not count for equality."""

    pmid: str
    version: int
    date_revised: str | None
    name: str
    sha256: str
    offset: int = field(compare=False, repr=False)
    size: int = field(compare=False, repr=False)


class ArchiveIndex:
    """The revisions of an archive and the PMIDs that are withdrawn; raises sqlite3.Error where the disk is full."""

    def __init__(self) -> None:
        # No name: a file of SQLite's own in the folder for such (SQLITE_TMPDIR, TMPDIR, /var/tmp), opened when needed.
        self._connection = sqlite3.connect("", isolation_level=None)
        for setting in (f"cache_size = {CACHE_SIZE}", "journal_mode = OFF", "synchronous = OFF"):
            self._connection.execute(f"PRAGMA {setting}")
        for statement in SCHEMA:
            self._connection.execute(statement)

    def __contains__(self, pmid: int) -> bool:
        return self._connection.execute("SELECT 1 FROM revision WHERE pmid = ?", (pmid,)).fetchone() is not None

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()

    def add(self, revision: Revision) -> None:
        """Note a revision; its record counts as withdrawn no longer."""
        self._connection.execute(
            "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                int(revision.pmid),
                revision.version,
                revision.date_revised or "",
                revision.offset,
                revision.size,
                bytes.fromhex(revision.sha256),
                revision.name,
            ),
        )
        self._connection.execute("DELETE FROM withdrawn WHERE pmid = ?", (int(revision.pmid),))

    def withdraw(self, pmid: int) -> None:
        """Note that NLM withdrew a record."""
        self._connection.execute("INSERT OR IGNORE INTO withdrawn VALUES (?)", (pmid,))

    def is_withdrawn(self, pmid: int) -> bool:
        """Say whether a record is withdrawn."""
        return self._connection.execute("SELECT 1 FROM withdrawn WHERE pmid = ?", (pmid,)).fetchone() is not None

    def withdrawn(self) -> list[int]:
        """Return the PMIDs that are withdrawn, in numeric order."""
        return [pmid for (pmid,) in self._connection.execute("SELECT pmid FROM withdrawn ORDER BY pmid")]

    def revisions(self, pmid: int) -> list[Revision]:
        """Return a record's revisions, the newest last: by version, date revised, then arrival."""
        rows = self._connection.execute(
            "SELECT * FROM revision WHERE pmid = ? ORDER BY version, revised, place", (pmid,)
        )
        return [_revision(*row) for row in rows]

    def current(self) -> Iterator[Revision]:
        """Yield the newest revision of every record that is not withdrawn, in numeric order of the PMIDs."""
        rows = self._connection.execute(
            "SELECT * FROM revision r WHERE pmid NOT IN (SELECT pmid FROM withdrawn) AND NOT EXISTS (SELECT 1 FROM"
            " revision later WHERE later.pmid = r.pmid AND (later.version, later.revised, later.place) >"
            " (r.version, r.revised, r.place)) ORDER BY pmid"
        )
        return (_revision(*row) for row in rows)


def _revision(pmid: int, version: int, revised: str, place: int, size: int, sha256: bytes, name: str) -> Revision:
    return Revision(str(pmid), version, revised or None, name, sha256.hex(), place, size)
