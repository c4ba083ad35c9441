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
#: Bytes after which a record has no end: PubMed's largest, with thousands of authors and references, have 5 MB.
LARGEST_RECORD = 1 << 28
#: A record's own PMID is the first that it holds.
PMID_TAG = re.compile(rb"<PMID[^>]*>\s*(\d+)")


class Readable(Protocol):
    """What is asked of a source."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes, b"" at the end."""
        ...


class Closable(Readable, Protocol):
    """A source that is ours to close."""

    def close(self) -> None:
        """Let go of the file."""
        ...


class Tape:
    """A binary stream that remembers what was read since the last cut, so that records can be had byte for byte."""

    def __init__(self, stream: Closable, name: str) -> None:
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
        if len(self._kept) > LARGEST_RECORD:
            raise InputError(f"{self.name}: {LARGEST_RECORD >> 20} MB without the end of a record; not PubMed's XML")
        return chunk

    def unread(self, chunk: bytes) -> None:
        """Let the next `read` return these bytes, which it returned before."""
        self._unread = chunk

    def forget(self) -> None:
        """Keep nothing of what was read so far."""
        self._kept.clear()

    def ends_midway(self) -> bool:
        """Return whether all has been read and it does not end with a tag."""
        return not self.read(1) and not self._kept.rstrip().endswith(b">")

    def close(self) -> None:
        """Close the stream underneath."""
        self._stream.close()

    def cut(self, tag: str, pmid: str) -> bytes | None:
        """Return `<tag …>…</tag>` of this PMID as it stands in the file, and forget all before its end.

        None where the bytes are not to be found so: a record within a comment, blanks within tags. Without a PMID the
        next element of the tag is forgotten.
        """
        opening, closing = f"<{tag}".encode(), f"</{tag}>".encode()
        while (end := self._kept.find(closing)) >= 0:
            end += len(closing)
            piece = bytes(self._kept[:end])
            del self._kept[:end]
            if not pmid:
                break
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
    if not isinstance(source, (str, Path)):
        return _rewound(Tape(_Lent(source), str(getattr(source, "name", "<stream>"))))
    try:
        stream = Path(source).open("rb")  # noqa: SIM115 (the tape closes it)
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror or error}") from error
    return _rewound(Tape(stream, str(source)))


def _rewound(tape: Tape) -> Tape:
    """Return the tape, or one of what is packed in it, with its first bytes looked at and put back."""
    try:
        head = tape.read()
        tape.unread(head)
        if head.startswith(GZIP_MAGIC):
            tape = Tape(_Unpacked(tape), tape.name)
            head = tape.read()
            tape.unread(head)
        if not head.strip():
            raise InputError(f"{tape.name}: empty; expected PubMed XML")
        for magic, kind in PACKED.items():
            if head.startswith(magic):
                raise InputError(f"{tape.name}: a {kind} archive; unpack it first (gzip alone is read as it is)")
    except InputError:
        tape.close()
        raise
    return tape


class _Lent:
    """A stream that belongs to the caller, who will close it."""

    def __init__(self, stream: Readable) -> None:
        self.read = stream.read

    def close(self) -> None:
        pass


class _Unpacked:
    """What a gzip stream holds; closes the file below as well, which GzipFile leaves open."""

    def __init__(self, packed: Tape) -> None:
        self._below = packed
        self._gzip = gzip.GzipFile(fileobj=cast(BinaryIO, _Forgetful(packed)), mode="rb")

    def read(self, size: int = -1, /) -> bytes:
        return self._gzip.read(size)

    def close(self) -> None:
        self._gzip.close()
        self._below.close()


class _Forgetful:
    """Packed bytes, of which none need be kept."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        self._rest = self._rest or self._tape.read()
        self._tape.forget()
        part, self._rest = (self._rest[:size], self._rest[size:]) if size >= 0 else (self._rest, b"")
        return part
