"""Every field of a record, where NLM really puts it."""

from __future__ import annotations

import io
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Article, Author, Correction, ForeignAbstract, MeshHeading, Passage
from pipeline.fetch import medline
from pipeline.fetch.citation_dates import year_of
from pipeline.fetch.citation_people import orcid_of
from tests.eutilities.citations import article_set, citation

PMID = "990000001"
MML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def read_one(record: str) -> Article:
    (item,) = medline.read(io.BytesIO(article_set([record])))
    assert isinstance(item, medline.Record)
    return item.article


def within(place: str, xml: str, *, instead: bool = False) -> Article:
    """Read a record that has `xml` at the end of the element `place`, or in its place."""
    record = citation(PMID)
    if instead:
        start, end = record.index(f"<{place}"), record.index(f"</{place}>") + len(place) + 3
        return read_one(record[:start] + xml + record[end:])
    return read_one(record.replace(f"</{place}>", f"{xml}</{place}>", 1))


def test_citation_of_a_plain_record() -> None:
    article = read_one(citation(PMID))
    assert article.id == f"PMID:{PMID}"
    assert article.synthetic
    assert article.title == f"Synthetic trial {PMID}: rituximab in sicca syndrome."
    assert article.abstract == (
        "OBJECTIVE: To see whether a drug dries the mouth. "
        "RESULTS: Of 11 patients, nine improved (CD19+ cells, P < 0.05)."
    )
    assert [(p.label, p.category) for p in article.passages] == [
        (None, None), ("OBJECTIVE", "OBJECTIVE"), ("RESULTS", "RESULTS"),
    ]  # fmt: skip
    assert [article.text[p.start : p.end] for p in article.passages][1:] == [
        "To see whether a drug dries the mouth.",
        "Of 11 patients, nine improved (CD19+ cells, P < 0.05).",
    ]
    assert (article.journal, article.journal_abbreviation) == ("Journal of Invented Rheumatology", "J Invent Rheumatol")
    assert (article.year, article.publication_date, article.date_revised) == (2020, "2020-03", "2024-05-06")
    assert (article.volume, article.issue, article.pages) == ("12", "3", "1-9")
    assert (article.doi, article.country, article.languages) == ("10.5555/sicca.990000001", "England", ("eng",))
    assert article.authors == (Author("Drymouth", "Ada", "A"),)
    assert article.mesh == (MeshHeading("D012859", "Sjogren's Syndrome", major=True),)
    assert article.publication_types == (("D016428", "Journal Article"),)
    assert article.version == 1


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("CD19<sup>+</sup> B cells", "CD19+ B cells"),
        ("<i>TNFSF13B</i>: a <b>gene <i>with <u>layers</u></i></b>.", "TNFSF13B: a gene with layers."),
        ("C<sub>4</sub> &lt; 0.1 &amp; C3", "C4 < 0.1 & C3"),
        ("Sj&#246;gren &#x3b1;-fodrin", "Sjögren α-fodrin"),
        ("two\n   lines\tand&#160;&#160;blanks&#8201;of&#8239;all&#12288;kinds", "two lines and blanks of all kinds"),
        ("  <i> led </i>by blanks ", "led by blanks"),
        ("a<!-- note -->b<?page 3?>c", "abc"),
        ("<![CDATA[P < 0.05 & n > 3]]>", "P < 0.05 & n > 3"),
        (f"of <mml:math {MML}><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> mm", "of x2 mm"),
        (
            f"of <mml:math {MML}><mml:semantics><mml:mi>β</mml:mi><mml:annotation>\\beta</mml:annotation>"
            "</mml:semantics></mml:math>.",
            "of β.",
        ),
        ("[Not Available].", "[Not Available]."),
        ("[Rituximab in the mouth].", "[Rituximab in the mouth]."),
        ("", ""),
        ("   ", ""),
        ("a\u200bb ≥ 3·5 × 10<sup>9</sup>/L 𝛽 e\u0301", "a\u200bb ≥ 3·5 × 109/L 𝛽 e\u0301"),
    ],
)  # fmt: skip
def test_citation_text_keeps_what_markup_holds(xml: str, text: str) -> None:
    article = read_one(citation(PMID, title=xml, abstract=f"<AbstractText>{xml}</AbstractText>"))
    assert article.title == text
    assert article.abstract == text


