"""What the graph answers with: a claim with all that was made of its evidence, and each evidence with its source."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.records import Claim, Course, Evidence, StudyDesign


@dataclass(frozen=True, slots=True)
class Reading:
    """An evidence as belief sees it: the facts of the sentence and of the study behind it, without the text."""

    #: The evidence's row in this store's file; says nothing outside it.
    row: int = field(compare=False)
    id: str
    article: str
    cluster: str | None
    cohort: str | None
    year: int | None
    design: str
    n: int | None
    retracted: int
    section: str
    effect: str | None
    negated: int
    certainty: str
    score: float


@dataclass(frozen=True, slots=True)
class AssembledClaim:
    """A claim and what its evidence amounts to; see graphs/belief.py for the figures."""

    claim: Claim
    id: str
    verdict: str
    belief: float
    opposed: float
    evidence: int
    articles: int
    studies: int
    patients_low: int | None
    patients_high: int | None
    #: Retracted articles that state it too; they count for nothing above.
    retracted: int
    first_year: int | None
    last_year: int | None
    #: Row of the evidence that shows it best.
    quote: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """An evidence, its verbatim sentence, and the article it stands in."""

    evidence: Evidence
    quote: str
    section: str
    year: int | None
    journal: str | None
    design: StudyDesign
    n: int | None
    retracted: bool
    concern: bool
    corrected: bool
    synthetic: bool
    cluster: str | None
    cohort: str | None
    title: str
    doi: str | None

    @property
    def pmid(self) -> str:
        """The PMID, or the article's id where it has none."""
        return self.evidence.article.removeprefix("PMID:")

    def _repr_html_(self) -> str:
        from graphs.display import html, tabulate

        return html.table(tabulate.evidence([self], "Evidence"))


@dataclass(frozen=True, slots=True)
class CourseSource:
    """A treatment course, its verbatim sentence, and the article it stands in."""

    course: Course
    quote: str
    year: int | None
    journal: str | None
    design: StudyDesign
    n: int | None
    retracted: bool
    concern: bool
    corrected: bool
    synthetic: bool
    cluster: str | None
    cohort: str | None
    title: str
    doi: str | None

    @property
    def pmid(self) -> str:
        """The PMID, or the article's id where it has none."""
        return self.course.article.removeprefix("PMID:")

    def _repr_html_(self) -> str:
        from graphs.display import html, tabulate

        return html.table(tabulate.courses([self], "Treatment course"))
