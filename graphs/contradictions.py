"""Claims whose evidence points both ways, with a quote for each side and what differs between the two studies.

Which they are is written down when claims are assembled; what differs is read off the articles when it is asked for.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.values import MentionType, Predicate, StudyDesign
from graphs.answers import AssembledClaim, Reading, Source
from graphs.belief import CONFLICTS, NEUTRAL, Belief, Strength, assess, load_weights
from graphs.store import claims, conflicts, courses, reads
from graphs.store.conflicts import Conflict

#: Belief in the weaker side from which a conflict is worth showing.
LEAST_OPPOSED = 0.1
#: Claims whose contradictions are written at a time.
BATCH = 5000
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
    connection: sqlite3.Connection, *, ids: Sequence[str] | None = None, limit: int = -1
) -> tuple[Contradiction, ...]:
    """Return the contradictions, the weightiest first, all or those with one of these nodes at an end."""
    return _told(connection, conflicts.find(connection, least=LEAST_OPPOSED, about=ids, limit=limit))


def of_claim(connection: sqlite3.Connection, claim: AssembledClaim) -> tuple[Contradiction, ...]:
    """Return what contradicts one claim: its own other direction, or the claim of the opposite."""
    return _told(connection, conflicts.of_claim(connection, claim.id))


def within(key: int, belief: Belief) -> Conflict | None:
    """Return the conflict between the two strongest directions of the claim of a row that cannot both hold."""
    beliefs = {way: value for way, value in belief.directions if way not in NEUTRAL}
    pairs = [pair for pair in CONFLICTS if min(beliefs.get(way, 0.0) for way in pair) >= LEAST_OPPOSED]
    if not pairs:
        return None
    one, two = max(pairs, key=lambda pair: (min(beliefs[way] for way in pair), pair))
    if beliefs[two] > beliefs[one]:
        one, two = two, one
    first, second = (_strongest(belief.strengths, way) for way in (one, two))
    if first is None or second is None:
        return None
    return Conflict(key, key, one, two, beliefs[one], beliefs[two], first.row, second.row)


def renew(connection: sqlite3.Connection, keys: Sequence[int], found: Iterable[Conflict]) -> None:
    """Take out the contradictions of claims just assembled (rows) and write what was found within them.

    The caller holds the transaction, and calls `renew_opposites` once all have been assembled.
    """
    conflicts.forget(connection, keys)
    conflicts.write(connection, found)


def renew_opposites(connection: sqlite3.Connection, changed: Sequence[int]) -> None:
    """Write the contradictions between claims just assembled (rows) and their opposites; as `renew`."""
    pairs = conflicts.opposites(connection, changed, least=LEAST_OPPOSED)
    for start in range(0, len(pairs), BATCH):
        conflicts.write(connection, _between(connection, pairs[start : start + BATCH]))


def _between(connection: sqlite3.Connection, pairs: Sequence[tuple[int, int]]) -> Iterator[Conflict]:
    """Yield the conflicts of pairs of claims that cannot both hold, (increases, decreases) each."""
    weights = load_weights()
    sides: dict[int, tuple[str, float, Reading | None]] = {}
    found = claims.readings(connection, sorted({key for pair in pairs for key in pair}))
    for (key, predicate), group in groupby(found, key=lambda row: row[:2]):
        belief = assess(predicate, [reading for _, _, reading in group], weights)
        sides[key] = predicate, belief.belief, _strongest(belief.strengths, "stated")
    for one, two in pairs:
        if sides[two][1] > sides[one][1]:
            one, two = two, one
        (direction, belief_, first), (other, other_belief, second) = sides[one], sides[two]
        if first is not None and second is not None:
            yield Conflict(one, two, direction, other, belief_, other_belief, first.row, second.row)


def _strongest(strengths: Iterable[Strength], way: str) -> Reading | None:
    """Return the strongest reading of a direction that weighs; one with mixed results speaks for no side."""
    found = [item for item in strengths if item.direction == way and item.value > 0]
    return max(found, key=lambda item: item.value).reading if found else None


def _told(connection: sqlite3.Connection, rows: Sequence[Conflict]) -> tuple[Contradiction, ...]:
    """Return rows with their claims, sentences and what differs."""
    known = claims.by_keys(connection, {key for row in rows for key in (row.claim, row.other)})
    told = []
    for row in rows:
        first, second = claims.by_rows(connection, (row.evidence, row.other_evidence))
        told.append(
            Contradiction(
                claim=known[row.claim],
                other_claim=known[row.other],
                direction=row.direction,
                other_direction=row.other_direction,
                belief=row.belief,
                other_belief=row.other_belief,
                source=first,
                other_source=second,
                factors=_factors(connection, first, second),
            )
        )
    return tuple(told)


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
