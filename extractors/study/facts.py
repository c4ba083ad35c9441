"""Facts of a study beside its design: species, and whether it was randomised, blinded, controlled, multicentre."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from extractors.cue_patterns import CuePattern, cue_pattern, fold_case
from extractors.records import Article


def find_species(article: Article) -> tuple[str, ...]:
    """Return the species that the MeSH headings and the text name, in the order of configs/cues/study_facts.toml."""
    cues = _cues()
    indexed = {cues["species_indexed"].get(heading.ui) for heading in article.mesh}
    text = article.text
    folded = fold_case(text)
    return tuple(n for n, cue in _cue_patterns("species").items() if n in indexed or cue.search(text, folded))


def find_fact(article: Article, fact: str) -> bool | None:
    """Return whether the text says so ("randomised", "blinded" …); None where it does not say."""
    cues = _cue_patterns(fact)
    text = article.text
    folded = fold_case(text)
    if cues["no"].search(text, folded):
        return False
    return True if cues["yes"].search(text, folded) else None


@cache
def _cues() -> dict[str, Any]:
    return tomllib.loads((files("configs") / "cues" / "study_facts.toml").read_text(encoding="utf-8"))


@cache
def fact_patterns(section: str) -> Mapping[str, re.Pattern[str]]:
    """Return the compiled patterns of a section of configs/cues/study_facts.toml by their names."""
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _cues()[section].items()}


@cache
def _cue_patterns(section: str) -> Mapping[str, CuePattern]:
    return {name: cue_pattern(pattern, re.IGNORECASE) for name, pattern in _cues()[section].items()}
