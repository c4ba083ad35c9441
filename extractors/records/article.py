"""What a bibliographic record says: the article, its passages, authors, headings and corrections."""

from __future__ import annotations

from dataclasses import dataclass

#: PMIDs from here to the end of the nine-digit range belong to records written for this project (never issued by NLM).
FIRST_SYNTHETIC_PMID = 990_000_001
LAST_SYNTHETIC_PMID = 999_999_999


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of `Article.text`: the title, or one (labelled) part of the abstract.

    `start` and `end` leave the printed label out; `label` is the author's ("PATIENTS AND METHODS"), `category` NLM's
    (BACKGROUND, OBJECTIVE, METHODS, RESULTS, CONCLUSIONS), each None where the record has none.
    """

    start: int
    end: int
    label: str | None = None
    category: str | None = None

    @property
    def is_title(self) -> bool:
        return self.start == 0


@dataclass(frozen=True, slots=True)
class Author:
    """A person (family and given name, initials) or, with `collective`, a group."""

    family: str = ""
    given: str = ""
    initials: str = ""
    collective: str = ""
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.collective or " ".join(part for part in (self.family, self.initials) if part)


@dataclass(frozen=True, slots=True)
class MeshHeading:
    """A MeSH descriptor with its qualifiers; `major` where the descriptor or one of its qualifiers is a main topic."""

    ui: str
    name: str
    major: bool = False
    #: (qualifier ui, name, major)
    qualifiers: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A CommentsCorrections entry: NLM's RefType (RetractionIn, CommentOn …), the other PMID, its citation."""

    kind: str
    pmid: str | None
    citation: str = ""


@dataclass(frozen=True, slots=True)
class ForeignAbstract:
    """An OtherAbstract: another language's or another provider's version. Never part of `Article.text`."""

    kind: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A PubMed citation, or any other title with an abstract. `id` is `PMID:<digits>` for MEDLINE records."""

    id: str
    title: str
    abstract: str = ""
    passages: tuple[Passage, ...] = ()
    doi: str | None = None
    pmcid: str | None = None
    pii: str | None = None
    journal: str | None = None
    journal_abbreviation: str | None = None
    year: int | None = None
    #: As far as known: "2020", "2020-03" or "2020-03-14"; a MedlineDate is kept in `medline_date` and gives the year.
    publication_date: str | None = None
    medline_date: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    authors: tuple[Author, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    #: (MeSH ui, name), e.g. ("D016449", "Randomized Controlled Trial")
    publication_types: tuple[tuple[str, str], ...] = ()
    #: (registry number or MeSH supplementary ui, name) of the record's chemical list
    substances: tuple[tuple[str, str], ...] = ()
    keywords: tuple[str, ...] = ()
    #: (databank, accession number), e.g. ("ClinicalTrials.gov", "NCT00848692")
    accessions: tuple[tuple[str, str], ...] = ()
    grants: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    country: str | None = None
    vernacular_title: str | None = None
    other_abstracts: tuple[ForeignAbstract, ...] = ()
    corrections: tuple[Correction, ...] = ()
    #: ISO dates; `date_revised` versions the record.
    date_revised: str | None = None
    date_completed: str | None = None
    #: PubMed's PMID Version attribute; 1 for all but a few.
    version: int = 1

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.abstract}"

    @property
    def pmid(self) -> str | None:
        return self.id.removeprefix("PMID:") if self.id.startswith("PMID:") else None

    @property
    def synthetic(self) -> bool:
        """Whether the record was written for this project rather than published."""
        pmid = self.pmid or ""
        return pmid.isascii() and pmid.isdigit() and FIRST_SYNTHETIC_PMID <= int(pmid) <= LAST_SYNTHETIC_PMID

    @property
    def retracted(self) -> bool:
        by_type = any(ui == "D016441" for ui, _ in self.publication_types)  # "Retracted Publication"
        return by_type or any(c.kind in {"RetractionIn", "PartialRetractionIn"} for c in self.corrections)

    @property
    def concern(self) -> bool:
        """Whether an expression of concern stands against the article."""
        return any(c.kind == "ExpressionOfConcernIn" for c in self.corrections)

    @property
    def corrected(self) -> bool:
        return any(c.kind in {"ErratumIn", "CorrectedandRepublishedIn"} for c in self.corrections)
