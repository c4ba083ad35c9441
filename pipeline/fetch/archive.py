"""The raw XML of every revision of every record, so that all after the fetch can be repeated without a network.

One append-only file of gzip members, a record each, named `PMID.version.date-revised`. We chose it over SQLite
because the same records give the same bytes, `zcat` reads it in twenty years, and a kill in the middle of a write can
only cost the last member; over a file per record because of 30,000 inodes a run; over one gzip stream because one
record can be read without the others.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from extractors.errors import InputError
from pipeline.fetch.archive_index import ArchiveIndex, Revision
from pipeline.fetch.gzip_member import BEFORE_NAME, HEAD, LONGEST_NAME, Header, pack, read_header, unpack
from pipeline.fetch.medline import Record

#: PMID, PubMed's version, ISO date or "undated", then a content hash where that revision was archived before.
NAME = re.compile(r"(\d+)\.(\d+)\.([\d-]{4,10}|undated)(-[0-9a-f]{8})?\.xml")
#: The name of the mark that NLM withdrew a PMID.
DELETED = re.compile(r"(\d+)\.deleted\.xml")


class Archive:
    """An archive file, open; to be used in a `with` statement.

    Raises InputError that names the file where it is no archive, is damaged, cannot be written or is being written
    by another run. A last member that was cut off by a kill is dropped when the archive is opened for writing;
    `dropped_bytes` says how much.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.dropped_bytes = 0
        with self._explained():
            self._index = ArchiveIndex()
            descriptor = os.open(path, os.O_RDONLY if read_only else os.O_RDWR | os.O_CREAT, 0o644)
            self._file = os.fdopen(descriptor, "rb" if read_only else "r+b")
        try:
            with self._explained():
                if not read_only:
                    self._lock()
                end = self._scan()
                self._end = end
                self.dropped_bytes = self._file.seek(0, os.SEEK_END) - end
                if self.dropped_bytes and not read_only:
                    self._file.truncate(end)
        except BaseException:
            self._file.close()
            self._index.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __contains__(self, pmid: object) -> bool:
        return isinstance(pmid, str) and pmid.isdecimal() and int(pmid) in self._index

    def close(self) -> None:
        """Write what is pending to the disk and close the file."""
        with self._explained():
            try:
                if self._file.writable():
                    self.flush()
            finally:
                self._file.close()
                self._index.close()

    def flush(self) -> None:
        """Make sure that what was added survives a power cut."""
        with self._explained():
            self._file.flush()
            os.fsync(self._file.fileno())

    def put(self, record: Record) -> bool:
        """Archive a record as it came; returns False where this very content is archived already."""
        article = record.article
        pmid = int(article.pmid or 0)
        sha256 = hashlib.sha256(record.xml).hexdigest()
        with self._explained():
            known = self._index.revisions(pmid)
            held = any(revision.sha256 == sha256 for revision in known) and not self._index.is_withdrawn(pmid)
        if held:
            return False
        name = f"{article.pmid}.{article.version}.{article.date_revised or 'undated'}"
        if any(revision.name == name for revision in known):
            name += f"-{sha256[:8]}"
        self._append(f"{name}.xml", record.xml)
        return True

    def delete(self, pmid: str) -> bool:
        """Mark a PMID as withdrawn by NLM; its revisions stay. Returns False where it is not archived or is marked.

        A record that comes again afterwards takes the mark away.
        """
        if pmid not in self or self._index.is_withdrawn(int(pmid)):
            return False
        self._append(f"{pmid}.deleted.xml", f"<DeleteCitation><PMID>{pmid}</PMID></DeleteCitation>".encode())
        return True

    def current(self) -> Iterator[Revision]:
        """Yield the newest revision of every record that is not withdrawn, in numeric order of the PMIDs."""
        with self._explained():
            yield from self._index.current()

    def deleted(self) -> tuple[str, ...]:
        """Return the PMIDs that are withdrawn, in numeric order."""
        return tuple(map(str, self._index.withdrawn()))

    def revisions(self, pmid: str) -> tuple[Revision, ...]:
        """Return a record's revisions, the newest last: by version, date revised, then arrival."""
        return tuple(self._index.revisions(int(pmid))) if pmid.isdecimal() else ()

    def find(self, pmid: str, *, name: str | None = None) -> Revision:
        """Return a record's newest revision, or the one of that name; raises InputError where there is none such."""
        revisions = self.revisions(pmid)
        found = [revision for revision in revisions if name in {None, revision.name}]
        if not found:
            known = ", ".join(revision.name for revision in revisions) or "none"
            raise InputError(f"{self.path}: no revision {name or ''} of PMID {pmid}; archived: {known}")
        return found[-1]

    def read(self, revision: Revision) -> bytes:
        """Return a revision's XML, untouched; raises InputError that names it where its bytes are damaged."""
        with self._explained():
            if self._file.writable():
                self._file.flush()
            member = os.pread(self._file.fileno(), revision.size, revision.offset)
        try:
            content = unpack(member)
        except zlib.error as error:
            raise self._damaged(revision) from error
        if hashlib.sha256(content).hexdigest() != revision.sha256:
            raise self._damaged(revision)
        return content

    def _damaged(self, revision: Revision) -> InputError:
        return InputError(f"{self.path}: {revision.name} is damaged; remove the archive and fetch it again")

    def _scan(self) -> int:
        """Note every member and return where the last whole one ends."""
        descriptor, offset, end = self._file.fileno(), 0, self._file.seek(0, os.SEEK_END)
        while offset < end:
            start = os.pread(descriptor, BEFORE_NAME + LONGEST_NAME, offset)
            header = read_header(start)
            if header is None:
                if end - offset < BEFORE_NAME + LONGEST_NAME and HEAD.startswith(start[: len(HEAD)]):
                    break
                raise InputError(f"{self.path}: not an archive of sicca's, or damaged at byte {offset}")
            if offset + header.size > end:
                break
            self._note(header, offset)
            offset += header.size
        return offset

    def _append(self, name: str, content: bytes) -> None:
        member = pack(name, content)
        with self._explained():
            self._file.seek(self._end)
            self._file.write(member)
            self._note(Header(name, len(member), hashlib.sha256(content).hexdigest()), self._end)
        self._end += len(member)

    def _note(self, header: Header, offset: int) -> None:
        if mark := DELETED.fullmatch(header.name):
            self._index.withdraw(int(mark.group(1)))
            return
        match = NAME.fullmatch(header.name)
        if match is None:
            raise InputError(f"{self.path}: not an archive of sicca's: it holds {header.name!r}")
        pmid, version, date, _ = match.groups()
        revision = Revision(
            pmid,
            int(version),
            None if date == "undated" else date,
            header.name.removesuffix(".xml"),
            header.sha256,
            offset,
            header.size,
        )
        self._index.add(revision)

    def _lock(self) -> None:
        """Keep other writers out; the lock goes with the file's closing, even by a kill."""
        try:
            fcntl.flock(self._file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(f"{self.path}: another run is writing this archive; wait for it to finish") from error

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise InputError(f"{self.path}: archive cannot be read or written: {error.strerror or error}") from error
        except sqlite3.Error as error:
            raise InputError(
                f"{self.path}: its index does not fit into the folder of temporary files ({error}); "
                "free some space there, or name another folder in SQLITE_TMPDIR"
            ) from error
