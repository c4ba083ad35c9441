"""Named regimens and the drugs they stand for: R-CHOP, FCR, BR (configs/cues/regimens.tsv)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractors.cue_tables import read_list, read_table

#: Letters of a drug's name that tell it from others.
STEM = 5


def regimen_drugs(name: str) -> tuple[str, ...]:
    """Return the drugs of a named regimen; none where no regimen is called so."""
    return _table().get(_fold(name), ())


def is_spelled_out(drugs: tuple[str, ...], text: str) -> bool:
    """Whether a text names any of the drugs."""
    return any(drug[:STEM] in text.lower() for drug in drugs)


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """Return the drugs by the folded name of each regimen."""
    return {
        _fold(spelling): read_list(drugs)
        for name, synonyms, drugs in read_table("regimens", ("name", "synonyms", "drugs"))
        for spelling in (name, *read_list(synonyms))
    }


def _fold(name: str) -> str:
    """Return a name without hyphens; capitals count, because short forms are told from words by them."""
    return re.sub(r"[\s‐–-]", "", name)
