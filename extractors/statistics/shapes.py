"""The shapes of configs/cues/statistics.toml as compiled patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.cue_patterns import CuePattern, cue_pattern
from extractors.cue_tables import read_sections
from extractors.statistics import numbers

#: Marks a name in braces in a pattern; a repetition such as {0,5} is none.
MACRO = re.compile(r"\{([a-z_]+2?)\}")
#: How shapes are written that begin with a number or a comparator and whatever else `NUMBER_START` finds.
_STARTS = r"(?:\{(?:num|signed|whole|count)\}|\\d\{1,3\}|\[Nn\]one|\[Nn\]o)"
AT_NUMBER = re.compile(rf"(?:\(\?:\{{cmp\}}\\s\?\)\?)?\(\?P<\w+>{_STARTS}(?:\|{_STARTS})*\)")
#: What makes a shape hold a digit, and what may stand in a digit's place.
DIGIT = re.compile(r"\{(?:num|signed|whole)\}|\\d")
WORDED = re.compile(r"\{count\}|<none>|<both>|<all>")
#: Any place where a number, its sign or a comparator may begin.
NUMBER_START = re.compile(
    rf"[-−–+.·\d<>≤≥=~≈⩽⩾≦≧]|(?=less than|greater than|more than|at least|over|[Nn]o(?:ne)?\s|{numbers.WORDS})"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to state a number of some kind; earlier shapes win where two overlap.

    `at_number` says that it begins with a number or a comparator, `with_digit` that it holds a digit: where the text
    has none, it need not be looked for.
    """

    kind: str
    pattern: CuePattern
    at_number: bool
    with_digit: bool

    def may_match(self, folded: str, digits: bool) -> bool:
        """Whether a stretch, given as `fold_case` returns it, can match; `digits` says whether it has a digit."""
        return (digits or not self.with_digit) and self.pattern.may_match(folded)

    def find(self, text: str, start: int, end: int, numbers: Sequence[int]) -> Iterator[re.Match[str]]:
        """Yield what the pattern finds in a stretch, given its `number_starts`."""
        pattern = self.pattern.pattern
        if not self.at_number:
            yield from pattern.finditer(text, start, end)
            return
        done = start
        for place in numbers:
            if place >= done and (match := pattern.match(text, place, end)):
                yield match
                done = match.end()


def number_starts(text: str, start: int, end: int) -> tuple[int, ...]:
    """Return where a number, its sign or a comparator may begin: every digit, sign and word that is one of these."""
    return tuple(match.start() for match in NUMBER_START.finditer(text, start, end))


@cache
def shapes() -> tuple[Shape, ...]:
    """Compile the shapes, in order of precedence."""
    words = read_sections("statistics")
    macros = _macros(words)
    return tuple(_shape(entry["kind"], entry["pattern"], macros) for entry in words["shape"])


def _shape(kind: str, pattern: str, macros: dict[str, str]) -> Shape:
    with_digit = DIGIT.search(pattern) is not None and WORDED.search(pattern) is None
    return Shape(kind, cue_pattern(_expand(pattern, macros)), AT_NUMBER.match(pattern) is not None, with_digit)


@cache
def time_units() -> dict[str, str]:
    """Return the name of each unit of time by its spelling in lower case, e.g. "yrs" is years."""
    spellings: dict[str, str] = {}
    for name, patterns in read_sections("statistics")["time"].items():
        for pattern in patterns:
            full = pattern.replace("?", "")
            spellings.update({full: name, re.sub(r".\?", "", pattern): name})
    return spellings


@cache
def people() -> str:
    """Return the pattern of what follows a count of participants: up to five words, then patients, women …"""
    return _macros(read_sections("statistics"))["people"]


def _macros(words: Mapping[str, Any]) -> dict[str, str]:
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
