"""The tables of configs/cues: rows of a .tsv file, sections of a .toml file, and the patterns of a section."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from extractors.cue_patterns import CuePattern, cue_pattern
from extractors.errors import ConfigError


def read_table(name: str, columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of configs/cues/<name>.tsv; `#` starts a comment line.

    Raises ConfigError that names file and line where a row has not these columns.
    """
    rows = []
    lines = files("configs").joinpath("cues", f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
        if not row or row[0].startswith("#"):
            continue
        if len(row) != len(columns):
            raise ConfigError(f"configs/cues/{name}.tsv:{number}: {len(row)} columns; expected {', '.join(columns)}")
        rows.append(tuple(cell.strip() for cell in row))
    return tuple(rows)


def read_list(cell: str) -> tuple[str, ...]:
    """Return what a cell lists, parted by " | "; nothing for an empty cell."""
    return tuple(filter(None, cell.split(" | ")))


@cache
def read_sections(name: str) -> Mapping[str, Any]:
    """Return the content of configs/cues/<name>.toml, which is read once and must not be changed."""
    return tomllib.loads(files("configs").joinpath("cues", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def patterns(name: str, section: str) -> Mapping[str, re.Pattern[str]]:
    """Return the compiled patterns of a section of configs/cues/<name>.toml by their names; they ignore case."""
    return {key: re.compile(source, re.IGNORECASE) for key, source in read_sections(name)[section].items()}


@cache
def cue_patterns(name: str, section: str) -> Mapping[str, CuePattern]:
    """Return what `patterns` does, each to be searched for only where a string that it needs stands."""
    return {key: cue_pattern(source, re.IGNORECASE) for key, source in read_sections(name)[section].items()}
