"""The records that cross a boundary, and nothing else.

Every offset is a Unicode code point into `Article.text`, which is title + "\\n" + abstract; ends are exclusive.
Records are frozen, compare by value and hold tuples, so that they can be hashed, pickled to a worker and stored
without a second thought. What can be derived is a property.
"""

from extractors.records.article import (
    FIRST_SYNTHETIC_PMID,
    LAST_SYNTHETIC_PMID,
    Article,
    Author,
    Correction,
    ForeignAbstract,
    MeshHeading,
    Passage,
)
from extractors.records.claim import Argument, Claim, Evidence
from extractors.records.course import Course, Endpoint
from extractors.records.identity import Span, content_hash
from extractors.records.mention import Concept, Mention, Sentence
from extractors.records.statistic import Statistic
from extractors.records.study import Study
from extractors.values import Certainty, Effect, MentionType, Origin, Predicate, StudyDesign

__all__ = [
    "FIRST_SYNTHETIC_PMID",
    "LAST_SYNTHETIC_PMID",
    "Argument",
    "Article",
    "Author",
    "Certainty",
    "Claim",
    "Concept",
    "Correction",
    "Course",
    "Effect",
    "Endpoint",
    "Evidence",
    "ForeignAbstract",
    "Mention",
    "MentionType",
    "MeshHeading",
    "Origin",
    "Passage",
    "Predicate",
    "Sentence",
    "Span",
    "Statistic",
    "Study",
    "StudyDesign",
    "content_hash",
]
