"""How a name is looked up in the compiled vocabulary: its folded pieces without regard to their order, as a number."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

#: Bits of a key. With a million names one look-up in ten million finds a name that is not there.
BITS = 44
#: Words that a name may have or lack: "carcinoma of the breast", "breast carcinoma".
SMALL_WORDS = frozenset({"of", "the"})
#: Pieces that only count in their place: the positions in "2-amino-3-methyl".
MAX_NUMBERS = 1
#: What is written as a short form: mostly capitals and digits, no blank.
SHORT_FORM = re.compile(r"(?=.*[A-Z].*[A-Z0-9])[A-Za-z]?[A-Z0-9][A-Z0-9α-ω/-]*[a-z]?[A-Z0-9]?s?")
#: Longer runs of capitals are words in a table that is written in capitals.
LONGEST_SHORT_FORM = 6


def key(pieces: Iterable[str]) -> int:
    """Return the key of a name's folded pieces: sorted, unless several of them are numbers."""
    kept = [piece for piece in pieces if piece not in SMALL_WORDS]
    if sum(piece.isdigit() for piece in kept) <= MAX_NUMBERS:
        kept.sort()
    digest = hashlib.blake2b("\x1f".join(kept).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - BITS)


def is_short_form(name: str) -> bool:
    """Whether a name is written as a short form, which is read as one only where it is written so."""
    return len(name) <= LONGEST_SHORT_FORM and SHORT_FORM.fullmatch(name) is not None
