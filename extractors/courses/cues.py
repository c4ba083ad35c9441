"""The patterns of configs/cues/courses.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def course_patterns(section: str) -> Mapping[str, re.Pattern[str]]:
    """Return the compiled patterns of a section by their names."""
    content = tomllib.loads((files("configs") / "cues" / "courses.toml").read_text(encoding="utf-8"))
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in content[section].items()}
