"""Synthetic PubMed XML, shaped as NLM serves it; all texts are invented, PMIDs are of the synthetic range."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

#: The head of PubMed's files; the DTD is never fetched.
PROLOG = (
    '<?xml version="1.0" ?>\n'
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)


def citation(
    pmid: str,
    *,
    title: str | None = None,
    abstract: str | None = None,
    revised: str = "2024-05-06",
    entered: str = "2020-01-02",
    pmid_version: int = 1,
) -> str:
    """Return a plain PubmedArticle; `title` and `abstract` (inner XML of Abstract) are inserted as they are."""
    number = int(pmid)
    title = escape(f"Synthetic trial {number}: rituximab in sicca syndrome.") if title is None else title
    if abstract is None:
        abstract = (
            '<AbstractText Label="OBJECTIVE" NlmCategory="OBJECTIVE">To see whether a drug dries the mouth.'
            f'</AbstractText><AbstractText Label="RESULTS" NlmCategory="RESULTS">Of {number % 90 + 10} patients, '
            "nine improved (CD19<sup>+</sup> cells, P &lt; 0.05).</AbstractText>"
        )
    abstract = f"<Abstract>{abstract}</Abstract>" if abstract else ""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="{pmid_version}">{pmid}</PMID>'
        f"{_date('DateRevised', revised)}"
        '<Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN>'
        '<JournalIssue CitedMedium="Print"><Volume>12</Volume><Issue>3</Issue><PubDate><Year>2020</Year>'
        "<Month>Mar</Month></PubDate></JournalIssue><Title>Journal of Invented Rheumatology</Title>"
        "<ISOAbbreviation>J Invent Rheumatol</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{title}</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>"
        f'<ELocationID EIdType="doi" ValidYN="Y">10.5555/sicca.{number}</ELocationID>{abstract}'
        '<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Drymouth</LastName><ForeName>Ada</ForeName>'
        "<Initials>A</Initials></Author></AuthorList><Language>eng</Language><PublicationTypeList>"
        '<PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>'
        "<MedlineJournalInfo><Country>England</Country><MedlineTA>J Invent Rheumatol</MedlineTA>"
        "<NlmUniqueID>0000000</NlmUniqueID></MedlineJournalInfo><MeshHeadingList><MeshHeading>"
        '<DescriptorName UI="D012859" MajorTopicYN="Y">Sjogren\'s Syndrome</DescriptorName></MeshHeading>'
        "</MeshHeadingList></MedlineCitation><PubmedData><History>"
        f'<PubMedPubDate PubStatus="entrez">{_date_fields(entered)}</PubMedPubDate></History>'
        f'<PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>'
        "</ArticleIdList></PubmedData></PubmedArticle>"
    )


def book(pmid: str) -> str:
    """Return a PubmedBookArticle."""
    return (
        f'<PubmedBookArticle><BookDocument><PMID Version="1">{pmid}</PMID><ArticleIdList/><Book><Publisher>'
        "<PublisherName>Nobody</PublisherName></Publisher><BookTitle>Invented Drugs and Lactation</BookTitle></Book>"
        "<ArticleTitle>Belimumab</ArticleTitle></BookDocument></PubmedBookArticle>"
    )


def article_set(records: Iterable[str], *, separator: str = "\n") -> bytes:
    """Return a PubmedArticleSet as the server sends it."""
    body = separator.join(records)
    return f"{PROLOG}<PubmedArticleSet>\n{body}\n</PubmedArticleSet>".encode()


def _date(tag: str, date: str) -> str:
    return f"<{tag}>{_date_fields(date)}</{tag}>"


def _date_fields(date: str) -> str:
    year, month, day = date.split("-")
    return f"<Year>{year}</Year><Month>{month}</Month><Day>{day}</Day>"
