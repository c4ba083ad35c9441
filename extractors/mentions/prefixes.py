"""Prefixes that turn what a name means: "B cells" in "non-B cells", "CD28" in "anti-CD28" are not what is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from extractors.records import Mention
from extractors.vocabulary.word_list import read_words


def with_prefixes(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions, those right behind a prefix with it and without the concept of what is behind it.

    A mention that another one holds together with its prefix stays as it is: the protein in a drug's name. Offsets are
    into `text`.
    """
    every = tuple(mentions)
    begins = {found.end(): found.start() for found in _prefix().finditer(text)}
    for mention in every:
        start = begins.get(mention.start)
        if start is None or any(m.start < mention.start and mention.end <= m.end for m in every):
            yield mention
            continue
        words = text[start : mention.end]
        yield replace(mention, start=start, text=words, concept=None, name=words)


@cache
def _prefix() -> re.Pattern[str]:
    """Read configs/vocabulary/prefixes.txt: a prefix a line."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, read_words('prefixes')))})[-‐‑–]", re.IGNORECASE)
