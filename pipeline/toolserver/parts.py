"""The parts of an answer: rows, sentences, figures; every claim stands with its PMID and its verbatim sentence."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Result(BaseModel):
    """A part of an answer; its fields are all there, `null` where the store holds nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Understood(Result):
    """What a typed name was taken for. `note` is empty where it was meant exactly; else read it to the user."""

    typed: str
    id: str = Field(description="CURIE, or text:<type>:<words> where the vocabulary has no concept for it.")
    name: str
    kinds: int = Field(description="Concepts looked for: the one named, and its kinds.")
    note: str


class Sentence(Result):
    """A verbatim sentence of an abstract and the article it stands in. Quote it together with its PMID."""

    pmid: str
    text: str = Field(description="The sentence, verbatim.")
    section: str
    title: str
    journal: str | None
    year: int | None
    design: str = Field(description="Design of the study, from its text and publication types.")
    n: int | None = Field(description="Participants analysed, where stated.")
    url: str | None = Field(description="The record in PubMed; null for synthetic records.")
    synthetic: bool = Field(description="Written for the software's tests: nobody's evidence.")
    retracted: bool
    concern: bool = Field(description="An expression of concern stands against the article.")
    corrected: bool


class Node(Result):
    """One end of a claim."""

    id: str
    name: str
    type: str


class Figures(Result):
    """What the evidence of a claim amounts to; the tool `explain` shows how each figure is reckoned."""

    verdict: str
    belief: float = Field(description="0–1: how far the verdict is to be believed.")
    opposed: float = Field(description="0–1: belief in what contradicts the verdict.")
    articles: int
    studies: int = Field(description="Independent witnesses: reports of one cohort count once.")
    patients_low: int | None = Field(description="Patients at least, each possible cohort counted once.")
    patients_high: int | None = Field(description="Patients at most, every study counted.")
    retracted: int = Field(description="Retracted articles that state it too; they count for nothing here.")
    first_year: int | None
    last_year: int | None


class ClaimRow(Result):
    """A claim, its figures, and the sentence that shows it best."""

    claim: str = Field(description="The claim's id, for the tool `explain`.")
    subject: Node
    predicate: str
    object: Node
    figures: Figures
    sentence: Sentence


class EvidenceRow(Result):
    """One sentence that states a claim, and how it states it."""

    claim: str
    evidence: str
    subject: Node
    predicate: str
    object: Node
    effect: str | None
    negated: bool
    certainty: str
    score: float = Field(description="0–1: probability that the sentence states the claim.")
    extractor: str
    origin: str | None = Field(description="novel: the study's own finding; background: known or retold.")
    sentence: Sentence


class CourseRow(Result):
    """What one group of patients was given after what, and what came of it; null is 'not stated'."""

    condition: Node | None
    prior: list[Node]
    prior_reason: str | None
    current: list[Node] = Field(description="In the order given.")
    mode: str
    patients: int | None
    responders: int | None
    outcome: str
    sentence: Sentence


class Hop(Result):
    """One step of a path; a gap is a step that nothing more than association or supposition supports."""

    start: Node
    end: Node
    sign: int = Field(description="1 raises, -1 lowers or blocks, 0 unknown.")
    gap: bool
    backward: bool = Field(description="The claim is read from its object to its subject.")
    predicate: str
    verdict: str
    belief: float
    species: list[str]
    claim: str
    sentence: Sentence


class Path(Result):
    """A chain of hops; `sign` is its product, `score` the product of the hops' beliefs."""

    hops: list[Hop]
    sign: int
    gaps: int
    score: float


class ContradictionRow(Result):
    """Two claims, or two directions of one, that cannot both hold, with a sentence for each side."""

    claim: str
    subject: Node
    predicate: str
    object: Node
    side: str
    belief: float
    sentence: Sentence
    other_side: str
    other_belief: float
    other_sentence: Sentence
    differs: str = Field(description='The factor that differs between the studies, or "true conflict".')


class LossRow(Result):
    """A claim with and without the articles that have the notice against them."""

    claim: str
    subject: Node
    predicate: str
    object: Node
    pmids: list[str]
    sources: int
    verdict_with: str
    verdict_without: str
    belief_with: float
    belief_without: float


class ChangeRow(Result):
    """A claim that came, went or changed; subject and object are null for one that is gone, a verdict then ''."""

    claim: str
    subject: Node | None
    predicate: str | None
    object: Node | None
    verdict_before: str
    verdict: str
    belief_before: float
    belief: float
    articles_before: int
    articles: int


class Found(Result):
    """A sentence that mentions both things."""

    pmid: str
    text: str


class NameRow(Result):
    """What claims speak of, and how many do."""

    id: str
    name: str
    type: str
    claims: int


class Count(Result):
    """So many of one kind."""

    what: str
    value: str
    count: int


class GapRow(Result):
    """A treatment written of beside a condition without a finding on whether it helps."""

    id: str
    name: str
    articles: int
    said: str = Field(description='"unspecified" (given, no result), "investigated" (planned), or empty.')


class Reading(Result):
    """One sentence's part in a belief; the axes are null for a retracted article, which weighs nothing."""

    direction: str | None
    strength: float
    extraction: float | None
    design: float | None
    participants: float | None
    directness: float | None
    witness: str | None
    counts: bool = Field(description="Whether it is the reading its witness counts with.")
    evidence: EvidenceRow


class Direction(Result):
    """The belief in one direction: 1 − Π(1 − strength) over its witnesses."""

    direction: str
    belief: float
