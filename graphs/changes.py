"""What changed between two runs, claim by claim and course by course, and whether the world changed or the pipeline.

The world: a paper is new, gone, retracted, or its record was revised. The pipeline: the same record was read with other
rules, vocabulary, weights or settings. Where both happened to one article, both are named: nobody can tell them apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from extractors.records import Course
from graphs.answers import AssembledClaim, Reading
from graphs.belief import NEUTRAL
from graphs.store import Store, claims, courses, ledger, reads


class Kind(StrEnum):
    """What became of a claim or a course."""

    ADDED = "added"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    REVERSED = "reversed"
    RETRACTED = "retracted"
    GONE = "gone"


class Cause(StrEnum):
    """Why; the first five are the world's doing."""

    NEW_PAPER = "new paper"
    WITHDRAWN = "paper withdrawn"
    RETRACTION = "retraction"
    REVISED = "changed record"
    COHORT = "same-study link found or lost"
    PIPELINE = "changed pipeline"

    @property
    def world(self) -> bool:
        """Whether the world changed rather than the pipeline."""
        return self is not Cause.PIPELINE


@dataclass(frozen=True, slots=True)
class Reason:
    """A cause and the articles it acted through."""

    cause: Cause
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim before and after; None where it was not there."""

    kind: Kind
    before: AssembledClaim | None
    after: AssembledClaim | None
    reasons: tuple[Reason, ...]

    @property
    def claim(self) -> AssembledClaim:
        """The claim as it is or, where it is gone, was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of nothing")
        return found


@dataclass(frozen=True, slots=True)
class CourseChange:
    """A treatment course that came (`added`) or went (`gone`)."""

    kind: Kind
    course: Course
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed; `pipeline` says how the two runs were read differently, empty where they were not."""

    claims: tuple[ClaimChange, ...]
    courses: tuple[CourseChange, ...]
    articles_added: tuple[str, ...]
    articles_gone: tuple[str, ...]
    pipeline: tuple[str, ...]


def diff(before: Store, after: Store) -> Changes:
    """Return what changed from one run's store to another's, the greatest changes of belief first."""
    old, new = _Side(before), _Side(after)
    changed = [
        change
        for id_ in sorted(old.claims.keys() | new.claims.keys())
        if (change := _claim_change(id_, old, new)) is not None
    ]
    changed.sort(key=lambda c: (-abs(_belief(c.after) - _belief(c.before)), c.claim.id))
    return Changes(
        claims=tuple(changed),
        courses=tuple(_course_changes(old, new)),
        articles_added=tuple(sorted(new.articles - old.articles)),
        articles_gone=tuple(sorted(old.articles - new.articles)),
        pipeline=_pipeline(before, after),
    )


class _Side:
    """One of the two stores, with what is compared read into memory."""

    def __init__(self, store: Store) -> None:
        self.connection = store.connection
        self.claims = {claim.id: claim for claim in claims.read(store.connection)}
        self.articles = frozenset(reads.article_ids(store.connection))
        self.retracted = frozenset(reads.flagged(store.connection, "retracted"))
        self.states = {state.article: state for state in ledger.read_all(store.connection)}
        self.courses = {(course.id, repr(course)): course for course in courses.read(store.connection)}

    def readings(self, claim_id: str) -> dict[str, list[Reading]]:
        """Return a claim's readings by article."""
        found: dict[str, list[Reading]] = {}
        for reading in claims.readings_of(self.connection, claim_id) if claim_id in self.claims else ():
            found.setdefault(reading.article, []).append(reading)
        return found


def _claim_change(id_: str, old: _Side, new: _Side) -> ClaimChange | None:
    before, after = old.claims.get(id_), new.claims.get(id_)
    kind = _kind(before, after)
    if kind is None:
        return None
    was, now = old.readings(id_), new.readings(id_)
    articles = [a for a in sorted(was.keys() | now.keys()) if _content(was.get(a)) != _content(now.get(a))]
    if not articles:
        # The same sentences of the same articles weigh differently: they were joined or parted, or the weights changed.
        parted = [a for a in sorted(was) if _places(was[a]) != _places(now[a])]
        cause = Cause.COHORT if parted else Cause.PIPELINE
        return ClaimChange(kind, before, after, (Reason(cause, tuple(parted)),))
    return ClaimChange(kind, before, after, _reasons(articles, old, new))


