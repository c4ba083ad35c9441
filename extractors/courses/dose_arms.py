"""Arms of a trial that were given the same drugs in different doses: each is a course of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.courses.cues import course_patterns
from extractors.courses.regimens import Regimen
from extractors.courses.treatments import Treatment
from extractors.document import Document
from extractors.records import Sentence, Span
from extractors.values import StudyDesign

#: Designs whose arms are told apart by their doses.
TRIALS = frozenset({StudyDesign.RANDOMISED_TRIAL, StudyDesign.NONRANDOMISED_TRIAL})
#: Fewer doses tell no arms apart, more are a search for the dose.
FEWEST, MOST = 2, 4


def part_by_dose(document: Document, chosen: Sequence[Regimen], design: StudyDesign) -> tuple[Regimen, ...]:
    """Return the courses with one for each dose in the place of a course whose doses were compared with one another."""
    if design not in TRIALS:
        return tuple(chosen)
    return tuple(arm for regimen in chosen for arm in _arms(document, regimen))


def _arms(document: Document, regimen: Regimen) -> Iterator[Regimen]:
    compared = {member.key: compared_doses(document, member) for member in regimen.members}
    member = max(regimen.members, key=lambda m: len(compared[m.key]))
    doses = compared[member.key]
    if not doses:
        yield regimen
    for dose in doses:
        own = tuple(span for span in member.spans if _may_be_of(document, span, dose, doses)) or member.spans
        argument = replace(member.argument, name=f"{member.argument.name} {dose}", spans=own)
        dosed = Treatment(member.key, argument)
        yield replace(regimen, members=tuple(dosed if m is member else m for m in regimen.members), dose=dose)


def _may_be_of(document: Document, span: Span, dose: str, doses: Sequence[str]) -> bool:
    """Whether a naming of a drug stands beside the arm's dose, or beside none."""
    sentence = document.sentence_at(span[0])
    found = [d for d in _beside(document.text, sentence, (span,)) if d in doses] if sentence else []
    return not found or dose in found


def compared_doses(document: Document, treatment: Treatment) -> tuple[str, ...]:
    """Return the doses of a drug that one sentence sets side by side and the text speaks of again, in its order.

    A dose that is named once only may be a step of a schedule ("1 g, then 500 mg"), not an arm.
    """
    best: tuple[str, ...] = ()
    for sentence in document.sentences:
        spans = [span for span in treatment.spans if sentence.start <= span[0] < sentence.end]
        doses = dict.fromkeys(_beside(document.text, sentence, spans))
        again = tuple(dose for dose in doses if len(dose_places(document.text, dose)) > 1)
        if FEWEST <= len(again) <= MOST and len(again) > len(best):
            best = again
    return best


def dose_places(text: str, dose: str) -> tuple[Span, ...]:
    """Return where a dose stands, with its unit or as a number in a list of doses that ends in the unit."""
    number, unit = dose.split(" ", 1)
    unit = rf"[\s-]?{re.escape(unit)}(?![\w/])"
    listed = rf"(?=(?:[,/]| or| and|, and|, or)\s?\d[\d,.·]*{unit})"
    pattern = rf"(?<![\w.,·/-]){re.escape(number)}(?:{unit}|{listed})"
    return tuple(m.span() for m in re.finditer(pattern, text, re.IGNORECASE))


def _beside(text: str, sentence: Sentence, spans: Sequence[Span]) -> Iterator[str]:
    """Yield the doses that a sentence gives right after or right before a drug, in text order."""
    patterns = course_patterns("dose_arms")
    for start, end in sorted(spans):
        stretch = text[sentence.start : start]
        before = patterns["before"].search(stretch) or patterns["grade"].search(stretch)
        if before:
            yield f"{before['number']} {before['unit']}"
        after = patterns["after"].match(text[end : sentence.end])
        if after:
            yield from _listed(after["doses"])


def _listed(words: str) -> Iterator[str]:
    """Yield the doses of a list such as "5 and 10 mg"; nothing where its last has no unit."""
    found = list(course_patterns("dose_arms")["one"].finditer(words))
    unit = found[-1]["unit"]
    if unit:
        yield from (f"{match['number']} {match['unit'] or unit}" for match in found)