@pytest.mark.parametrize(
    ("parts", "abstract", "passages"),
    [
        ("", "", []),
        ("<AbstractText/>", "", []),
        (
            "<AbstractText>One.</AbstractText><CopyrightInformation>Nobody.</CopyrightInformation>",
            "One.",
            [(None, None, "One.")],
        ),
        (
            "<AbstractText>Lead.</AbstractText>"
            '<AbstractText Label="PATIENTS AND METHODS" NlmCategory="METHODS">Two.</AbstractText>',
            "Lead. PATIENTS AND METHODS: Two.",
            [(None, None, "Lead."), ("PATIENTS AND METHODS", "METHODS", "Two.")],
        ),
        ('<AbstractText Label="Aim:">A.</AbstractText>', "Aim: A.", [("Aim", None, "A.")]),
        (
            '<AbstractText Label="TRIAL REGISTRATION" NlmCategory="UNASSIGNED">NCT0.</AbstractText>',
            "TRIAL REGISTRATION: NCT0.",
            [("TRIAL REGISTRATION", None, "NCT0.")],
        ),
        (
            '<AbstractText Label="RESULTS" NlmCategory="RESULTS"/><AbstractText Label="CONCLUSIONS">C.</AbstractText>',
            "CONCLUSIONS: C.",
            [("CONCLUSIONS", None, "C.")],
        ),
        (
            '<AbstractText Label="">E.</AbstractText><AbstractText>F.</AbstractText>',
            "E. F.",
            [(None, None, "E."), (None, None, "F.")],
        ),
    ],
)
def test_citation_abstract_is_its_passages(
    parts: str, abstract: str, passages: list[tuple[str | None, str | None, str]]
) -> None:
    article = read_one(citation(PMID, abstract=parts))
    assert article.abstract == abstract
    assert article.passages[0] == Passage(0, len(article.title))
    assert [(p.label, p.category, article.text[p.start : p.end]) for p in article.passages[1:]] == passages


# XML takes no control characters; surrogates are no characters at all.
PROSE = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=40)


@given(title=PROSE, parts=st.lists(st.tuples(PROSE, PROSE), max_size=5))
def test_citation_passages_slice_back_to_their_text(title: str, parts: list[tuple[str, str]]) -> None:
    xml = "".join(f"<AbstractText Label={quoteattr(label)}>{escape(text)}</AbstractText>" for label, text in parts)
    article = read_one(citation(PMID, title=escape(title), abstract=xml or None))
    if not xml:
        return
    assert article.title == " ".join(title.split())
    kept = [" ".join(text.split()) for _, text in parts if text.split()]
    assert [article.text[p.start : p.end] for p in article.passages] == [article.title, *kept]
    assert article.text.count("\n") == 1
    printed = [f"{p.label}: " * bool(p.label) + article.text[p.start : p.end] for p in article.passages[1:]]
    assert article.abstract == " ".join(printed)


def test_citation_keeps_other_abstracts_and_vernacular_title_apart() -> None:
    other = (
        '<OtherAbstract Type="Publisher" Language="fre"><AbstractText Label="BUT">Voir.</AbstractText>'
        "<AbstractText>Fin.</AbstractText></OtherAbstract>"
    )
    article = within("MedlineCitation", other)
    assert article.other_abstracts == (ForeignAbstract("Publisher", "fre", "BUT: Voir. Fin."),)
    assert "Voir" not in article.text
    vernacular = within("Article", "<VernacularTitle>Le <i>rituximab</i>.</VernacularTitle>")
    assert vernacular.vernacular_title == "Le rituximab."
    assert vernacular.title.startswith("Synthetic trial")


