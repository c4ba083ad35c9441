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
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from extractors.errors import InputError
from extractors.records import Article
from pipeline.fetch.gzip_member import BEFORE_NAME, HEAD, LONGEST_NAME, Header, pack, read_header, unpack
from pipeline.fetch.medline import Record, parse

#: PMID, PubMed's version, ISO date or "undated", then a content hash where that revision was archived before.
NAME = re.compile(r"(\d+)\.(\d+)\.([\d-]{4,10}|undated)(-[0-9a-f]{8})?\.xml")


@dataclass(frozen=True, slots=True)
class Revision:
    """An archived state of a record. `name` is unique; `digest` and place in the file do not count for equality."""

    pmid: str
    version: int
    date_revised: str | None
    name: str
    digest: bytes = field(compare=False, repr=False)
    offset: int = field(compare=False, repr=False)
    size: int = field(compare=False, repr=False)


class Archive:
    """An archive file, open; to be used in a `with` statement.

    Raises InputError that names the file where it is no archive, is damaged, cannot be written or is being written
    by another run. A last member that was cut off by a kill is dropped when the archive is opened for writing;
    `dropped_bytes` says how much.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.dropped_bytes = 0
        self._revisions: dict[int, list[Revision]] = {}
        self._count = 0
        with self._explained():
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
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self._count

    @property
    def pmids(self) -> tuple[str, ...]:
        """The PMIDs archived, in numeric order."""
        return tuple(str(pmid) for pmid in sorted(self._revisions))

    def close(self) -> None:
        """Write what is pending to the disk and close the file."""
        with self._explained():
            try:
                if self._file.writable():
                    self.flush()
            finally:
                self._file.close()

    def flush(self) -> None:
        """Make sure that what was added survives a power cut."""
        with self._explained():
            self._file.flush()
            os.fsync(self._file.fileno())

    def add(self, record: Record) -> bool:
        """Archive a record as it came; returns False where this very content is archived already."""
        article = record.article
        digest = hashlib.sha256(record.xml).digest()[:16]
        known = self._revisions.get(int(article.pmid or 0), [])
        if any(revision.digest == digest for revision in known):
            return False
        name = f"{article.pmid}.{article.version}.{article.date_revised or 'undated'}"
        if any(revision.name == name for revision in known):
            name += f"-{digest.hex()[:8]}"
        member = pack(f"{name}.xml", record.xml, digest)
        with self._explained():
            self._file.seek(self._end)
            self._file.write(member)
        self._note(Header(f"{name}.xml", len(member), digest), self._end)
        self._end += len(member)
        return True

    def keep(self, records: Iterable[Record]) -> Iterator[Record]:
        """Archive the records on their way through."""
        for record in records:
            self.add(record)
            yield record
        self.flush()

    def revisions(self, pmid: str) -> tuple[Revision, ...]:
        """Return a record's revisions, the newest last: by version, date revised, then arrival."""
        known = self._revisions.get(int(pmid), []) if pmid.isdecimal() else []
        return tuple(sorted(known, key=lambda r: (r.version, r.date_revised or "", r.offset)))

    def read(self, pmid: str, *, name: str | None = None) -> bytes:
        """Return a record's XML, untouched: the newest revision, or the one of that name.

        Raises InputError where there is none such, or its bytes are damaged.
        """
        revisions = self.revisions(pmid)
        found = [revision for revision in revisions if name in {None, revision.name}]
        if not found:
            known = ", ".join(revision.name for revision in revisions) or "none"
            raise InputError(f"{self.path}: no revision {name or ''} of PMID {pmid}; archived: {known}")
        return self._content(found[-1])

    def articles(self, pmids: Iterable[str] | None = None) -> Iterator[Article]:
        """Yield the newest revision of each record (or of these), in numeric order of the PMIDs."""
        for pmid in self.pmids if pmids is None else sorted(set(pmids), key=int):
            yield parse(self.read(pmid), name=f"{self.path}: PMID {pmid}")

    def _content(self, revision: Revision) -> bytes:
        with self._explained():
            if self._file.writable():
                self._file.flush()
            member = os.pread(self._file.fileno(), revision.size, revision.offset)
        try:
            content = unpack(member)
        except zlib.error as error:
            raise self._damaged(revision) from error
        if hashlib.sha256(content).digest()[:16] != revision.digest:
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

    def _note(self, header: Header, offset: int) -> None:
        match = NAME.fullmatch(header.name)
        if match is None:
            raise InputError(f"{self.path}: not an archive of sicca's: it holds {header.name!r}")
        pmid, version, date, _ = match.groups()
        revision = Revision(
            pmid,
            int(version),
            None if date == "undated" else date,
            header.name.removesuffix(".xml"),
            header.digest,
            offset,
            header.size,
        )
        self._revisions.setdefault(int(pmid), []).append(revision)
        self._count += 1

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
