"""The numbers under which an article is known elsewhere: PMID, DOI, PMC, publisher's item, registrations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from pipeline.fetch.citation_text import text_of

#: A PMID: PubMed has eight digits today; more than ten are not one.
PMID = re.compile(r"[1-9][0-9]{0,9}")
PMCID = re.compile(r"PMC[0-9]+")
#: What people write before a DOI.
DOI_PREFIX = re.compile(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)


def pmid_text(element: etree._Element | None) -> str:
    """Return a PMID element's number, "" where it holds none."""
    text = text_of(element)
    return text if PMID.fullmatch(text) else ""


def read_ids(
    locations: Iterable[etree._Element], listed: etree._Element | None, other: Iterable[etree._Element]
) -> tuple[str | None, str | None, str | None]:
    """Return (DOI, PMC id, publisher's item id) of an article.

    `locations` are its ELocationIDs, whatever their order (invalid ones do not count), `listed` its own ArticleIdList
    (never those of its references), `other` its OtherIDs, where older records keep the PMC id.
    """
    found: dict[str, str] = {}
    for location in locations:
        if location.get("ValidYN") != "N":
            found.setdefault(location.get("EIdType") or "", text_of(location))
    for listed_id in listed.iterchildren("ArticleId") if listed is not None else ():
        kind = listed_id.get("IdType") or ""
        if not found.get(kind):
            found[kind] = text_of(listed_id)
    pmc = next((text for text in map(text_of, other) if text.startswith("PMC")), "")
    match = PMCID.search(found.get("pmc") or pmc)
    doi = DOI_PREFIX.sub("", found.get("doi", ""))
    return doi or None, match.group() if match else None, found.get("pii") or None


def read_accessions(databanks: etree._Element | None) -> tuple[tuple[str, str], ...]:
    """Return (databank, accession number) pairs, e.g. ("ClinicalTrials.gov", "NCT00000000")."""
    if databanks is None:
        return ()
    return tuple(
        (text_of(bank.find("DataBankName")), number)
        for bank in databanks.iterchildren("DataBank")
        for number in (text_of(n) for n in bank.iterfind("AccessionNumberList/AccessionNumber"))
        if number
    )
