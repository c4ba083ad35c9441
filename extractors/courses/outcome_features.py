"""What tells how a course ended: its part in the comparison, cues of its sentences, the title and the conclusions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractors.courses.arms import places_in
from extractors.courses.cues import course_patterns, cues_in
from extractors.courses.numbers import Context
from extractors.courses.regimens import Regimen
from extractors.records import Sentence

THAN = re.compile(r"\b(?:than|compared (?:with|to)|versus|vs\.?)\b", re.IGNORECASE)
#: So many sentences are the conclusions of an abstract that has none by name.
ENDING = 2
#: The parts in a comparison that are not what the trial is about, and where no result is told.
CONTROLS = frozenset({"inert", "care", "part"})
NOT_RESULTS = frozenset({"background", "objective"})
#: A difference with a p value up to this is called significant.
SIGNIFICANT = 0.05


def outcome_features(context: Context, regimen: Regimen) -> dict[str, float]:
    """Return the features of a course's outcome."""
    role = find_role(context, regimen)
    kind = "control" if role in CONTROLS else "active"
    arms = min(len(context.chosen), 3)
    against = "&".join(sorted({find_role(context, r) for r in context.chosen if r is not regimen}))
    names = [kind, f"role={role}&arms={arms}", f"{kind}&arms={arms}", f"{kind}&design={context.design}"]
    names += [f"role={role}&against={against}", f"{kind}&title={_place_in_title(context, regimen)}"]
    names += _told(context, regimen, kind)
    names += [f"side:{side}" for side in _sides(context, regimen)]
    counts = Counter(names)
    return dict.fromkeys(counts, 1.0) | {f"often:{name}": 1.0 for name, count in counts.items() if count > 1}


def _told(context: Context, regimen: Regimen, kind: str) -> Iterator[str]:
    """Yield the cues of the title, the conclusions and the course's own sentences, alone and in pairs, and p values."""
    document = context.document
    own = {o.sentence for o in regimen.occurrences}
    ending = find_ending(context)
    yield f"{kind}&named at end={bool(own & set(ending))}"
    for sentence in document.sentences:
        places = [name for name, holds in (("title", not sentence.passage), ("end", sentence in ending)) if holds]
        if sentence in own and sentence.passage:
            if sentence in ending:
                places.append("own end")
            elif document.category(sentence) not in NOT_RESULTS:
                places.append("own")
        if not places:
            continue
        text = document.text[sentence.start : sentence.end]
        cues = (*cues_in("result", text), *cues_in("verdict", text)) or ("nothing",)
        for place in places:
            yield from (f"{place}:{cue}" for cue in cues)
            yield from (f"{place}:{cue}&{kind}" for cue in cues)
            yield from (f"{place}:{first}+{second}&{kind}" for first in cues for second in cues if first < second)
            if place in {"own", "end"}:
                yield from (f"{place}:{p}&{kind}" for p in _p_values(context, sentence))


def find_role(context: Context, regimen: Regimen) -> str:
    """Return what a course is in the comparison: inert, care, part of another course, with an addition, or an equal."""
    name = " ".join(member.argument.name for member in regimen.members)
    patterns = course_patterns("role")
    for role in ("inert", "care"):
        if patterns[role].search(name):
            return role
    others = [r for r in context.chosen if r is not regimen]
    if any(regimen.keys < other.keys for other in others):
        return "part"
    if any(regimen.keys > other.keys for other in others):
        return "whole"
    if not others:
        return "only"
    return "first" if context.arm_of(regimen) == 0 else "later"


def _place_in_title(context: Context, regimen: Regimen) -> str:
    """Return whether the title names the course first, later or not."""
    title = [
        p.arm
        for sentence in context.document.sentences
        if not sentence.passage
        for p in places_in(context.places, sentence)
    ]
    arm = context.arm_of(regimen)
    return "none" if arm not in title else "first" if title[0] == arm else "later"


def find_ending(context: Context) -> tuple[Sentence, ...]:
    """Return the sentences of the conclusions, or the last ones that tell no registration or funding."""
    document = context.document
    found = tuple(s for s in document.sentences if document.category(s) == "conclusions")
    admin = course_patterns("role")["administration"]
    told = [s for s in found or document.sentences if not admin.search(document.text, s.start, s.end)]
    return tuple(told or found) if found else tuple(told[-ENDING:])


def _p_values(context: Context, sentence: Sentence) -> Iterator[str]:
    for other, found in context.statistics:
        if other == sentence:
            for s in found:
                if s.kind == "p_value" and s.value is not None:
                    small = s.value <= SIGNIFICANT and not s.comparator.startswith(">")
                    yield f"p {'significant' if small else 'not significant'}"


def _sides(context: Context, regimen: Regimen) -> Iterator[str]:
    """Yield on which side of "than" or "versus" the course stands in sentences that call something better."""
    text = context.document.text
    ending = find_ending(context)
    arm = context.arm_of(regimen)
    for sentence in context.document.sentences:
        places = places_in(context.places, sentence)
        if arm not in {p.arm for p in places}:
            continue
        words = text[sentence.start : sentence.end]
        than = THAN.search(words)
        where = "end" if sentence in ending else "own"
        cues = [cue for cue in ("better", "worse", "none", "improved") if course_patterns("result")[cue].search(words)]
        if than:
            before = any(p.arm == arm and p.start < sentence.start + than.start() for p in places)
            side = "first" if before else "second"
        else:
            side = "subject" if places[0].arm == arm else "object"
        for cue in cues:
            yield f"{side}&{cue}"
            yield f"{where}&{side}&{cue}"