@pytest.mark.parametrize(
    ("date", "year", "published", "medline_date"),
    [
        ("<Year>2020</Year>", 2020, "2020", None),
        ("<Year>2020</Year><Month>Nov</Month><Day>5</Day>", 2020, "2020-11-05", None),
        ("<Year>2020</Year><Month>11</Month>", 2020, "2020-11", None),
        ("<Year>2020</Year><Season>Spring</Season>", 2020, "2020", None),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", 1998, "1998", "1998 Dec-1999 Jan"),
        ("<MedlineDate>2000 Spring</MedlineDate>", 2000, "2000", "2000 Spring"),
        ("<MedlineDate>Winter 1976-1977</MedlineDate>", 1976, "1976", "Winter 1976-1977"),
        ("<MedlineDate>2015 Nov-Dec</MedlineDate>", 2015, "2015", "2015 Nov-Dec"),
        ("<MedlineDate>7-13 Oct</MedlineDate>", None, None, "7-13 Oct"),
        ("<Month>Nov</Month>", None, None, None),
        ("", None, None, None),
    ],
)  # fmt: skip
def test_citation_dates(date: str, year: int | None, published: str | None, medline_date: str | None) -> None:
    article = within("PubDate", f"<PubDate>{date}</PubDate>", instead=True)
    assert (article.year, article.publication_date, article.medline_date) == (year, published, medline_date)


def test_citation_takes_the_electronic_date_where_the_issue_has_none() -> None:
    record = citation(PMID).replace("<PubDate><Year>2020</Year><Month>Mar</Month></PubDate>", "<PubDate/>")
    electronic = '<ArticleDate DateType="Electronic"><Year>2019</Year><Month>12</Month><Day>31</Day></ArticleDate>'
    article = read_one(record.replace("</Article>", f"{electronic}</Article>", 1))
    assert (article.year, article.publication_date) == (2019, "2019-12-31")


@pytest.mark.parametrize(
    ("text", "year"),
    [("1999-2000", 1999), ("Fall 2001", 2001), ("2020-2021 Winter", 2020), ("12345", None), ("undated", None)],
)
def test_citation_year_of_a_medline_date(text: str, year: int | None) -> None:
    assert year_of(text) == year


DOI = '<ELocationID EIdType="doi" ValidYN="Y">10.5555/own</ELocationID>'
PII = '<ELocationID EIdType="pii" ValidYN="Y">S0-own</ELocationID>'
REFERENCES = (
    "<ReferenceList><Reference><Citation>Other.</Citation><ArticleIdList>"
    '<ArticleId IdType="doi">10.5555/other</ArticleId><ArticleId IdType="pmc">PMC999</ArticleId>'
    "</ArticleIdList></Reference></ReferenceList>"
)


