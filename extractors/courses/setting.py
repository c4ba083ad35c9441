"""In which order a course's drugs were given, and how the course stands to other treatment."""

from __future__ import annotations

from collections import Counter

from extractors.courses.cues import course_patterns
from extractors.courses.regimens import Regimen
from extractors.document import Document
from extractors.records import Span

#: Characters looked at on each side of a course.
WINDOW = 60
#: "Sequential" stands within this many characters of the drugs.
NEAR = 30


def find_mode(document: Document, regimen: Regimen) -> tuple[str, Span | None]:
    """Return single, sequential (one followed by the other) or combination, and the words that say so."""
    if len(regimen.members) == 1:
        return "single", None
    for occurrence in regimen.occurrences:
        if "followed" in occurrence.joints:
            place = occurrence.joints.index("followed")
            return "sequential", (occurrence.spans[place][1], occurrence.spans[place + 1][0])
    for occurrence in regimen.occurrences:
        first = max(occurrence.sentence.start, occurrence.spans[0][0] - NEAR)
        last = min(occurrence.sentence.end, occurrence.spans[-1][1] + NEAR)
        found = course_patterns("mode")["sequential"].search(document.text, first, last)
        if found:
            return "sequential", found.span()
    spans = next((o.spans for o in regimen.occurrences if o.spans[0][1] < o.spans[-1][0]), None)
    return "combination", (spans[0][1], spans[-1][0]) if spans else None


def find_setting(document: Document, regimen: Regimen) -> tuple[str | None, Span | None]:
    """Return add_on, maintenance, induction or switch with the words that say so: what is said most often, first."""
    found: list[tuple[str, Span]] = []
    text = document.text
    for occurrence in regimen.occurrences:
        start, end = occurrence.spans[0][0], occurrence.spans[-1][1]
        first, last = max(occurrence.sentence.start, start - WINDOW), min(occurrence.sentence.end, end + WINDOW)
        for name, pattern in course_patterns("setting").items():
            side, _, setting = name.partition("_")
            begin, stretch = (first, text[first:start]) if side == "before" else (end, text[end:last])
            match = pattern.search(stretch)
            if match and match.group().strip():
                found.append((setting, (begin + match.start(), begin + len(stretch[: match.end()].rstrip()))))
    if not found:
        return None, None
    (best, _), *_ = Counter(setting for setting, _ in found).most_common(1)
    return next((setting, span) for setting, span in found if setting == best)
