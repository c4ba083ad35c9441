"""Where a disease's name ends although the words run on: "vasculitis complicating lupus" are two diseases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.records import Mention, Span
from extractors.values import MentionType
from extractors.vocabulary.word_list import read_words


def broken(
    span: Span, kind: MentionType, text: str, named: Sequence[Mention]
) -> Iterator[tuple[int, int, MentionType]]:
    """Yield the stretch before a break and, where the vocabulary has a name after it, that too.

    A stretch without a break, or of another type than a disease, comes back as it is. Offsets are into `text`.
    """
    start, end = span
    found = _breaks().search(text, start, end) if kind is MentionType.DISEASE else None
    if found is None:
        yield start, end, kind
        return
    yield start, found.start(), kind
    after = [m for m in named if found.end() <= m.start and m.end <= end and m.concept is not None]
    if after:
        longest = max(after, key=lambda m: (m.end - m.start, -m.start))
        yield longest.start, longest.end, longest.type


@cache
def _breaks() -> re.Pattern[str]:
    """Read configs/vocabulary/breaks.txt: a phrase a line."""
    phrases = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in read_words("breaks"))
    return re.compile(rf"\s+(?:{phrases})\s+", re.IGNORECASE)
