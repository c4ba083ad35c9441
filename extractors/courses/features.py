"""What tells a course of the article's own patients from treatments it only talks about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.courses.chains import Occurrence
from extractors.courses.cues import course_patterns, cues_in
from extractors.courses.regimens import Regimen, free_occurrences, rivals
from extractors.document import Document
from extractors.values import StudyDesign

#: Designs whose patients are mostly all given the same.
WITHOUT_ARMS = frozenset({StudyDesign.NONRANDOMISED_TRIAL, StudyDesign.CASE_REPORT, StudyDesign.CASE_SERIES})
#: Characters looked at on each side of a treatment.
WINDOW = 110


def regimen_features(
    document: Document, regimen: Regimen, regimens: Sequence[Regimen], design: StudyDesign
) -> dict[str, float]:
    """Return the features of a candidate course: where and how it is named, and what other candidates there are."""
    size = min(len(regimen.members), 4)
    form = f"{min(size, 3)}"
    names = [f"size={size}", f"{form}&design={design}", *_joints(regimen, form)]
    names += [f"{form}&{cue}" for cue in _around(document, regimen.occurrences)]
    places = Counter(_place(document, o) for o in regimen.occurrences)
    names += [f"{form}&in={place}" for place in places]
    names += [f"{form}&times={min(len(regimen.occurrences), 5)}", f"{form}&places={len(places)}"]
    names += [f"{form}&type={member.argument.type}" for member in regimen.members]
    names += [f"{form}&word={word}" for m in regimen.members for word in m.argument.name.lower().split()[-2:]]
    names += [f"{form}&linked={all(m.argument.concept for m in regimen.members)}"]
    names += _beside(regimen, [r for r in regimens if not r.is_composed], form)
    names.append(f"{form}&composed={regimen.is_composed}")
    names += [f"{form}&{name}" for name in (*_standing(regimen, regimens), *_members(document, regimen))]
    names += [f"{form}&{name}" for name in _topic(document, regimen, regimens, design)]
    return dict.fromkeys(names, 1.0)


def _joints(regimen: Regimen, form: str) -> Iterable[str]:
    joints = {joint for o in regimen.occurrences for joint in o.joints}
    yield from (f"{form}&joint={joint}" for joint in joints)
    if len(regimen.members) > 1:
        best = Counter(o.joints for o in regimen.occurrences).most_common(1)[0]
        yield f"{form}&only commas and ands={joints <= {'comma', 'and'}}"
        yield f"{form}&joined={min(best[1], 3)}"


def _around(document: Document, occurrences: Iterable[Occurrence]) -> Iterable[str]:
    """Yield the cues before and after the occurrences, and which of them stand at most of them."""
    counts: Counter[str] = Counter()
    total = 0
    for occurrence in occurrences:
        total += 1
        first, last = occurrence.spans[0][0], occurrence.spans[-1][1]
        before = document.text[max(occurrence.sentence.start, first - WINDOW) : first]
        after = document.text[last : min(occurrence.sentence.end, last + WINDOW)]
        part = _part(document, occurrence)
        for name in (*cues_in("around", before, "before"), *cues_in("around", after, "after")):
            counts[name] += 1
            yield f"{name} in {part}"
    for name, count in counts.items():
        yield name
        if count * 2 >= total:
            yield f"mostly {name}"
        if count > 1:
            yield f"often {name}"


def _place(document: Document, occurrence: Occurrence) -> str:
    category = document.category(occurrence.sentence)
    if category != "abstract":
        return category
    inside = [s for s in document.sentences if s.passage == occurrence.sentence.passage]
    position = inside.index(occurrence.sentence) / max(len(inside) - 1, 1)
    return f"abstract {min(int(position * 4), 3)}"


def _part(document: Document, occurrence: Occurrence) -> str:
    place = _place(document, occurrence)
    if place in {"title", "conclusions", "abstract 3"}:
        return "ends"
    return "own" if place in {"methods", "results", "abstract 1", "abstract 2"} else "background"


def _standing(regimen: Regimen, regimens: Sequence[Regimen]) -> Iterable[str]:
    """Yield how often the regimen stands by itself, not as part of a longer chain of the same stretch."""
    if regimen.is_composed:
        return
    free = len(free_occurrences(regimen, regimens))
    yield f"free={min(free, 3)}"
    yield f"free share={4 * free // len(regimen.occurrences)}"


def _topic(document: Document, regimen: Regimen, regimens: Sequence[Regimen], design: StudyDesign) -> Iterable[str]:
    """Yield how much the article is about the regimen, which counts for more where there are no arms to compare."""
    arms = "arms" if design is StudyDesign.RANDOMISED_TRIAL else "no arms" if design in WITHOUT_ARMS else "other"
    title = any(not o.sentence.passage for o in regimen.occurrences)
    end = any(_part(document, o) == "ends" and o.sentence.passage for o in regimen.occurrences)
    alike = [r for r in regimens if len(r.members) == len(regimen.members) and not r.is_composed]
    rank = min(sum(len(r.occurrences) > len(regimen.occurrences) for r in alike), 2)
    composed = "&composed" if regimen.is_composed else ""
    yield f"{arms}&title={title}&end={end}&rank={rank}{composed}"
    yield f"{arms}&title={title}{composed}"
    yield f"{arms}&end={end}{composed}"
    yield f"{arms}&rank={rank}{composed}"
    yield f"{arms}&others={min(len(alike), 4)}"


def _members(document: Document, regimen: Regimen) -> Iterable[str]:
    """Yield whether members are set against one another or have like names, and how many sentences tell of failure."""
    pairs = rivals(document)
    keys = [member.key for member in regimen.members]
    against = sum(frozenset((a, b)) in pairs for number, a in enumerate(keys) for b in keys[number + 1 :])
    yield f"rivals={min(against, 2)}"
    names = [member.argument.name.lower() for member in regimen.members]
    yield f"alike={any(a in b for a in names for b in names if a is not b)}"
    ended = course_patterns("prior")["refractory"]
    sentences = {o.sentence for o in regimen.occurrences}
    failed = sum(bool(ended.search(document.text, s.start, s.end)) for s in sentences)
    yield f"failed={2 * failed // len(sentences)}"


def _beside(regimen: Regimen, regimens: Sequence[Regimen], form: str) -> Iterable[str]:
    """Yield how the regimen stands to the others: parts and wholes, and how often each is named."""
    larger = [r for r in regimens if regimen.keys < r.keys]
    smaller = [r for r in regimens if r.keys < regimen.keys]
    if larger:
        joints = {joint for r in larger for o in r.occurrences for joint in o.joints}
        yield from (f"{form}&larger joint={joint}" for joint in joints)
        yield f"{form}&larger as often={max(len(r.occurrences) for r in larger) * 2 >= len(regimen.occurrences)}"
        within = sum(len(r.occurrences) for r in larger if len(r.members) == len(regimen.members) + 1)
        yield f"{form}&always in larger={within >= len(regimen.occurrences)}"
    else:
        yield f"{form}&no larger"
    if smaller:
        alone = max((len(r.occurrences) for r in smaller if len(r.members) == 1), default=0)
        yield f"{form}&share={min(4 * len(regimen.occurrences) // max(alone, 1), 4)}"
    same_size = [r for r in regimens if len(r.members) == len(regimen.members)]
    rank = sum(len(r.occurrences) > len(regimen.occurrences) for r in same_size)
    yield f"{form}&rank={min(rank, 5)}"
    yield f"{form}&others={min(len(same_size), 8)}"
    partners = [r for r in same_size if len(r.keys & regimen.keys) == len(regimen.keys) - 1 and r is not regimen]
    if len(regimen.members) > 1:
        yield f"{form}&arms={min(len(partners), 3)}"
    first = regimen.occurrences[0].sentence
    yield f"{form}&first in title={first.passage == 0}"