def _kind(before: AssembledClaim | None, after: AssembledClaim | None) -> Kind | None:
    """Return what became of a claim, None where nothing did."""
    if before is None:
        return Kind.ADDED
    if after is None:
        return Kind.GONE
    if after.verdict == "retracted" != before.verdict:
        return Kind.RETRACTED
    sided = after.verdict not in NEUTRAL and before.verdict not in NEUTRAL
    if after.verdict != before.verdict and sided and before.verdict != "retracted":
        return Kind.REVERSED
    if abs(after.belief - before.belief) < 1e-9 and after.verdict == before.verdict:
        return None
    return Kind.STRENGTHENED if after.belief >= before.belief else Kind.WEAKENED


def _reasons(articles: Iterable[str], old: _Side, new: _Side) -> tuple[Reason, ...]:
    """Return the causes at work in these articles, each with its articles, in the order of `Cause`."""
    found: dict[Cause, list[str]] = {}
    for article in articles:
        for cause in _causes(article, old, new):
            found.setdefault(cause, []).append(article)
    return tuple(Reason(cause, tuple(found[cause])) for cause in Cause if cause in found)


def _causes(article: str, old: _Side, new: _Side) -> tuple[Cause, ...]:
    if article not in old.articles:
        return (Cause.NEW_PAPER,)
    if article not in new.articles:
        return (Cause.WITHDRAWN,)
    was, now = old.states.get(article), new.states.get(article)
    causes: list[Cause] = []
    if article in new.retracted - old.retracted:
        causes.append(Cause.RETRACTION)
    elif was and now and was.raw_hash != now.raw_hash:
        causes.append(Cause.REVISED)
    if was and now and was.stage_key != now.stage_key:
        causes.append(Cause.PIPELINE)
    return tuple(causes) or (Cause.PIPELINE,)


def _course_changes(old: _Side, new: _Side) -> Iterable[CourseChange]:
    for key in sorted(old.courses.keys() | new.courses.keys()):
        if key not in old.courses:
            course = new.courses[key]
            yield CourseChange(Kind.ADDED, course, _reasons([course.article], old, new))
        elif key not in new.courses:
            course = old.courses[key]
            yield CourseChange(Kind.GONE, course, _reasons([course.article], old, new))


def _content(readings: list[Reading] | None) -> list[tuple[object, ...]] | None:
    if readings is None:
        return None
    return [(r.id, r.design, r.n, r.retracted, r.section, r.effect, r.negated, r.certainty, r.score) for r in readings]


def _places(readings: list[Reading]) -> set[tuple[str | None, str | None]]:
    return {(reading.cluster, reading.cohort) for reading in readings}


def _belief(claim: AssembledClaim | None) -> float:
    return claim.belief if claim else 0.0


def _pipeline(before: Store, after: Store) -> tuple[str, ...]:
    """Return in what the two runs' last manifests differ: settings, versions, or what extraction reads."""
    manifests = [json.loads(runs[-1][1]) if (runs := store.runs()) else {} for store in (before, after)]
    old, new = manifests
    found: list[str] = []
    if old.get("config_hash") != new.get("config_hash"):
        found.append("settings (config)")
    versions = [dict(manifest.get("versions", ())) for manifest in manifests]
    found += [
        f"{name} {versions[0].get(name, 'absent')} → {versions[1].get(name, 'absent')}"
        for name in sorted(versions[0].keys() | versions[1].keys())
        if versions[0].get(name) != versions[1].get(name)
    ]
    if not found and old.get("extraction_key") != new.get("extraction_key"):
        found.append("rules, vocabulary or weights of the extractors")
    return tuple(found)
