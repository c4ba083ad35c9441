"""The questions researchers ask, as functions that return records; docs/questions.md shows each with real answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.errors import InputError
from extractors.records import Argument
from extractors.values import MentionType, Predicate
from graphs import contradictions as conflicts
from graphs import ends, paths, retractions, retreatment
from graphs.answers import AssembledClaim, CourseSource, Source
from graphs.belief import NEUTRAL
from graphs.store import claims, concepts, counts, courses, ledger
from graphs.topics import TREATMENTS, Topic


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim with the evidence that shows it best."""

    claim: AssembledClaim
    source: Source

    def _repr_html_(self) -> str:
        from graphs.display import html, tabulate

        return html.table(tabulate.answers([self], "Claim"))


@dataclass(frozen=True, slots=True)
class AfterFailure:
    """What was given after a drug had failed: a stated course or, read loosely, a claim of the same abstract."""

    strict: bool
    course: CourseSource | None
    claim: Source | None

    def _repr_html_(self) -> str:
        from graphs.display import html, tabulate

        return html.table(tabulate.after_failure([self], "After failure"))


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that is not what it was after an earlier run; a verdict is '' where the claim was not there."""

    claim: AssembledClaim | None
    id: str
    verdict_before: str
    verdict: str
    belief_before: float
    belief: float
    articles_before: int
    articles: int


@dataclass(frozen=True, slots=True)
class Silence:
    """What was looked at for a claim between two topics, and how little of it was found."""

    mention_subject: int
    mention_object: int
    mention_both: int
    #: (article, sentence) of the sentences that mention both.
    sentences: tuple[tuple[str, str], ...]
    claims: tuple[AssembledClaim, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What claims speak of, and how many do."""

    id: str
    name: str
    type: str
    claims: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A treatment that stands in articles beside a condition without a finding on whether it helps."""

    id: str
    name: str
    articles: int
    #: What is said of it, if anything: "unspecified" (given, no result) or "investigated" (planned).
    said: str


def treatments(
    connection: sqlite3.Connection, disease: Topic, *, verdicts: Sequence[str] = (), limit: int = -1
) -> tuple[Answer, ...]:
    """Return what is given for a disease or its kinds, most believed first; null results included.

    What takes a side (effective, ineffective, mixed) comes before what was only given, planned or asked.
    """
    found = claims.find(connection, predicates=(Predicate.TREATS,), objects=disease.ids, verdicts=verdicts, limit=limit)
    return answers(connection, found)


def evidence(
    connection: sqlite3.Connection,
    *,
    subject: Topic | None = None,
    object: Topic | None = None,  # noqa: A002 (the claim's word)
    predicates: Sequence[Predicate] = (),
) -> tuple[Source, ...]:
    """Return every sentence that states a claim between two topics (either may be open), claim by claim.

    Claims of symmetric predicates are found whichever end is named first. Sentences of retracted articles come last.
    """
    found = ends.between(connection, subject=subject, object=object, predicates=predicates, retracted=True)
    order = {claim.id: place for place, claim in reversed(list(enumerate(found)))}
    return tuple(
        sorted(claims.sources(connection, sorted(order)), key=lambda s: (order[s.evidence.claim.id], s.retracted))
    )


def after_failure(
    connection: sqlite3.Connection,
    drug: Topic,
    *,
    condition: Topic | None = None,
    reason: str | None = None,
    strict: bool = True,
    limit: int = -1,
) -> tuple[AfterFailure, ...]:
    """Return what was given after a drug, or one of its kinds, had failed.

    Strict: courses that state the drug among the prior treatments (with the reason, if one is asked for). Loose: also
    what is said to treat anything in an abstract that states that the disease was refractory to the drug. Neither
    shows the drug that failed as what followed, unless a course's sentence states that it was given once more.
    """
    conditions = condition.ids if condition else None
    given = _given_after(connection, drug, conditions=conditions, reason=reason, limit=limit)
    stated = [AfterFailure(True, course, None) for course in given]
    if strict:
        return tuple(stated)
    known = {row.course.course.article for row in stated if row.course}
    failed = claims.find(connection, predicates=(Predicate.REFRACTORY_TO,), objects=drug.ids)
    abstracts = {
        source.evidence.article
        for source in claims.sources(connection, [claim.id for claim in failed])
        if not source.evidence.negated
    } | {course.course.article for course in courses.find(connection, prior=drug.ids)}
    loose = [
        AfterFailure(False, None, source)
        for article in sorted(abstracts - known)
        for source in claims.article_sources(connection, article)
        if source.evidence.claim.predicate is Predicate.TREATS
        and source.evidence.claim.subject.key not in drug.ids
        and (conditions is None or source.evidence.claim.object.key in conditions)
        and _may_be_given(connection, source.evidence.claim.subject)
    ]
    return (*stated, *loose)


def _may_be_given(connection: sqlite3.Connection, subject: Argument) -> bool:
    """Whether it is a treatment, and not a target ("CD20") whose name was read as one."""
    concept = concepts.get(connection, subject.key)
    return (concept.type if concept else subject.type) in TREATMENTS


def _given_after(
    connection: sqlite3.Connection, drug: Topic, *, conditions: Sequence[str] | None, reason: str | None, limit: int
) -> list[CourseSource]:
    """Return the courses after a drug, at most `limit`; negative: all."""
    asked = limit
    while True:
        found = courses.find(connection, prior=drug.ids, conditions=conditions, reason=reason, limit=asked)
        kept = [source for source in found if retreatment.plausible(source)]
        if asked < 0 or len(found) < asked or len(kept) >= limit:
            return kept if limit < 0 else kept[:limit]
        asked = 2 * asked + 1  # what was dropped made place for more


def outcomes(
    connection: sqlite3.Connection, drug: Topic, *, endpoint: Topic | None = None, limit: int = -1
) -> tuple[Answer, ...]:
    """Return what a drug does to each endpoint, endpoint by endpoint, "no difference" included."""
    found = claims.find(
        connection,
        subjects=drug.ids,
        predicates=(Predicate.AFFECTS_OUTCOME,),
        objects=endpoint.ids if endpoint else None,
        limit=limit,
    )
    best: dict[str, float] = {}
    for claim in found:
        best[claim.claim.object.key] = max(best.get(claim.claim.object.key, 0.0), claim.belief)
    found.sort(key=lambda c: (-best[c.claim.object.key], c.claim.object.key))
    return answers(connection, found)


def adverse_events(connection: sqlite3.Connection, drug: Topic, *, limit: int = -1) -> tuple[Answer, ...]:
    """Return the harms a drug is said to do or not to do, most believed first."""
    harms = (Predicate.CAUSES_ADVERSE_EVENT,)
    return answers(connection, claims.find(connection, subjects=drug.ids, predicates=harms, limit=limit))


def combinations(
    connection: sqlite3.Connection, drug: Topic, *, condition: Topic | None = None
) -> tuple[tuple[Answer, ...], tuple[CourseSource, ...]]:
    """Return what a drug is combined with, preceded and followed by: claims, and courses of several drugs."""
    found = ends.between(connection, subject=drug, predicates=(Predicate.COMBINED_WITH, Predicate.FOLLOWED_BY))
    known = {claim.id for claim in found}
    before = claims.find(connection, objects=drug.ids, predicates=(Predicate.FOLLOWED_BY,))
    found += [claim for claim in before if claim.id not in known]
    given = courses.find(connection, current=drug.ids, conditions=condition.ids if condition else None)
    return answers(connection, found), tuple(source for source in given if len(source.course.current) > 1)


def predictors(connection: sqlite3.Connection, outcome: Topic, *, limit: int = -1) -> tuple[Answer, ...]:
    """Return what predicts a disease or an outcome, most believed first."""
    predicting = (Predicate.PREDICTS,)
    return answers(connection, claims.find(connection, objects=outcome.ids, predicates=predicting, limit=limit))


def mechanism_paths(
    connection: sqlite3.Connection,
    start: Topic,
    end: Topic,
    *,
    via: Sequence[Topic] = (),
    most_hops: int = 4,
    limit: int = 5,
) -> tuple[paths.Path, ...]:
    """Return the best chains of claims from one topic to another, fewest gaps first; see graphs/paths.py."""
    return paths.find(connection, start, end, via=via, most_hops=most_hops, limit=limit)


def contradictions(
    connection: sqlite3.Connection, topic: Topic | None = None, *, limit: int = -1
) -> tuple[conflicts.Contradiction, ...]:
    """Return the claims whose evidence points both ways, with the factor that differs; see graphs/contradictions.py."""
    return conflicts.find(connection, ids=topic.ids if topic else None, limit=limit)


def lost_by_retraction(connection: sqlite3.Connection, notice: str = "retracted") -> tuple[retractions.Loss, ...]:
    """Return what claims lose by retracted articles, or would lose by those under concern or corrected."""
    return retractions.losses(connection, notice)


def new_since(connection: sqlite3.Connection, run: int, *, limit: int = -1) -> tuple[Change, ...]:
    """Return the claims that changed after a run of this store (1 is its first; 0 is before it), most changed first.

    Raises InputError for a run the store does not know.
    """
    known = [number for number, _ in ledger.read_runs(connection)]
    if run not in {0, *known}:
        raise InputError(f"run {run}: not one of this store's runs; it has {', '.join(map(str, known)) or 'none'}")
    rows = counts.history_since(connection, run, limit=limit)
    changes = with_claims(connection, [_change(*row) for row in rows])
    return tuple(sorted(changes, key=lambda c: (-abs(c.belief - c.belief_before), c.id)))


def each_change(connection: sqlite3.Connection, run: int, *, about: Sequence[str] | None = None) -> Iterator[Change]:
    """Yield what changed after a run, all or what has one of these nodes at an end, one by one and without the claims.

    For counting and choosing: all the claims of a first run would fill the memory.
    """
    for row in counts.each_since(connection, run, about=about):
        yield _change(*row)


def with_claims(connection: sqlite3.Connection, changes: Sequence[Change]) -> list[Change]:
    """Return the changes with their claims; a claim that is gone stays None."""
    found = claims.by_ids(connection, [change.id for change in changes])
    return [replace(change, claim=found.get(change.id)) for change in changes]


def silence(
    connection: sqlite3.Connection,
    subject: Topic,
    object: Topic,  # noqa: A002 (the claim's word)
) -> Silence:
    """Return what the store holds about two topics together, to tell "nothing found" from "not looked at"."""
    first, second = counts.mentioned(connection, subject.ids), counts.mentioned(connection, object.ids)
    ways = ((subject, object), (object, subject))
    found = [claim for one, other in ways for claim in ends.between(connection, subject=one, object=other)]
    return Silence(
        mention_subject=len(first),
        mention_object=len(second),
        mention_both=len(first & second),
        sentences=tuple(counts.same_sentence(connection, subject.ids, object.ids)),
        claims=tuple({claim.id: claim for claim in found}.values()),
    )


def names(connection: sqlite3.Connection, text: str = "", *, limit: int = 100) -> tuple[Named, ...]:
    """Return what the graph speaks of, most first: all, or what has a name with words that begin like these."""
    # SQLite's full-text search takes a null character for the end of the query.
    begun = text.replace("\x00", " ").split()
    return tuple(Named(*row) for row in concepts.spoken_of(connection, begun, limit=limit))


def statistics(connection: sqlite3.Connection) -> tuple[tuple[str, str, int], ...]:
    """Return what the store holds, as (what, value, count)."""
    return tuple(counts.statistics(connection))


def gaps(connection: sqlite3.Connection, disease: Topic, *, limit: int = 20) -> tuple[Gap, ...]:
    """Return the treatments most often written of beside a disease without a finding on whether they help."""
    found = claims.find(connection, predicates=(Predicate.TREATS,), objects=disease.ids)
    answered = {claim.claim.subject.key for claim in found if claim.verdict not in NEUTRAL}
    said = {claim.claim.subject.key: claim.verdict for claim in reversed(found)}
    rows = counts.beside(connection, disease.ids, TREATMENTS)
    open_ = [Gap(id_, name, articles, said.get(id_, "")) for id_, name, articles in rows if id_ not in answered]
    return tuple(open_[:limit])


def answers(connection: sqlite3.Connection, found: Sequence[AssembledClaim]) -> tuple[Answer, ...]:
    """Return claims with their best sentences."""
    shown = [claim for claim in found if claim.quote is not None]
    return tuple(Answer(c, s) for c, s in zip(shown, claims.quotes(connection, shown), strict=True))


#: Types of which a question may be asked by the option that names them.
TYPES = {
    "disease": (MentionType.DISEASE,),
    "drug": TREATMENTS,
    "endpoint": (MentionType.OUTCOME, MentionType.DISEASE, MentionType.PROTEIN, MentionType.PROCESS),
}


def _change(id_: str, was: str, belief_was: float, articles_was: int, now: str, belief: float, articles: int) -> Change:
    return Change(None, id_, was, now, belief_was, belief, articles_was, articles)
