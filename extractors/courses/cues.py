"""The patterns of configs/cues/courses.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from extractors.cue_patterns import fold_case
from extractors.cue_tables import cue_patterns, patterns, read_sections

#: The table's name.
TABLE = "courses"


def course_patterns(section: str) -> Mapping[str, re.Pattern[str]]:
    """Return the compiled patterns of a section by their names."""
    return patterns(TABLE, section)


def compile_cues() -> None:
    """Compile all patterns, so that no article waits for them."""
    for section in read_sections(TABLE):
        course_patterns(section)
        cue_patterns(TABLE, section)


@lru_cache(maxsize=2048)
def cues_in(section: str, words: str, prefix: str = "") -> tuple[str, ...]:
    """Return the names, with this prefix, of the patterns of a section that words hold, in its order.

    Every course of an article asks for the same words.
    """
    folded = fold_case(words)
    named = ((name, pattern) for name, pattern in cue_patterns(TABLE, section).items() if name.startswith(prefix))
    return tuple(name for name, pattern in named if pattern.search(words, folded))


def find_cue(section: str, name: str, words: str) -> re.Match[str] | None:
    """Return the first match of one pattern in words."""
    return cue_patterns(TABLE, section)[name].search(words, fold_case(words))
