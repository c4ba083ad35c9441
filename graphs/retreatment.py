"""Whether a course that gives the very drug that had failed says so: re-treatment, or a misread sentence."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from graphs.answers import CourseSource


def plausible(source: CourseSource) -> bool:
    """Tell whether a course gives something that its text does not list among what failed, or states re-treatment.

    A course whose every drug was given before is most often the treatment before, taken for the one that followed.
    """
    prior = {drug.key for drug in source.course.prior}
    if any(drug.key not in prior for drug in source.course.current):
        return True
    return _stated().search(source.quote) is not None


@cache
def _stated() -> re.Pattern[str]:
    text = files("configs").joinpath("rules", "retreatment.toml").read_text(encoding="utf-8")
    return re.compile(rf"\b(?:{'|'.join(tomllib.loads(text)['stated'])})\b", re.IGNORECASE)
