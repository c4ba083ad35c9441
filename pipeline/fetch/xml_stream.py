"""Bytes of a MEDLINE file, plain or gzip, kept until a record is cut off them."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from extractors.errors import InputError

#: Bytes read at a time.
CHUNK = 1 << 16
#: First bytes of a gzip member (RFC 1952); the file's name is not asked.
GZIP_MAGIC = b"\x1f\x8b"
#: Archives that people hand over unopened, by their first bytes.
PACKED = {b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
#: A record's own PMID is the first that it holds.
PMID_TAG = re.compile(rb"<PMID[^>]*>\s*(\d+)")


class Readable(Protocol):
    """What is asked of a source."""

    def read(self, size: int = -1, /) -> bytes: ...  # noqa: D102 (as everywhere)

    def close(self) -> None: ...  # noqa: D102


class Tape:
    """A binary stream that remembers what was read since the last cut, so that records can be had byte for byte."""

    def __init__(self, stream: Readable, name: str) -> None:
        self.name = name
        self._stream = stream
        self._kept = bytearray()
        self._unread = b""

    def read(self, size: int = CHUNK, /) -> bytes:
        """Return the next bytes, b"" at the end; raises InputError where the stream is damaged."""
        if self._unread:
            chunk, self._unread = self._unread, b""
            return chunk
        try:
            chunk = self._stream.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"{self.name}: gzip data is cut off or damaged ({error}); fetch the file again") from error
        except OSError as error:
            raise InputError(f"{self.name}: cannot be read: {error.strerror or error}") from error
        self._kept += chunk
        return chunk

    def unread(self, chunk: bytes) -> None:
        """Let the next `read` return these bytes, which it returned before."""
        self._unread = chunk

    def close(self) -> None:
        """Close the stream underneath."""
        self._stream.close()

    def cut(self, tag: str, pmid: str) -> bytes | None:
        """Return `<tag …>…</tag>` of this PMID as it stands in the file, and forget all before its end.

        None where the bytes are not to be found so: a record within a comment, blanks within tags.
        """
        opening, closing = f"<{tag}".encode(), f"</{tag}>".encode()
        while (end := self._kept.find(closing)) >= 0:
            end += len(closing)
            piece = bytes(self._kept[:end])
            del self._kept[:end]
            start = _last_opening(piece, opening)
            own = PMID_TAG.search(piece, start) if start >= 0 else None
            if own and own.group(1) == pmid.encode():
                return piece[start:]
        return None


def _last_opening(piece: bytes, opening: bytes) -> int:
    """Return where the last start tag begins; `<PubmedArticleSet` does not open a `PubmedArticle`."""
    start = len(piece)
    while (start := piece.rfind(opening, 0, start)) >= 0:
        if piece[start + len(opening)] in b"> \t\r\n":
            return start
    return -1


def open_tape(source: str | Path | BinaryIO) -> Tape:
    """Open a file or stream, unpacking gzip by its first bytes.

    Raises InputError where it is missing, unreadable, a folder, empty or another kind of archive.
    """
    if isinstance(source, (str, Path)):
        name = str(source)
        try:
            stream: BinaryIO = Path(source).open("rb")  # noqa: SIM115 (the tape closes it)
        except OSError as error:
            raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error
    else:
        name = str(getattr(source, "name", "<stream>"))
        stream = source
    tape = Tape(stream, name)
    head = tape.read()
    if head.startswith(GZIP_MAGIC):
        packed = gzip.GzipFile(fileobj=cast(BinaryIO, _Rejoined(head, stream)), mode="rb")
        tape = Tape(_Unpacked(packed, stream), name)
        head = tape.read()
    problem = "empty; expected PubMed XML" if not head.strip() else None
    for magic, kind in PACKED.items():
        if head.startswith(magic):
            problem = f"a {kind} archive; unpack it first (gzip alone is read as it is)"
    if problem:
        tape.close()
        raise InputError(f"{name}: {problem}")
    tape.unread(head)
    return tape


class _Rejoined:
    """A stream whose first bytes were read already; to unpack, gzip needs no more than `read`."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        if not self._head:
            return self._stream.read(size)
        size = len(self._head) if size < 0 else size
        part, self._head = self._head[:size], self._head[size:]
        return part


class _Unpacked:
    """A gzip stream that closes the file below it, which GzipFile leaves open."""

    def __init__(self, packed: gzip.GzipFile, stream: Readable) -> None:
        self._packed = packed
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        return self._packed.read(size)

    def close(self) -> None:
        self._packed.close()
        self._stream.close()
