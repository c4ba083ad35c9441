"""The embedded sample is what it says: synthetic, marked, whole, and as awkward as PubMed's own XML."""

from __future__ import annotations

import io
import re
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from lxml import etree

from extractors.records import FIRST_SYNTHETIC_PMID
from pipeline.fetch.citation_text import read_flat_abstract
from pipeline.fetch.medline import Deletion, Record, Skipped, read

SAMPLE = resources.files("configs") / "sample" / "medline.xml"
DOCUMENT = Path(__file__).parents[2] / "docs" / "sample.md"
#: The block of PMIDs that the sample keeps to.
LAST_SAMPLE_PMID = 990_000_099
#: Kinds of correction, each with what the other record must say of this one.
MUTUAL = {
    "RetractionIn": "RetractionOf",
    "ExpressionOfConcernIn": "ExpressionOfConcernFor",
    "ErratumIn": "ErratumFor",
    "UpdateIn": "UpdateOf",
    "CommentIn": "CommentOn",
}


@cache
def sample() -> etree._Element:
    return etree.fromstring(SAMPLE.read_bytes())


def found(path: str) -> list[etree._Element]:
    result = sample().xpath(path, namespaces={"mml": "http://www.w3.org/1998/Math/MathML"})
    assert isinstance(result, list)
    return [node for node in result if isinstance(node, etree._Element)]


def pmids() -> list[str]:
    return [node.text or "" for node in found("PubmedArticle/MedlineCitation/PMID")]


def test_sample_has_at_least_48_records_with_unique_pmids_in_the_synthetic_range() -> None:
    numbers = pmids()
    assert len(numbers) >= 48
    assert len(set(numbers)) == len(numbers)
    assert all(FIRST_SYNTHETIC_PMID <= int(number) <= LAST_SAMPLE_PMID for number in numbers)


def test_every_record_says_that_it_is_synthetic() -> None:
    marked = found("PubmedArticle[MedlineCitation/KeywordList/Keyword='synthetic record']")
    assert len(marked) == len(pmids())
    head = SAMPLE.read_text(encoding="utf-8").split("<PubmedArticleSet>")[0]
    assert "synthetic" in head
    assert "CC0" in head


def test_journals_dois_and_registrations_are_plainly_invented() -> None:
    assert all("sicca" in (title.text or "") for title in found("//Journal/Title | //ISOAbbreviation | //MedlineTA"))
    assert all((doi.text or "").startswith("10.5555/sicca.sample.") for doi in found("//ELocationID[@EIdType='doi']"))
    text = SAMPLE.read_text(encoding="utf-8")
    assert all(number.startswith("NCT990000") for number in re.findall(r"NCT\d+", text))


def test_most_abstracts_are_as_long_as_those_of_journals() -> None:
    lengths = [len(read_flat_abstract(abstract).split()) for abstract in found("//Article/Abstract")]
    assert len([length for length in lengths if 110 <= length <= 280]) >= 60


def test_the_reader_takes_every_record_and_counts_the_book_and_the_deletion() -> None:
    items = list(read(io.BytesIO(SAMPLE.read_bytes())))
    records = [item for item in items if isinstance(item, Record)]
    assert [record.article.pmid for record in records] == pmids()
    assert all(record.article.synthetic and not record.repeated for record in records)
    assert [item.reason for item in items if isinstance(item, Skipped)] == ["book"]
    deleted = [pmid for item in items if isinstance(item, Deletion) for pmid in item.pmids]
    assert deleted
    assert not set(deleted) & set(pmids())


def test_corrections_lead_to_records_of_the_sample_and_back() -> None:
    links = {
        (owner.findtext("PMID"), entry.get("RefType"), entry.findtext("PMID"))
        for owner in found("//MedlineCitation")
        for entry in owner.iterfind("CommentsCorrectionsList/CommentsCorrections")
    }
    assert {other for _, _, other in links} <= set(pmids())
    for here, kind, there in links:
        if kind in MUTUAL:
            assert (there, MUTUAL[kind], here) in links


def test_two_reports_of_one_study_share_its_registration() -> None:
    numbers = [node.text for node in found("//AccessionNumber")]
    assert sorted({number for number in numbers if numbers.count(number) > 1 and number}) == [
        "NCT99000002",
        "NCT99000003",
        "NCT99000004",
    ]


