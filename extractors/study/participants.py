"""How many participants were analysed: every count of the text, and sums of arms, ranked by learned weights."""

from __future__ import annotations

import math
import re

from extractors.document import Document, once_per_document
from extractors.linear import LinearModel, load_model
from extractors.records import Span
from extractors.statistics.numbers import COUNT, parse_number
from extractors.study.participant_counts import Candidate, candidates
from extractors.study.participant_features import candidate_features, null_features
from extractors.values import StudyDesign

#: The learned weights, see extractors/training/study.py.
MODEL = "study_participants"
#: Designs that have no participants of their own.
WITHOUT = frozenset(
    {StudyDesign.REVIEW, StudyDesign.GUIDELINE, StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.PRECLINICAL_IN_VITRO}
)
#: Designs whose abstracts nearly always state their number (all but two of 78 in gold train): the best is taken.
ALWAYS = frozenset(
    {StudyDesign.CASE_SERIES, StudyDesign.COHORT, StudyDesign.CASE_CONTROL, StudyDesign.NONRANDOMISED_TRIAL}
)
#: The person a case report is about.
PERSON = re.compile(
    r"\b(?:an?|the|one|our) (?:[\w-]+ ){0,5}?(?:patient|man|woman|boy|girl|child|infant|male|female|case)\b",
    re.IGNORECASE,
)
#: Several persons of what is indexed as a case report ("we present 2 cases").
REPORTED = re.compile(
    r"\b(?:report(?:ed)?|describe[ds]?|present(?:ed)?) (?:on |here )?(?:the )?(?:cases? (?:of )?)?"
    rf"(?P<count>(?!one\b|1\b){COUNT}) (?:[\w-]+ ){{0,4}}?"
    r"(?:cases|patients|women|men|children|siblings|sisters|brothers)\b",
    re.IGNORECASE,
)


@once_per_document
def count_participants(document: Document, design: StudyDesign) -> tuple[int, tuple[Span, ...]] | None:
    """Return the participants analysed and the spans of the number or of its addends; None where none is stated."""
    return rank_participants(document, design, load_model(MODEL))


def rank_participants(
    document: Document, design: StudyDesign, model: LinearModel
) -> tuple[int, tuple[Span, ...]] | None:
    """Return what `count_participants` does, by the weights of a model."""
    if design in WITHOUT:
        return None
    if design is StudyDesign.CASE_REPORT:
        reported = REPORTED.search(document.text)
        if reported:
            return int(parse_number(reported["count"])), (reported.span("count"),)
        person = PERSON.search(document.text)
        if person:
            return 1, (person.span(),)
        design = StudyDesign.CASE_SERIES  # indexed as a case report, but no single person is spoken of
    found = candidates(document)
    best = -math.inf if design in ALWAYS else model.score(null_features(design))
    chosen: Candidate | None = None
    for candidate in found:
        score = model.score(candidate_features(document, candidate, found, design))
        if score > best:
            best, chosen = score, candidate
    return (chosen.value, chosen.spans) if chosen else None
