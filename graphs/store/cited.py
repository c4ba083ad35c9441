"""What is shown of the article that a sentence stands in, beside evidence and courses alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractors.records import StudyDesign

#: What `cited` expects, of an article `a`.
COLUMNS = (
    "a.year, a.journal, a.design, a.n, a.retracted, a.concern, a.corrected, a.synthetic, a.cluster, a.cohort,"
    " a.title, a.doi"
)
#: The last fields of `Source` and `CourseSource`, from the year on.
_Cited = tuple[
    int | None, str | None, StudyDesign, int | None, bool, bool, bool, bool, str | None, str | None, str, str | None
]


def cited(values: Sequence[Any]) -> _Cited:
    """Return what `Source` and `CourseSource` hold of an article, from the values of `COLUMNS`."""
    year, journal, design, n, retracted, concern, corrected, synthetic, *named = values
    cluster, cohort, title, doi = named
    notices = bool(retracted), bool(concern), bool(corrected), bool(synthetic)
    return year, journal, StudyDesign(design), n, *notices, cluster, cohort, title, doi