@pytest.mark.parametrize(
    ("locations", "listed", "expected"),
    [
        (DOI + PII, "", ("10.5555/own", None, "S0-own")),
        (PII + DOI, "", ("10.5555/own", None, "S0-own")),
        (DOI.replace('"Y"', '"N"'), "", (None, None, None)),
        (DOI.replace('"Y"', '"N"'), '<ArticleId IdType="doi">10.5555/list</ArticleId>', ("10.5555/list", None, None)),
        (PII, '<ArticleId IdType="doi">10.5555/list</ArticleId>', ("10.5555/list", None, "S0-own")),
        ("", '<ArticleId IdType="pii">p</ArticleId><ArticleId IdType="pmc">PMC123</ArticleId>', (None, "PMC123", "p")),
        ("", '<ArticleId IdType="pmc">pmc-id: PMC77;</ArticleId>', (None, "PMC77", None)),
        (DOI.replace("10.5555", "https://doi.org/10.5555"), "", ("10.5555/own", None, None)),
        ("", '<ArticleId IdType="doi"> doi:10.5555/blank </ArticleId>', ("10.5555/blank", None, None)),
        ("", "", (None, None, None)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("references", ["", REFERENCES], ids=["alone", "with references"])
def test_citation_ids(locations: str, listed: str, expected: tuple[str | None, ...], references: str) -> None:
    record = citation(PMID).replace(
        '<ELocationID EIdType="doi" ValidYN="Y">10.5555/sicca.990000001</ELocationID>', locations
    )
    record = record.replace("</ArticleIdList>", f"{listed}</ArticleIdList>").replace(
        "</PubmedData>", f"{references}</PubmedData>"
    )
    article = read_one(record)
    assert (article.doi, article.pmcid, article.pii) == expected


def test_citation_pmc_id_of_older_records() -> None:
    other = '<OtherID Source="NLM">NIHMS1</OtherID><OtherID Source="NLM">PMC42 [Available on 01/01/20]</OtherID>'
    assert within("MedlineCitation", other).pmcid == "PMC42"


def test_citation_mesh_takes_the_flag_from_descriptor_and_qualifier() -> None:
    xml = (
        '<MeshHeadingList><MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">Drug</DescriptorName>'
        '<QualifierName UI="Q1" MajorTopicYN="Y">therapeutic use</QualifierName>'
        '<QualifierName UI="Q2" MajorTopicYN="N">adverse effects</QualifierName></MeshHeading>'
        '<MeshHeading><DescriptorName UI="D2" MajorTopicYN="Y">Disease</DescriptorName></MeshHeading>'
        '<MeshHeading><DescriptorName UI="D3" MajorTopicYN="N">Humans</DescriptorName></MeshHeading></MeshHeadingList>'
        '<SupplMeshList><SupplMeshName Type="Disease" UI="C1">Rare disease</SupplMeshName></SupplMeshList>'
    )
    assert within("MeshHeadingList", xml, instead=True).mesh == (
        MeshHeading("D1", "Drug", True, (("Q1", "therapeutic use", True), ("Q2", "adverse effects", False))),
        MeshHeading("D2", "Disease", True),
        MeshHeading("D3", "Humans", False),
        MeshHeading("C1", "Rare disease", False),
    )


def test_citation_authors_groups_and_orcids() -> None:
    xml = (
        '<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>O&apos;Dry</LastName><ForeName>Bo</ForeName>'
        '<Initials>B</Initials><Identifier Source="ORCID">https://orcid.org/0000-0002-1825-0097</Identifier>'
        "<AffiliationInfo><Affiliation>Here.</Affiliation></AffiliationInfo>"
        "<AffiliationInfo><Affiliation>There.</Affiliation></AffiliationInfo></Author>"
        '<Author ValidYN="N"><LastName>Misspelt</LastName></Author>'
        '<Author ValidYN="Y"><CollectiveName>SICCA <i>Study</i> Group</CollectiveName></Author>'
        '<Author ValidYN="Y"><LastName>Mononym</LastName></Author></AuthorList>'
    )
    people = within("AuthorList", xml, instead=True).authors
    assert people == (
        Author("O'Dry", "Bo", "B", "", "0000-0002-1825-0097", ("Here.", "There.")),
        Author(collective="SICCA Study Group"),
        Author("Mononym"),
    )
    assert [a.name for a in people] == ["O'Dry B", "SICCA Study Group", "Mononym"]


@pytest.mark.parametrize(
    ("text", "orcid"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("http://orcid.org/0000-0002-1694-233x/", "0000-0002-1694-233X"),
        ("000000021694233X", "0000-0002-1694-233X"),
        ("  0000 0002 1825 0097 ", "0000-0002-1825-0097"),
        ("0000-0002", None),
        ("", None),
    ],
)
def test_citation_orcid(text: str, orcid: str | None) -> None:
    assert orcid_of(text) == orcid


CORRECTIONS: list[tuple[str, Callable[[Article], bool]]] = [
    ("RetractionIn", lambda a: a.retracted and not a.concern and not a.corrected),
    ("PartialRetractionIn", lambda a: a.retracted),
    ("RetractionOf", lambda a: not a.retracted),
    ("ErratumIn", lambda a: a.corrected and not a.retracted),
    ("ErratumFor", lambda a: not a.corrected),
    ("ExpressionOfConcernIn", lambda a: a.concern and not a.retracted),
    ("ExpressionOfConcernFor", lambda a: not a.concern),
    ("CorrectedandRepublishedIn", lambda a: a.corrected),
    ("UpdateIn", lambda a: not (a.retracted or a.concern or a.corrected)),
    ("CommentIn", lambda a: not (a.retracted or a.concern or a.corrected)),
]


@pytest.mark.parametrize(("kind", "means"), CORRECTIONS, ids=[kind for kind, _ in CORRECTIONS])
def test_citation_tells_corrections_apart(kind: str, means: Callable[[Article], bool]) -> None:
    xml = (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>J Inv. 2021;1:2</RefSource>'
        f'<PMID Version="1">990000009</PMID></CommentsCorrections><CommentsCorrections RefType="Cites"><RefSource>X'
        "</RefSource></CommentsCorrections></CommentsCorrectionsList>"
    )
    article = within("MedlineCitation", xml)
    assert article.pmid == PMID
    assert article.corrections == (Correction(kind, "990000009", "J Inv. 2021;1:2"), Correction("Cites", None, "X"))
    assert means(article)


def test_citation_substances_keywords_registrations_and_grants() -> None:
    substances = (
        '<ChemicalList><Chemical><RegistryNumber>4F4X42SYQ6</RegistryNumber><NameOfSubstance UI="D000069283">Rituximab'
        "</NameOfSubstance></Chemical><Chemical><RegistryNumber>50-00-0</RegistryNumber><NameOfSubstance>Old name"
        "</NameOfSubstance></Chemical></ChemicalList>"
        '<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">B <i>cells</i></Keyword><Keyword/></KeywordList>'
        '<KeywordList Owner="NASA"><Keyword>dryness</Keyword></KeywordList>'
    )
    article = within("MedlineCitation", substances)
    assert article.substances == (("D000069283", "Rituximab"), ("50-00-0", "Old name"))
    assert article.keywords == ("B cells", "dryness")
    registrations = (
        "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>"
        "NCT00000001</AccessionNumber><AccessionNumber>NCT00000002</AccessionNumber></AccessionNumberList></DataBank>"
        "<DataBank><DataBankName>GEO</DataBankName></DataBank></DataBankList><GrantList><Grant><GrantID>R01 1</GrantID>"
        "<Acronym>AI</Acronym><Agency>NIAID</Agency><Country>Nowhere</Country></Grant><Grant><Agency>Trust</Agency>"
        "<Country/></Grant></GrantList>"
    )
    article = within("Article", registrations)
    assert article.accessions == (("ClinicalTrials.gov", "NCT00000001"), ("ClinicalTrials.gov", "NCT00000002"))
    assert article.grants == ("R01 1/AI/NIAID/Nowhere", "Trust")


def test_citation_without_abstract_journal_or_article() -> None:
    assert read_one(citation(PMID, abstract="")).abstract == ""
    bare = read_one(
        f'<PubmedArticle><MedlineCitation><PMID Version="3">{PMID}</PMID></MedlineCitation></PubmedArticle>'
    )
    assert bare == Article(f"PMID:{PMID}", "", passages=(Passage(0, 0),), version=3)
    assert bare.text == "\n"


def test_citation_pages_from_start_and_end() -> None:
    xml = "<Pagination><StartPage>101</StartPage><EndPage>110</EndPage></Pagination>"
    assert within("Pagination", xml, instead=True).pages == "101-110"
