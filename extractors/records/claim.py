"""Who says what about what: arguments, claims, and the evidence for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.records.identity import Span, content_hash
from extractors.values import Certainty, Effect, MentionType, Origin, Predicate


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
