"""Facts of a study beside its design: species, and whether it was randomised, blinded, controlled, multicentre."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractors.cue_patterns import fold_case
from extractors.cue_tables import cue_patterns, patterns, read_sections
from extractors.records import Article

#: The table's name.
TABLE = "study_facts"


def find_species(article: Article) -> tuple[str, ...]:
    """Return the species that the MeSH headings and the text name, in the order of configs/cues/study_facts.toml."""
    by_heading = read_sections(TABLE)["species_indexed"]
    indexed = {by_heading.get(heading.ui) for heading in article.mesh}
    text = article.text
    folded = fold_case(text)
    named = cue_patterns(TABLE, "species").items()
    return tuple(name for name, cue in named if name in indexed or cue.search(text, folded))


def find_fact(article: Article, fact: str) -> bool | None:
    """Return whether the text says so ("randomised", "blinded" …); None where it does not say."""
    cues = cue_patterns(TABLE, fact)
    text = article.text
    folded = fold_case(text)
    if cues["no"].search(text, folded):
        return False
    return True if cues["yes"].search(text, folded) else None


def fact_patterns(section: str) -> Mapping[str, re.Pattern[str]]:
    """Return the compiled patterns of a section of configs/cues/study_facts.toml by their names."""
    return patterns(TABLE, section)
