"""One record's XML to an Article: every field that sicca uses, each from where NLM really puts it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from extractors.records import Article, Correction, ForeignAbstract, MeshHeading
from pipeline.fetch.citation_dates import iso_date, read_publication_date
from pipeline.fetch.citation_ids import pmid_text, read_accessions, read_ids
from pipeline.fetch.citation_people import read_authors, read_grants
from pipeline.fetch.citation_text import read_abstract, read_flat_abstract, text_of

#: The part of a record of each kind that holds its own PMID; a bare MedlineCitation holds it itself.
PMID_HOLDER = {"PubmedArticle": "MedlineCitation", "PubmedBookArticle": "BookDocument"}


def pmid_of(record: etree._Element) -> str:
    """Return a record's own PMID, "" where it has none."""
    part = PMID_HOLDER.get(str(record.tag))
    holder = record if part is None else next(record.iterchildren(part), None)
    return "" if holder is None else pmid_text(next(holder.iterchildren("PMID"), None))


def read_citation(record: etree._Element) -> Article:
    """Return the article of a PubmedArticle or MedlineCitation element that has a PMID."""
    citation = record if record.tag == "MedlineCitation" else _child(record, "MedlineCitation")
    pubmed_data = record.find("PubmedData")
    parts = _by_tag(citation)
    article = _by_tag(parts["Article"]) if "Article" in parts else {}
    journal = _by_tag(article["Journal"]) if "Journal" in article else {}
    issue = _by_tag(journal["JournalIssue"]) if "JournalIssue" in journal else {}
    medline = _by_tag(parts["MedlineJournalInfo"]) if "MedlineJournalInfo" in parts else {}

    title = text_of(article.get("ArticleTitle"))
    abstract, passages = read_abstract(title, _children(article.get("Abstract"), "AbstractText"))
    year, published, medline_date = read_publication_date(journal.get("JournalIssue"), article.get("ArticleDate"))
    doi, pmcid, pii = read_ids(
        _children(parts.get("Article"), "ELocationID"),
        pubmed_data.find("ArticleIdList") if pubmed_data is not None else None,
        citation.iterchildren("OtherID"),
    )
    pmid = parts["PMID"]
    return Article(
        f"PMID:{pmid_text(pmid)}",
        title,
        abstract,
        passages,
        doi,
        pmcid,
        pii,
        journal=text_of(journal.get("Title")) or None,
        journal_abbreviation=text_of(journal.get("ISOAbbreviation")) or text_of(medline.get("MedlineTA")) or None,
        year=year,
        publication_date=published,
        medline_date=medline_date,
        volume=text_of(issue.get("Volume")) or None,
        issue=text_of(issue.get("Issue")) or None,
        pages=_pages(article.get("Pagination")),
        authors=read_authors(article.get("AuthorList")),
        mesh=_mesh(parts),
        publication_types=tuple(_named(_children(article.get("PublicationTypeList"), "PublicationType"))),
        substances=tuple(_substances(parts.get("ChemicalList"))),
        keywords=tuple(k for kwds in citation.iterchildren("KeywordList") for k in map(text_of, kwds) if k),
        accessions=read_accessions(article.get("DataBankList")),
        grants=read_grants(article.get("GrantList")),
        languages=tuple(filter(None, map(text_of, _children(parts.get("Article"), "Language")))),
        country=text_of(medline.get("Country")) or None,
        vernacular_title=text_of(article.get("VernacularTitle")) or None,
        other_abstracts=tuple(_foreign(other) for other in citation.iterchildren("OtherAbstract")),
        corrections=tuple(map(_correction, _children(parts.get("CommentsCorrectionsList"), "CommentsCorrections"))),
        date_revised=iso_date(parts.get("DateRevised")),
        date_completed=iso_date(parts.get("DateCompleted")),
        version=_version(pmid),
    )


def _by_tag(element: etree._Element) -> dict[str, etree._Element]:
    """Return the children by tag; of several with one tag the first."""
    children: dict[str, etree._Element] = {}
    for child in element:
        children.setdefault(str(child.tag), child)
    return children


def _child(element: etree._Element, tag: str) -> etree._Element:
    return next(element.iterchildren(tag))


def _children(element: etree._Element | None, tag: str) -> Iterator[etree._Element]:
    return element.iterchildren(tag) if element is not None else iter(())


def _named(elements: Iterator[etree._Element]) -> Iterator[tuple[str, str]]:
    return ((element.get("UI") or "", text_of(element)) for element in elements)


def _version(pmid: etree._Element) -> int:
    text = pmid.get("Version") or ""
    return int(text) if text.isdecimal() else 1


def _pages(pagination: etree._Element | None) -> str | None:
    if pagination is None:
        return None
    parts = _by_tag(pagination)
    ends = (text_of(parts.get("StartPage")), text_of(parts.get("EndPage")))
    return text_of(parts.get("MedlinePgn")) or "-".join(filter(None, ends)) or None


def _mesh(parts: dict[str, etree._Element]) -> tuple[MeshHeading, ...]:
    """Return descriptors with their qualifiers, then supplementary concepts (rare diseases, organisms, protocols)."""
    headings = [_heading(heading) for heading in parts.get("MeshHeadingList", ())]
    headings += [MeshHeading(ui, name) for ui, name in _named(_children(parts.get("SupplMeshList"), "SupplMeshName"))]
    return tuple(headings)


def _heading(heading: etree._Element) -> MeshHeading:
    ui = name = ""
    major = False
    qualifiers: list[tuple[str, str, bool]] = []
    for part in heading:
        # The flag stands on descriptor and qualifiers; the heading itself has none.
        topic = part.get("MajorTopicYN") == "Y"
        major = major or topic
        if part.tag == "QualifierName":
            qualifiers.append((part.get("UI") or "", text_of(part), topic))
        else:
            ui, name = part.get("UI") or "", text_of(part)
    return MeshHeading(ui, name, major, tuple(qualifiers))


def _substances(chemicals: etree._Element | None) -> Iterator[tuple[str, str]]:
    """Yield (MeSH ui, name); records from before MeSH uis give their registry number (CAS, EC or UNII)."""
    for chemical in _children(chemicals, "Chemical"):
        parts = _by_tag(chemical)
        name = parts.get("NameOfSubstance")
        ui = name.get("UI") if name is not None else None
        yield ui or text_of(parts.get("RegistryNumber")), text_of(name)


def _correction(entry: etree._Element) -> Correction:
    parts = _by_tag(entry)
    return Correction(entry.get("RefType") or "", pmid_text(parts.get("PMID")) or None, text_of(parts.get("RefSource")))


def _foreign(abstract: etree._Element) -> ForeignAbstract:
    return ForeignAbstract(abstract.get("Type") or "", abstract.get("Language") or "", read_flat_abstract(abstract))
