"""The patterns of configs/cues/courses.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from extractors.cue_patterns import CuePattern, cue_pattern, fold_case


@cache
def course_patterns(section: str) -> Mapping[str, re.Pattern[str]]:
    """Return the compiled patterns of a section by their names."""
    content = tomllib.loads((files("configs") / "cues" / "courses.toml").read_text(encoding="utf-8"))
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in content[section].items()}


@lru_cache(maxsize=2048)
def cues_in(section: str, words: str) -> tuple[str, ...]:
    """Return the names of the patterns of a section that words hold, in its order.

    Every course of an article asks for the same words.
    """
    folded = fold_case(words)
    return tuple(name for name, pattern in _cue_patterns(section).items() if pattern.search(words, folded))


@cache
def _cue_patterns(section: str) -> Mapping[str, CuePattern]:
    return {name: cue_pattern(p.pattern, p.flags) for name, p in course_patterns(section).items()}
