"""The curated lexicon in configs/lexicons: concepts with their names, and how strictly each name is read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from extractors.errors import ConfigError
from extractors.records import Concept, MentionType

#: The lexicons and what their concepts are.
TYPES = {
    "drugs": MentionType.DRUG,
    "drug_classes": MentionType.DRUG,
    "diseases": MentionType.DISEASE,
    "proteins": MentionType.PROTEIN,
    "cells": MentionType.CELL,
    "processes": MentionType.PROCESS,
    "outcomes": MentionType.OUTCOME,
    "procedures": MentionType.PROCEDURE,
}
#: Parts of a cell of the table.
SEPARATOR = " | "
#: Marks before a synonym: only in exactly this case; only where the article defines it.
EXACT, DEFINED = "=", "?"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a concept. `exact`: only in this case; `defined`: names it only where the article says so."""

    text: str
    concept: Concept
    exact: bool = False
    defined: bool = False


@cache
def load() -> tuple[Name, ...]:
    """Return every name of every lexicon; raises ConfigError that names file and line of a row that is wrong."""
    folder = files("configs") / "lexicons"
    return tuple(
        name
        for stem, kind in TYPES.items()
        if (table := folder / f"{stem}.tsv").is_file()
        for name in _read(table, kind)
    )


def _read(table: Traversable, kind: MentionType) -> Iterator[Name]:
    lines = table.read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
        if not row.get("curie") or not row.get("name"):
            raise ConfigError(f"{table.name}:{number}: a lexicon's row needs a curie and a name, parted by tabs")
        synonyms = _parts(row["synonyms"])
        plain = tuple(s.lstrip(EXACT + DEFINED) for s in synonyms)
        xrefs, parents = _parts(row["xrefs"]), _parts(row["parents"])
        concept = Concept(row["curie"], row["name"], kind, plain, xrefs=xrefs, parents=parents)
        yield Name(row["name"], concept)
        for written, text in zip(synonyms, plain, strict=True):
            yield Name(text, concept, exact=written.startswith(EXACT), defined=written.startswith(DEFINED))


def _parts(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split(SEPARATOR.strip()) if part.strip())
