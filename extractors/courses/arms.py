"""Where the text speaks of each course: by its drugs, by a drug only it has, or by its label ("arm A")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.courses.composed import COMPOSED
from extractors.courses.cues import course_patterns
from extractors.courses.dose_arms import dose_places
from extractors.courses.regimens import Regimen
from extractors.document import Document
from extractors.records import Sentence, Span

#: A label stands within this many characters after its course's name.
LABEL_WITHIN = 45


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch that speaks of one course: `arm` is its place among the chosen; `how` is named, member or label."""

    start: int
    end: int
    arm: int
    how: str


def find_places(document: Document, chosen: Sequence[Regimen]) -> tuple[Place, ...]:
    """Return the places of all courses in text order; none lies in another.

    A course that is part of another ("prednisone" of "rituximab plus prednisone") has no place inside the other's.
    """
    members = list(_members(chosen)) if len(chosen) > 1 else []
    places = [
        Place(o.spans[0][0], o.spans[-1][1], arm, "named")
        for arm, r in enumerate(chosen)
        for o in r.occurrences
        if not r.dose
        and COMPOSED.isdisjoint(o.joints)
        and not any(_reaches(o.spans, m) for m in members if m.arm != arm)
    ]
    if len(chosen) > 1:
        places += members
        named = _outermost(places)
        places += [*_labels(document, named), *_comparators(document, chosen), *_references(document, chosen)]
        places += _doses(document, chosen)
    return tuple(sorted(_outermost(places), key=lambda p: p.start))


def places_in(places: Sequence[Place], sentence: Sentence) -> tuple[Place, ...]:
    """Return the places that lie in a sentence."""
    return tuple(p for p in places if sentence.start <= p.start and p.end <= sentence.end)


def _outermost(places: Sequence[Place]) -> list[Place]:
    """Return the places that lie in no longer one; a name goes before a member, a member before a label."""
    order = {"named": 0, "member": 1, "label": 2}
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: (p.start - p.end, order[p.how], p.start)):
        if all(place.end <= other.start or other.end <= place.start for other in kept):
            kept.append(place)
    return kept


def _reaches(spans: Sequence[Span], member: Place) -> bool:
    """Whether a chain of drugs runs over another course's own drug."""
    return spans[0][0] < member.end and member.start < spans[-1][1]


def _members(chosen: Sequence[Regimen]) -> Iterator[Place]:
    """Yield where a drug is named that only one of the courses has."""
    for arm, regimen in enumerate(chosen):
        others = {key for r in chosen if r is not regimen for key in r.keys}
        for member in regimen.members:
            if member.key not in others:
                yield from (Place(start, end, arm, "member") for start, end in member.spans)


def _doses(document: Document, chosen: Sequence[Regimen]) -> Iterator[Place]:
    """Yield where the dose of an arm stands that differs from another one by its dose only."""
    for arm, regimen in enumerate(chosen):
        if regimen.dose:
            yield from (Place(start, end, arm, "label") for start, end in dose_places(document.text, regimen.dose))


def _labels(document: Document, named: Sequence[Place]) -> Iterator[Place]:
    """Yield where a label is used that stands in brackets after a course's name, or before it ("arm A: …")."""
    text = document.text
    labels: dict[str, set[int]] = {}
    for place in named:
        sentence = document.sentence_at(place.start)
        if sentence is None:
            continue
        after = text[place.end : min(sentence.end, place.end + LABEL_WITHIN)]
        before = text[max(sentence.start, place.start - LABEL_WITHIN) : place.start]
        for pattern, words in (("label_after", after), ("label_before", before)):
            found = course_patterns("arms")[pattern].search(words)
            if found:
                labels.setdefault(_fold(found["label"]), set()).add(place.arm)
    for label, arms in labels.items():
        if len(arms) == 1:
            (arm,) = arms
            yield from (Place(start, end, arm, "label") for start, end in _uses(text, label))


def _uses(text: str, label: str) -> Iterator[Span]:
    """Yield where a label stands; one that is a single word counts as a whole word in its own letters only."""
    pattern = r"[\s-]?".join(re.escape(part) for part in label.split())
    flags = re.IGNORECASE if " " in label else 0
    yield from (m.span() for m in re.finditer(rf"(?<![\w/+-]){pattern}(?![\w/+-])", text, flags))


def _fold(label: str) -> str:
    return " ".join(re.sub(r"[-–]", " ", label).split()) if re.match(r"(?i)arm|group|cohort", label) else label


def _comparators(document: Document, chosen: Sequence[Regimen]) -> Iterator[Place]:
    """Yield where controls are named, for the one course that has no drug of its own or is a comparator by name."""
    own = [{key for key in r.keys if all(key not in other.keys for other in chosen if other is not r)} for r in chosen]
    control = course_patterns("arms")["control"]
    arms = [a for a, r in enumerate(chosen) if control.search(" ".join(m.argument.name for m in r.members))]
    arms = arms or [arm for arm, keys in enumerate(own) if not keys]
    if len(arms) == 1:
        for found in control.finditer(document.text):
            yield Place(found.start(), found.end(), arms[0], "label")


def _references(document: Document, chosen: Sequence[Regimen]) -> Iterator[Place]:
    """Yield where the text refers back to the one course of several drugs ("the combination", "triple therapy")."""
    several = [arm for arm, regimen in enumerate(chosen) if len(regimen.members) > 1]
    if len(several) == 1:
        for found in course_patterns("arms")["combination"].finditer(document.text):
            yield Place(found.start(), found.end(), several[0], "label")
