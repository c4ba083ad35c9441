"""What records are named and placed by: ids made of content, stretches of text."""

from __future__ import annotations

import hashlib

#: A half-open stretch (start, end) of `Article.text`, in Unicode code points.
Span = tuple[int, int]


def content_hash(*parts: str) -> str:
    """Return 16 hex digits of SHA-256 over the parts; ids never depend on the order of arrival."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
