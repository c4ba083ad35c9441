"""Drugs that were chosen one by one although the text gives them one after the other to the same patients."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.courses.outcome import failed_before
from extractors.courses.regimens import Regimen, free_occurrences
from extractors.document import Document
from extractors.values import StudyDesign

#: Where a sequence is the article's own, not what others did.
NOT_OWN = frozenset({"background", "objective", "introduction"})
#: Designs whose patients had one treatment after another, not one or the other.
CASES = frozenset({StudyDesign.CASE_REPORT, StudyDesign.CASE_SERIES})


def join_sequences(
    document: Document, chosen: Sequence[Regimen], regimens: Sequence[Regimen], design: StudyDesign
) -> tuple[Regimen, ...]:
    """Return the courses with "A" and "B" made "A followed by B" where A had failed and the text says that they were.

    A drug that had failed is no course by itself beside its successor; given again and followed by B it is part of it.
    In case reports and series one part is enough where the text never names it outside such a chain.
    """
    joined = list(chosen)
    for regimen in regimens:
        followed = any(
            "followed" in o.joints and document.category(o.sentence) not in NOT_OWN for o in regimen.occurrences
        )
        parts = [r for r in joined if len(r.members) == 1 and r.keys < regimen.keys]
        if not followed or not parts:
            continue
        whole = frozenset(key for r in parts for key in r.keys) == regimen.keys
        failed = any(failed_before(document, r.members[0]) for r in parts)
        bound = design in CASES and not any(free_occurrences(r, regimens) for r in parts)
        if (whole and failed) or bound:
            place = joined.index(parts[0])
            joined = [r for r in joined if r not in parts]
            joined.insert(place, regimen)
    return tuple(joined)


def without_failed(document: Document, regimens: Sequence[Regimen]) -> list[Regimen]:
    """Leave out single drugs that had failed before, where anything else is left; for reports of cases."""
    kept = [r for r in regimens if len(r.members) > 1 or not failed_before(document, r.members[0], of_cases=True)]
    return kept or list(regimens)
