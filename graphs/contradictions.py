"""Claims whose evidence points both ways, with a quote for each side and what differs between the two studies."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.values import MentionType, Predicate, StudyDesign
from graphs.answers import AssembledClaim, Source
from graphs.belief import CONFLICTS, NEUTRAL, Weights, load_weights
from graphs.explanation import Line, explain
from graphs.store import claims, courses, reads

#: Belief in the weaker side from which a conflict is worth showing.
LEAST_OPPOSED = 0.1
#: Claims that cannot both hold of the same two things.
OPPOSITES = {Predicate.INCREASES: Predicate.DECREASES, Predicate.DECREASES: Predicate.INCREASES}
#: Designs of one kind, for telling whether two studies differ in design.
DESIGN_KINDS = {
    StudyDesign.RANDOMISED_TRIAL: "controlled trial",
    StudyDesign.NONRANDOMISED_TRIAL: "uncontrolled trial",
    StudyDesign.COHORT: "observational study",
    StudyDesign.CASE_CONTROL: "observational study",
    StudyDesign.CROSS_SECTIONAL: "observational study",
    StudyDesign.CASE_SERIES: "case reports",
    StudyDesign.CASE_REPORT: "case reports",
    StudyDesign.META_ANALYSIS: "review",
    StudyDesign.SYSTEMATIC_REVIEW: "review",
    StudyDesign.REVIEW: "review",
    StudyDesign.GUIDELINE: "guideline",
    StudyDesign.PROTOCOL: "protocol",
    StudyDesign.PRECLINICAL_IN_VIVO: "animal experiment",
    StudyDesign.PRECLINICAL_IN_VITRO: "laboratory experiment",
    StudyDesign.OTHER: "other",
}
#: What may differ between two sentences of one article, and between two articles.
WITHIN_AN_ARTICLE = ("dose", "timing", "endpoint")
BETWEEN_ARTICLES = ("species", "population", "comparator", "sequence")
TIME = re.compile(r"\b(?:(?:week|month|year|day)s? \d+|\d+(?:[.·]\d+)?[ -](?:week|month|year|day)s?)\b", re.I)
DOSE = re.compile(r"\b\d+(?:[.,·]\d+)? ?(?:m?g|µg|mcg|IU|mg/kg|mg/m2|mg/m²)\b(?:/\w+)?", re.I)


@dataclass(frozen=True, slots=True)
class Factor:
    """What differs between the studies of the two sides: its name and each side's value."""

    name: str
    side: str
    other: str

    def __str__(self) -> str:
        return f"{self.name}: {self.side} / {self.other}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims, or two directions of one, that cannot both hold; the stronger side first."""

    claim: AssembledClaim
    #: The claim of the other side: the same, or its opposite ("decreases" against "increases").
    other_claim: AssembledClaim
    direction: str
    other_direction: str
    belief: float
    other_belief: float
    source: Source
    other_source: Source
    #: Empty for a true conflict: nothing that the texts tell differs.
    factors: tuple[Factor, ...]

    @property
    def factor(self) -> str:
        """What differs, or "true conflict"."""
        return "; ".join(map(str, self.factors)) or "true conflict"

    def _repr_html_(self) -> str:
        from graphs.display import html, tabulate

        return html.table(tabulate.contradictions([self], "Contradiction"))


def find(
    connection: sqlite3.Connection, *, ids: Iterable[str] | None = None, limit: int = -1
) -> tuple[Contradiction, ...]:
    """Return the contradictions, the weightiest first, all or those with one of these nodes at an end."""
    weights = load_weights()
    about = None if ids is None else list(ids)
    found: list[Contradiction] = []
    for claim in claims.contested(connection, least=LEAST_OPPOSED, about=about, limit=limit):
        found += _within(connection, claim, weights)
    for one, two in claims.opposite_pairs(connection, least=LEAST_OPPOSED, about=about, limit=limit):
        found += _between(connection, one, two, weights)
    found.sort(key=lambda c: (-min(c.belief, c.other_belief), c.claim.id, c.direction))
    return tuple(found if limit < 0 else found[:limit])


def of_claim(connection: sqlite3.Connection, claim: AssembledClaim) -> tuple[Contradiction, ...]:
    """Return what contradicts one claim: its own other direction, or the claim of the opposite."""
    weights = load_weights()
    found = _within(connection, claim, weights)
    opposite = OPPOSITES.get(claim.claim.predicate)
    if opposite and claim.verdict == "stated" and claim.belief >= LEAST_OPPOSED:
        ends = claim.claim.subject.key, claim.claim.object.key
        for other in claims.find(connection, subjects=ends[:1], objects=ends[1:], predicates=(opposite,)):
            if other.verdict == "stated" and other.belief >= LEAST_OPPOSED:
                found += _between(connection, claim, other, weights)
    return tuple(found)


