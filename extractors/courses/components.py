"""The drugs that named regimens of a course stand for: R-CHOP, FCR, BR."""

from __future__ import annotations

import re

from extractors.courses.regimens import Regimen
from extractors.document import Document
from extractors.records import Argument, Span
from extractors.values import MentionType
from extractors.vocabulary.named_regimens import is_spelled_out, regimen_drugs
from extractors.vocabulary.resolution import shipped as resolver

#: What may stand around a regimen's name.
AROUND = re.compile(
    r"(?:[\s-]*(?:like|based|regimen|chemotherapy|immunochemotherapy|therapy|treatment))+$", re.IGNORECASE
)


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
    drugs = regimen_drugs(name)
    for short, long in document.abbreviations:
        if document.text[slice(*short)] == name and not is_spelled_out(drugs, document.text[slice(*long)]):
            return ()
    return drugs