@pytest.mark.parametrize(
    ("feature", "path"),
    [
        ("italics in a title", "//ArticleTitle/i"),
        ("superscript in a title", "//ArticleTitle/sup"),
        ("italics in an abstract", "//AbstractText/i"),
        ("subscript", "//AbstractText/sub"),
        ("superscript", "//AbstractText/sup"),
        ("bold", "//AbstractText/b"),
        ("MathML", "//AbstractText/mml:math"),
        ("category UNASSIGNED", "//AbstractText[@NlmCategory='UNASSIGNED']"),
        ("label that differs from its category", "//AbstractText[@Label='AIMS'][@NlmCategory='BACKGROUND']"),
        ("label with an ampersand", "//AbstractText[contains(@Label, '&')]"),
        ("unlabelled part before labelled ones", "//AbstractText[not(@Label)][following-sibling::*[@Label]]"),
        ("seven or more sections", "//Abstract[count(AbstractText) > 6]"),
        ("unstructured abstract", "//Abstract[count(AbstractText) = 1][not(*/@Label)]"),
        ("copyright line in the abstract", "//Abstract/CopyrightInformation"),
        ("MedlineDate", "//PubDate/MedlineDate"),
        ("season", "//PubDate/Season"),
        ("DOI before PII", "//ELocationID[@EIdType='pii'][preceding-sibling::ELocationID[@EIdType='doi']]"),
        ("PII before DOI", "//ELocationID[@EIdType='doi'][preceding-sibling::ELocationID[@EIdType='pii']]"),
        ("PMC id", "//PubmedData/ArticleIdList/ArticleId[@IdType='pmc']"),
        ("references with others' ids", "//ReferenceList/Reference/ArticleIdList/ArticleId[@IdType='pubmed']"),
        ("French abstract beside the English", "//OtherAbstract[@Language='fre']"),
        ("bracketed title, vernacular title, abstract", "//Article[VernacularTitle][Abstract]"),
        ("bracketed title and nothing else", "//Article[VernacularTitle][not(Abstract)]"),
        ("record without abstract", "//Article[not(Abstract)][not(VernacularTitle)]"),
        ("collective author", "//Author/CollectiveName"),
        ("investigators", "//InvestigatorList/Investigator"),
        ("empty author list", "//AuthorList[not(Author)]"),
        ("no author list", "//Article[not(AuthorList)]"),
        ("incomplete author list", "//AuthorList[@CompleteYN='N']"),
        ("qualifier that is a major topic", "//MeshHeading[DescriptorName/@MajorTopicYN='N']/*[@MajorTopicYN='Y']"),
        ("two qualifiers", "//MeshHeading[count(QualifierName) > 1]"),
        ("record without MeSH", "//MedlineCitation[@Status='Publisher'][not(MeshHeadingList)]"),
        ("retracted", "//MedlineCitation[.//PublicationType/@UI='D016441'][.//*[@RefType='RetractionIn']]"),
        ("retraction notice", "//MedlineCitation[.//PublicationType/@UI='D016440'][.//*[@RefType='RetractionOf']]"),
        ("corrected", "//CommentsCorrections[@RefType='ErratumIn']"),
        ("erratum", "//PublicationType[@UI='D016425']"),
        ("under concern", "//CommentsCorrections[@RefType='ExpressionOfConcernIn']"),
        ("expression of concern", "//PublicationType[@UI='D000075742']"),
        ("updated", "//CommentsCorrections[@RefType='UpdateIn']"),
        ("mid-dot decimals", "//AbstractText[contains(., 'p=0·0015')]"),
        ("curly apostrophe", "//AbstractText[contains(., 'Sjögren’s')]"),
        ("curly quotation marks", "//ArticleTitle[contains(., '“')]"),
        ("thin space", "//AbstractText[contains(., '\u2009')]"),
        ("no-break space", "//AbstractText[contains(., '\u00a0')]"),
        ("minus sign", "//AbstractText[contains(., '\u2212')]"),
        ("line break within a text", "//AbstractText[contains(., '\n')]"),
        ("book", "PubmedBookArticle"),
        ("deletion", "DeleteCitation/PMID"),
    ],
)
def test_sample_holds_an_awkward_feature_of_pubmed_xml(feature: str, path: str) -> None:
    assert found(path), feature


@pytest.mark.parametrize("reference", ["&lt;", "&amp;", "&#x2265;"])
def test_sample_keeps_character_references_as_pubmed_writes_them(reference: str) -> None:
    assert reference in SAMPLE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("Randomized Controlled Trial", 10),
        ("Case Reports", 10),
        ("Review", 2),
        ("Systematic Review", 2),
        ("Meta-Analysis", 1),
        ("Practice Guideline", 1),
        ("Clinical Trial Protocol", 1),
        ("Editorial", 1),
        ("Letter", 2),
    ],
)
def test_sample_holds_publications_of_a_kind(kind: str, least: int) -> None:
    assert len(found(f"//PublicationType[.='{kind}']")) >= least


def test_document_describes_every_record() -> None:
    described = re.findall(r"^\| (99\d{7}) \|", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(described) == {*pmids(), *(node.text for node in found("PubmedBookArticle//PMID"))}
