"""The shapes of configs/cues/statistics.toml as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from extractors.statistics import numbers

#: Marks a name in braces in a pattern; a repetition such as {0,5} is none.
MACRO = re.compile(r"\{([a-z_]+2?)\}")


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to state a number of some kind; earlier shapes win where two overlap."""

    kind: str
    pattern: re.Pattern[str]


@cache
def shapes() -> tuple[Shape, ...]:
    """Compile the shapes, in order of precedence."""
    words = _words()
    macros = _macros(words)
    return tuple(Shape(entry["kind"], re.compile(_expand(entry["pattern"], macros))) for entry in words["shape"])


@cache
def time_units() -> dict[str, str]:
    """Return the name of each unit of time by its spelling in lower case, e.g. "yrs" is years."""
    spellings: dict[str, str] = {}
    for name, patterns in _words()["time"].items():
        for pattern in patterns:
            full = pattern.replace("?", "")
            spellings.update({full: name, re.sub(r".\?", "", pattern): name})
    return spellings


@cache
def people() -> str:
    """Return the pattern of what follows a count of participants: up to five words, then patients, women …"""
    return _macros(_words())["people"]


def _words() -> dict[str, Any]:
    return tomllib.loads((files("configs") / "cues" / "statistics.toml").read_text(encoding="utf-8"))


def _macros(words: dict[str, Any]) -> dict[str, str]:
    time = _any(unit for spellings in words["time"].values() for unit in spellings)
    per = _any(words["dose"]["per"])
    dose = rf"(?:{_any(words['dose']['units'])})(?:\s?/\s?(?:{per})|\sper\s(?:{per}))*"
    measure = _any(words["measurement"]["units"])
    unit = rf"%|percentage points|per\scent|percent|(?:{measure}|{time}|{dose})(?![\w/])"
    noun = _any(words["participants"])
    low_high = rf"(?P<low>{numbers.SIGNED})\s?%?{{to}}(?P<high>{numbers.SIGNED})"
    label = (
        r"(?:9[059](?:\.\d)?\s?%?\s?)?(?:CIs?|CrIs?|(?:confidence|credible) intervals?|[Rr]ange[sd]?|ranging|"
        r"IQR|interquartile range)(?:\s?[(\[{](?:CIs?|CrI|IQR)[)\]}])?"
    )
    return {
        "num": numbers.DECIMAL,
        "signed": numbers.SIGNED,
        "whole": numbers.WHOLE,
        "count": numbers.COUNT,
        "power": numbers.POWER,
        "cmp": (
            r"(?P<comparator>[<>]\s?=|[<>≤≥=~≈⩽⩾≦≧]|less than or equal to|less than|greater than|"
            r"more than|at least|over)"
        ),
        "to": r"(?:\s?(?:[-–—−]|to|and|through)\s?|\s?[,;]\s)",
        "is": r"(?:\s?[=:,]\s?|\s(?:of|was|were|is|are|at)\s|\s)",
        "time": time,
        "dose": dose,
        "measure": measure,
        "unit": rf"(?:\s?(?P<unit>{unit}))?",
        "unit2": rf"(?:\s(?P<unit2>{unit}))?",
        "unit_": rf"(?:\s?(?:{unit}))?",
        "noun": noun,
        "people": rf"(?:[^\W\d][\w'’/+-]*,?\s+){{0,6}}?(?:{noun})(?!\w|[-‐]\w)",
        "ratio": _any(words["ratio"]["names"]),
        "difference": _any(words["difference"]["names"]),
        "coefficient": _any(words["coefficient"]["names"]),
        "ci": (
            rf"(?:(?:\s?[,;]?\s?[(\[{{]?\s?{label}\s?[:=,]?\s?(?:of\s|was\s|from\s|between\s)?[(\[{{]?|\s?[(\[{{])\s?"
            rf"{low_high}(?:\s?(?:{unit}))?[)\]}}]?)"
        ),
    }


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """Replace the names in braces, twice: a macro may hold another."""
    for _ in range(2):
        pattern = MACRO.sub(lambda match: macros[match.group(1)], pattern)
    return pattern


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
