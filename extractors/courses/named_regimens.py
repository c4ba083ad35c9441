"""Named regimens and the drugs they stand for: R-CHOP, FCR, BR (configs/cues/regimens.tsv)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractors.courses.regimens import Regimen
from extractors.cue_tables import read_list, read_table
from extractors.document import Document
from extractors.records import Argument, Span
from extractors.values import MentionType
from extractors.vocabulary.resolution import shipped as resolver

#: What may stand around a regimen's name.
AROUND = re.compile(
    r"(?:[\s-]*(?:like|based|regimen|chemotherapy|immunochemotherapy|therapy|treatment))+$", re.IGNORECASE
)
#: Letters of a drug's name that the article must spell where it defines the short form itself.
STEM = 5


def find_components(document: Document, regimen: Regimen) -> tuple[Argument, ...]:
    """Return the drugs that the named regimens of a course stand for, each with the places of the name.

    A short form that the article defines as something else ("BR" as a blink reflex) stands for nothing here.
    """
    spans: dict[str, list[Span]] = {}
    for member in regimen.members:
        for span in member.spans:
            for drug in _drugs(document, span):
                spans.setdefault(drug, []).append(span)
    found = []
    for drug, places in spans.items():
        link = resolver().resolve(drug, MentionType.DRUG)
        found.append(Argument(link.curie, link.name or drug, MentionType.DRUG, tuple(dict.fromkeys(places))))
    return tuple(found)


def _drugs(document: Document, span: Span) -> tuple[str, ...]:
    words = document.text[slice(*span)]
    name = AROUND.sub("", words).strip()
    drugs = named_regimens().get(_fold(name), ())
    for short, long in document.abbreviations:
        if document.text[slice(*short)] == name:
            spelled = document.text[slice(*long)].lower()
            if not any(drug[:STEM] in spelled for drug in drugs):
                return ()
    return drugs


@cache
def named_regimens() -> Mapping[str, tuple[str, ...]]:
    """Return the drugs by the folded name of each regimen."""
    return {
        _fold(spelling): read_list(drugs)
        for name, synonyms, drugs in read_table("regimens", ("name", "synonyms", "drugs"))
        for spelling in (name, *read_list(synonyms))
    }


def _fold(name: str) -> str:
    """Return a name without hyphens; capitals count, because short forms are told from words by them."""
    return re.sub(r"[\s‐–-]", "", name)
