"""Prefixes that turn what a name means: "B cells" in "non-B cells", "CD28" in "anti-CD28" are not what is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from extractors.records import Mention

#: Letters before a mention that a prefix is looked for in.
LONGEST = 12


def with_prefixes(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions, those right behind a prefix with it and without the concept of what is behind it.

    A mention that another one holds together with its prefix stays as it is: the protein in a drug's name. Offsets are
    into `text`.
    """
    every = tuple(mentions)
    for mention in every:
        found = _prefix().search(text, max(0, mention.start - LONGEST), mention.start)
        if found is None or any(m.start < mention.start and mention.end <= m.end for m in every):
            yield mention
            continue
        words = text[found.start() : mention.end]
        yield replace(mention, start=found.start(), text=words, concept=None, name=words)


@cache
def _prefix() -> re.Pattern[str]:
    """Read configs/vocabulary/prefixes.txt: a prefix a line."""
    lines = (files("configs.vocabulary") / "prefixes.txt").read_text(encoding="utf-8").splitlines()
    prefixes = "|".join(re.escape(line) for line in lines if line and not line.startswith("#"))
    return re.compile(rf"(?<![^\W_])(?:{prefixes})[-‐‑–]\Z", re.IGNORECASE)
