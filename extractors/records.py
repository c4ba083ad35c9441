"""The records that cross a boundary, and nothing else.

Every offset is a Unicode code point into `Article.text`, which is title + "\\n" + abstract; ends are exclusive.
Records are frozen, compare by value and hold tuples, so that they can be hashed, pickled to a worker and stored
without a second thought. What can be derived is a property.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from extractors.values import Certainty, Effect, MentionType, Origin, Predicate, StudyDesign

__all__ = [
    "FIRST_SYNTHETIC_PMID",
    "LAST_SYNTHETIC_PMID",
    "Argument",
    "Article",
    "Author",
    "Certainty",
    "Claim",
    "Concept",
    "Correction",
    "Course",
    "Effect",
    "Endpoint",
    "Evidence",
    "ForeignAbstract",
    "Mention",
    "MentionType",
    "MeshHeading",
    "Origin",
    "Passage",
    "Predicate",
    "Sentence",
    "Span",
    "Statistic",
    "Study",
    "StudyDesign",
    "content_hash",
]

#: PMIDs from here to the end of the nine-digit range belong to records written for this project (never issued by NLM).
FIRST_SYNTHETIC_PMID = 990_000_001
LAST_SYNTHETIC_PMID = 999_999_999

#: A half-open stretch (start, end) of `Article.text`, in Unicode code points.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing in the world, named by its CURIE (e.g. MESH:D000069283, HGNC:7315, SICCA:essdai)."""

    curie: str
    name: str = field(compare=False)
    type: MentionType = field(compare=False)
    synonyms: tuple[str, ...] = field(default=(), compare=False)
    xrefs: tuple[str, ...] = field(default=(), compare=False)
    #: CURIEs of the concepts this one is a kind of.
    parents: tuple[str, ...] = field(default=(), compare=False)


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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; it never crosses a passage. `passage` is the index into `Article.passages`."""

    start: int
    end: int
    passage: int = 0

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a concept. `concept` is None where the name is unknown or ambiguous.

    `source` says which recogniser found it; `name` is the concept's preferred name or, unlinked, the text.
    """

    start: int
    end: int
    text: str
    type: MentionType
    concept: str | None = None
    name: str = ""
    source: str = ""

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Argument:
    """Subject or object of a claim: a concept, or, unlinked (`concept` None), the words that name it.

    Compared by `key`, not by its spans: the spans say where one article names it.
    """

    concept: str | None
    name: str
    type: MentionType
    spans: tuple[Span, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """The CURIE or, unlinked, `text:<type>:<name in lower case>`."""
        return self.concept or f"text:{self.type}:{' '.join(self.name.lower().split())}"


@dataclass(frozen=True, slots=True)
class Claim:
    """Subject, predicate, object; whoever says so. Symmetric claims are stored with the smaller key first."""

    subject: Argument
    predicate: Predicate
    object: Argument

    @property
    def key(self) -> tuple[str, str, str]:
        ends = self.subject.key, self.object.key
        first, second = sorted(ends) if self.predicate.symmetric else ends
        return first, str(self.predicate), second

    @property
    def id(self) -> str:
        return content_hash("claim", *self.key)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of one article that states a claim, how it states it, and what it was read from.

    `sentence` is the span of the sentence (title included); `cues` name what decided, as (role, start, end) with the
    roles trigger, negation, certainty and effect; `why` is the rule's name or the classifier's strongest features.
    `score` is the probability that the claim is stated, 0–1. `origin` is None until the study's design is known
    (extractors/study/origin.py) and in what an older sicca stored.
    """

    article: str
    claim: Claim
    sentence: Span
    extractor: str
    effect: Effect | None = None
    negated: bool = False
    certainty: Certainty = Certainty.ASSERTED
    score: float = 1.0
    cues: tuple[tuple[str, int, int], ...] = ()
    why: str = ""
    origin: Origin | None = None

    @property
    def id(self) -> str:
        start, end = self.sentence
        return content_hash("evidence", self.article, str(start), str(end), *self.claim.key, self.extractor)


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number the text states, as a span with its parsed value.

    `kind` is one of count, count_of (value of total), percentage, mean, median, p_value, ratio, difference,
    duration, dose, age … ; `low` and `high` are the bounds of an interval, `total` the denominator, `unit` as written.
    """

    start: int
    end: int
    kind: str
    value: float | None
    total: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    #: <, <=, =, >, >= or ~ as the text has it.
    comparator: str = "="
    #: The standard deviation or error beside a mean.
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One result of a course: what was measured, which way it went, its value, when, and how sure.

    `direction` is improved, worsened, increased, decreased, no_difference or unspecified.
    """

    measure: Argument
    sentence: Span
    direction: str = "unspecified"
    value: Statistic | None = None
    time: Statistic | None = None
    p: Statistic | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What one arm or group of patients was given, and what came of it. None is 'not stated'.

    `current` is in the order given; `patients_span` and `responders_span` are where the numbers stand (None where a
    number is None). A number that is computed names its operands: `patients_terms` are the addends of a sum, or the
    total and the words that split it evenly; `responders_terms` the share and the patients ("64% of 25"), or the
    addends. `not_extracted` names the cells that the text seems to fill but that could not be read.
    """

    article: str
    condition: Argument | None
    current: tuple[Argument, ...]
    sentence: Span
    prior: tuple[Argument, ...] = ()
    prior_reason: str | None = None
    mode: str = "single"
    patients: int | None = None
    responders: int | None = None
    patients_span: Span | None = None
    responders_span: Span | None = None
    outcome: str = "not_stated"
    patients_terms: tuple[Span, ...] = field(default=(), compare=False)
    responders_terms: tuple[Span, ...] = field(default=(), compare=False)
    #: Words that qualify the condition ("HCV-related", "refractory"), and those that say why a prior treatment ended.
    condition_qualifiers: tuple[Span, ...] = field(default=(), compare=False)
    prior_spans: tuple[Span, ...] = field(default=(), compare=False)
    #: What joins the drugs ("followed by"), where several are given.
    mode_span: Span | None = field(default=None, compare=False)
    #: How it stands to other treatment: add_on, maintenance, induction or switch; None where nothing is said.
    setting: str | None = field(default=None, compare=False)
    setting_span: Span | None = field(default=None, compare=False)
    #: The drugs that a named regimen of `current` stands for ("R-CHOP"), each with the places of that name.
    components: tuple[Argument, ...] = field(default=(), compare=False)
    #: The words that speak for the outcome.
    outcome_spans: tuple[Span, ...] = field(default=(), compare=False)
    doses: tuple[Statistic, ...] = field(default=(), compare=False)
    endpoints: tuple[Endpoint, ...] = field(default=(), compare=False)
    adverse_events: tuple[Argument, ...] = field(default=(), compare=False)
    deaths: int | None = field(default=None, compare=False)
    deaths_span: Span | None = field(default=None, compare=False)
    #: Ids of the courses it is compared with: the other arms of a trial.
    comparators: tuple[str, ...] = field(default=(), compare=False)
    not_extracted: tuple[str, ...] = field(default=(), compare=False)

    @property
    def id(self) -> str:
        start, end = self.sentence
        drugs = (argument.key for argument in self.current)
        return content_hash("course", self.article, str(start), str(end), *drugs)


@dataclass(frozen=True, slots=True)
class Study:
    """How the article came by what it says: design, participants analysed, registrations. None is 'not stated'.

    `n_terms` are the spans whose numbers add up to `n` where it is a sum ("20 patients and 19 controls"); `n_span` then
    covers them all. `why` is what decided the design.
    """

    article: str
    design: StudyDesign = StudyDesign.OTHER
    n: int | None = None
    n_span: Span | None = None
    registrations: tuple[str, ...] = ()
    species: tuple[str, ...] = ()
    n_terms: tuple[Span, ...] = ()
    why: str = ""
    #: True, False, or None where the text does not say.
    randomised: bool | None = None
    blinded: bool | None = None
    controlled: bool | None = None
    multicentre: bool | None = None
    #: Level of the documented table (configs/cues/evidence_tiers.tsv), "1" is the strongest; "" where it has none.
    tier: str = ""
    #: How long participants were followed.
    follow_up: Statistic | None = None
    #: (name, start, end) of the countries that the text says the study was done in.
    countries: tuple[tuple[str, int, int], ...] = ()
    #: Where the text says who paid.
    funding_span: Span | None = None

    @property
    def primary(self) -> bool:
        """Whether the article reports data of its own; a review's or guideline's statements are background."""
        return self.design not in SECONDARY


#: Designs that retell what others found.
SECONDARY = frozenset({StudyDesign.REVIEW, StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.GUIDELINE})


def content_hash(*parts: str) -> str:
    """Return 16 hex digits of SHA-256 over the parts; ids never depend on the order of arrival."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
