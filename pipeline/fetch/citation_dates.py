"""Dates of a citation: those that are whole, those that end with the year, and NLM's free text."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.fetch.citation_text import text_of

#: NLM writes months as numbers or as these.
MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)  # noqa: SIM905
}
#: The first year of "1998 Dec-1999 Jan", "2000 Spring", "Winter 1976-1977".
YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|2[01]\d\d)(?!\d)", re.ASCII)


def year_of(medline_date: str) -> int | None:
    """Return the year in which a MedlineDate begins, None where it names none."""
    match = YEAR.search(medline_date)
    return int(match.group()) if match else None


def iso_date(date: etree._Element | None) -> str | None:
    """Return "2020-03-14", "2020-03" or "2020", as far as Year, Month and Day are given; None without a year."""
    if date is None:
        return None
    fields = {child.tag: (child.text or "").strip() for child in date}
    year = fields.get("Year", "")
    if not YEAR.fullmatch(year):
        return None
    month = _month(fields.get("Month", ""))
    if month is None:
        return year
    day = fields.get("Day", "")
    if not day.isdecimal() or not 1 <= int(day) <= 31:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{int(day):02}"


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    return MONTHS.get(text[:3].lower())


def read_publication_date(
    issue: etree._Element | None, article_date: etree._Element | None
) -> tuple[int | None, str | None, str | None]:
    """Return (year, publication date, MedlineDate) of a journal issue; its electronic date fills in a missing year."""
    published = issue.find("PubDate") if issue is not None else None
    medline_date = text_of(published.find("MedlineDate")) if published is not None else ""
    date = iso_date(published)
    if date is None and medline_date:
        year = year_of(medline_date)
        date = str(year) if year else None
    date = date or iso_date(article_date)
    return (int(date[:4]) if date else None), date, (medline_date or None)
