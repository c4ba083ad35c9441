"""One gzip member that knows its own length, so that a file of many can be listed without unpacking it.

A concatenation of members is a gzip file (RFC 1952, 2.2): `zcat` prints all of them. The extra field, which other
programs skip, holds the member's length, as BGZF does it, and what tells contents apart.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass

#: Magic, deflate, flags FEXTRA and FNAME, no time (same input, same bytes), no level, no system.
HEAD = b"\x1f\x8b\x08\x0c" + bytes(5) + b"\xff"
#: Our subfield of the extra field: its two letters, its length, the member's length, the content's SHA-256.
EXTRA = struct.Struct("<2sHI32s")
EXTRA_ID = b"SX"
#: Bytes before the name: fixed head, the extra field's length, the extra field.
BEFORE_NAME = len(HEAD) + 2 + EXTRA.size
#: CRC-32 and length of the content.
TRAILER = struct.Struct("<II")
#: Zlib's own default; level 9 takes longer and gains nothing on records of this size.
LEVEL = 6
#: A name is shorter than this; more means that the bytes are something else.
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a member without unpacking it: `size` in bytes, all told, and the content's hash in hex."""

    name: str
    size: int
    sha256: str


def pack(name: str, content: bytes) -> bytes:
    """Return the member."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(content) + deflate.flush()
    printed = name.encode("ascii") + b"\0"
    size = BEFORE_NAME + len(printed) + len(body) + TRAILER.size
    extra = EXTRA.pack(EXTRA_ID, EXTRA.size - 4, size, hashlib.sha256(content).digest())
    trailer = TRAILER.pack(zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return b"".join((HEAD, struct.pack("<H", EXTRA.size), extra, printed, body, trailer))


def read_header(start: bytes) -> Header | None:
    """Return the header that these bytes begin with; None where they are no member of ours."""
    if not start.startswith(HEAD) or len(start) < BEFORE_NAME:
        return None
    letters, _, size, digest = EXTRA.unpack_from(start, len(HEAD) + 2)
    end = start.find(b"\0", BEFORE_NAME)
    if letters != EXTRA_ID or end < 0 or size < BEFORE_NAME + TRAILER.size:
        return None
    return Header(start[BEFORE_NAME:end].decode("ascii", "replace"), size, digest.hex())


def unpack(member: bytes) -> bytes:
    """Return the content; raises zlib.error where it is damaged (CRC-32 and length are checked)."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    content = unpacker.decompress(member)
    if not unpacker.eof or unpacker.unused_data:
        raise zlib.error("incomplete")
    return content
