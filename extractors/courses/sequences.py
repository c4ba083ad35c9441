"""Drugs that were chosen one by one although the text gives them one after the other to the same patients."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.courses.outcome import failed_before
from extractors.courses.regimens import Regimen
from extractors.document import Document

#: Where a sequence is the article's own, not what others did.
NOT_OWN = frozenset({"background", "objective", "introduction"})


def join_sequences(document: Document, chosen: Sequence[Regimen], regimens: Sequence[Regimen]) -> tuple[Regimen, ...]:
    """Return the courses with "A" and "B" made "A followed by B" where A had failed and the text says that they were.

    A drug that had failed is no course by itself beside its successor; given again and followed by B it is part of it.
    """
    joined = list(chosen)
    for regimen in regimens:
        followed = any(
            "followed" in o.joints and document.category(o.sentence) not in NOT_OWN for o in regimen.occurrences
        )
        parts = [r for r in joined if len(r.members) == 1 and r.keys < regimen.keys]
        whole = frozenset(key for r in parts for key in r.keys) == regimen.keys
        if followed and whole and any(failed_before(document, r.members[0]) for r in parts):
            place = joined.index(parts[0])
            joined = [r for r in joined if r not in parts]
            joined.insert(place, regimen)
    return tuple(joined)
