"""Authors, groups and grants of a citation."""

from __future__ import annotations

import re

from lxml import etree

from extractors.records import Author
from pipeline.fetch.citation_text import text_of

#: An ORCID iD, bare, with blanks or hyphens, or at the end of its address.
ORCID = re.compile(r"(\d{4})[- ]?(\d{4})[- ]?(\d{4})[- ]?(\d{3}[\dXx])$", re.ASCII)


def read_authors(authors: etree._Element | None) -> tuple[Author, ...]:
    """Return people and groups in the order printed; names that NLM marked as wrong (ValidYN="N") are left out."""
    if authors is None:
        return ()
    return tuple(_author(author) for author in authors.iterchildren("Author") if author.get("ValidYN") != "N")


def _author(author: etree._Element) -> Author:
    names = {"LastName": "", "ForeName": "", "Initials": "", "CollectiveName": ""}
    orcid: str | None = None
    affiliations: list[str] = []
    for child in author:
        tag = str(child.tag)
        if tag in names:
            names[tag] = text_of(child)
        elif tag == "AffiliationInfo":
            affiliations.extend(map(text_of, child.iterchildren("Affiliation")))
        elif tag == "Affiliation":  # before 2014
            affiliations.append(text_of(child))
        elif tag == "Identifier" and child.get("Source") == "ORCID":
            orcid = orcid_of(child.text or "")
    return Author(
        names["LastName"],
        names["ForeName"],
        names["Initials"],
        names["CollectiveName"],
        orcid,
        tuple(name for name in affiliations if name),
    )


def orcid_of(text: str) -> str | None:
    """Return an ORCID iD as 0000-0002-1825-0097, however it was written; None where it is none."""
    match = ORCID.search(text.strip().rstrip("/"))
    return "-".join(match.groups()).upper() if match else None


def read_grants(grants: etree._Element | None) -> tuple[str, ...]:
    """Return grants as MEDLINE prints them: number, acronym, agency and country with slashes between."""
    if grants is None:
        return ()
    fields = ("GrantID", "Acronym", "Agency", "Country")
    printed = ("/".join(filter(None, (text_of(g.find(f)) for f in fields))) for g in grants.iterchildren("Grant"))
    return tuple(grant for grant in printed if grant)