def _within(connection: sqlite3.Connection, claim: AssembledClaim, weights: Weights) -> list[Contradiction]:
    """Return the conflict between the two strongest directions of one claim that cannot both hold."""
    explanation = explain(connection, claim, weights=weights)
    beliefs = {way: value for way, value in explanation.belief.directions if way not in NEUTRAL}
    pairs = [pair for pair in CONFLICTS if min(beliefs.get(way, 0.0) for way in pair) >= LEAST_OPPOSED]
    if not pairs:
        return []
    one, two = max(pairs, key=lambda pair: (min(beliefs[way] for way in pair), pair))
    if beliefs[two] > beliefs[one]:
        one, two = two, one
    first, second = (_strongest(explanation.lines, way) for way in (one, two))
    if first is None or second is None:
        return []
    factors = _factors(connection, first, second)
    return [Contradiction(claim, claim, one, two, beliefs[one], beliefs[two], first, second, factors)]


def _between(
    connection: sqlite3.Connection, one: AssembledClaim, two: AssembledClaim, weights: Weights
) -> list[Contradiction]:
    """Return the conflict between two claims that cannot both hold."""
    if two.belief > one.belief:
        one, two = two, one
    first, second = (_strongest(explain(connection, claim, weights=weights).lines, "stated") for claim in (one, two))
    if first is None or second is None:
        return []
    predicates = str(one.claim.predicate), str(two.claim.predicate)
    factors = _factors(connection, first, second)
    return [Contradiction(one, two, *predicates, one.belief, two.belief, first, second, factors)]


def _strongest(lines: Iterable[Line], way: str) -> Source | None:
    """Return the first sentence of a direction that weighs; a sentence with mixed results speaks for no side."""
    for line in lines:
        if line.strength is not None and line.strength.value > 0 and line.strength.direction == way:
            return line.source
    return None


def _factors(connection: sqlite3.Connection, one: Source, two: Source) -> tuple[Factor, ...]:
    """Return what the two studies' texts tell and tell differently, the weightiest difference first."""
    within = one.evidence.article == two.evidence.article
    candidates = WITHIN_AN_ARTICLE if within else (*BETWEEN_ARTICLES, *WITHIN_AN_ARTICLE, "design")
    sides = [_circumstances(connection, source) for source in (one, two)]
    return tuple(
        Factor(name, ", ".join(sorted(sides[0][name])), ", ".join(sorted(sides[1][name])))
        for name in candidates
        if sides[0][name] and sides[1][name] and sides[0][name].isdisjoint(sides[1][name])
    )


def _circumstances(connection: sqlite3.Connection, source: Source) -> dict[str, frozenset[str]]:
    """Return under what circumstances a sentence was found true; an empty set is 'not told'."""
    article, (start, end) = source.evidence.article, source.evidence.sentence
    study = reads.study(connection, article)
    mentions = reads.mentions(connection, article)
    claim_ends = {source.evidence.claim.subject.key, source.evidence.claim.object.key}
    title_end = len(source.title)
    given = courses.find(connection, articles=[article])
    sequences = {c.course.mode for c in given} | {f"after {drug.name}" for c in given for drug in c.course.prior}
    return {
        "species": frozenset(study.species if study else ()),
        "population": frozenset(
            m.name or m.text.lower()
            for m in mentions
            if m.type is MentionType.DISEASE and m.end <= title_end and m.concept not in claim_ends
        ),
        "comparator": frozenset(_comparators(connection, source)),
        "sequence": frozenset(sequences),
        "dose": frozenset(match.group().lower() for match in DOSE.finditer(source.quote)),
        "timing": frozenset(match.group().lower() for match in TIME.finditer(source.quote)),
        "endpoint": frozenset(
            m.name or m.text.lower()
            for m in mentions
            if m.type is MentionType.OUTCOME and start <= m.start and m.end <= end and m.concept not in claim_ends
        ),
        "design": frozenset({DESIGN_KINDS[source.design]}),
    }


def _comparators(connection: sqlite3.Connection, source: Source) -> Iterator[str]:
    """Yield what the article compares the claim's subject with."""
    subject = source.evidence.claim.subject.key
    for other in claims.article_sources(connection, source.evidence.article):
        ends = other.evidence.claim.subject, other.evidence.claim.object
        if other.evidence.claim.predicate is Predicate.COMPARED_WITH and subject in {end.key for end in ends}:
            yield from (end.name for end in ends if end.key != subject)
