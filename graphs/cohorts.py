"""Which articles report the same study, and which may share patients, so that a patient is counted once.

Certain (a cluster): two primary reports with the same trial registration, or that NLM links as one an update, a
republication or a correction of the other. Possible (a cohort, which holds whole clusters): reports of the same
treatment within six years by three of the same persons, or by two of them from the same centre; a comment and what it
comments on. Reviews are never joined: they retell many studies.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from extractors.values import StudyDesign
from graphs.belief import SECONDARY
from graphs.store import studies
from graphs.store.studies import StudyFacts

#: Numbers of ClinicalTrials.gov, EudraCT, EU CT, ISRCTN, UMIN, ACTRN, ChiCTR, DRKS, NTR, IRCT, CTRI, jRCT and CRIS.
REGISTRATION = re.compile(
    r"(?:NCT\d{8}|\d{4}-\d{6}-\d{2}(?:-\d{2})?|2\d{3}-5\d{5}-\d{2}-\d{2}|ISRCTN\d{6,}|UMIN\w*\d{6,}|ACTRN\d{10,}"
    r"|CHICTR[\w-]*\d{6,}|DRKS\d{8}|NTR\d{3,}|NL\d{3,}|IRCT\w*\d{6,}|CTRI\S*\d{4,}|JRCT\w*\d{6,}|KCT\d{6,})"
)
#: An article with more registrations than these pools trials and is none of them.
MOST_REGISTRATIONS = 3
#: NLM's links (RefType) between two records of one report.
SAME_REPORT = frozenset(
    {
        "UpdateIn", "UpdateOf", "RepublishedIn", "RepublishedFrom", "CorrectedandRepublishedIn",
        "CorrectedandRepublishedFrom", "ErratumIn", "ErratumFor", "ReprintIn", "ReprintOf", "OriginalReportIn",
        "SummaryForPatientsIn", "RetractionIn", "RetractionOf", "PartialRetractionIn", "PartialRetractionOf",
        "ExpressionOfConcernIn", "ExpressionOfConcernFor",
    }
)  # fmt: skip
#: NLM's links between a report and what is said of it.
COMMENT = frozenset({"CommentIn", "CommentOn"})
#: Years between the first and the last report of one cohort's patients.
MOST_YEARS = 6
#: A name that more reports on one treatment carry is several persons' ("Wang, y"), and tells nothing.
MOST_REPORTS = 50
#: Persons that two reports must share, without and with a centre in common.
SHARED_AUTHORS, SHARED_AUTHORS_OF_A_CENTRE = 3, 2
INSTITUTION = re.compile(
    r"universi|hospital|institut|h[oô]pital|ospedale|clini[ck]|cent(?:re|er)|policlinic|charit", re.I
)
#: Not a study of patients.
NO_PATIENTS = frozenset({StudyDesign.PRECLINICAL_IN_VITRO, StudyDesign.PRECLINICAL_IN_VIVO}) | SECONDARY


def assign(connection: sqlite3.Connection) -> None:
    """Write every article's cluster and cohort; the caller holds the transaction."""
    found = tuple(studies.facts(connection))
    clusters = _join(found, _same_study(found))
    cohorts = _join(found, [*_same_study(found), *_perhaps_same_patients(found)])
    studies.write(connection, ((f.article, clusters.get(f.article), cohorts.get(f.article)) for f in found))


def _same_study(found: Iterable[StudyFacts]) -> list[tuple[str, str]]:
    """Return pairs of articles that certainly report one study."""
    pairs: list[tuple[str, str]] = []
    by_registration: dict[str, str] = {}
    for facts in found:
        pairs += [(facts.article, other) for kind, other in facts.links if kind in SAME_REPORT]
        numbers = {number for text in facts.registrations for number in REGISTRATION.findall(text.upper())}
        if facts.design not in SECONDARY and len(numbers) <= MOST_REGISTRATIONS:
            pairs += [(by_registration.setdefault(number, facts.article), facts.article) for number in sorted(numbers)]
    return pairs


def _perhaps_same_patients(found: Iterable[StudyFacts]) -> list[tuple[str, str]]:
    """Return pairs of articles that may report the same patients."""
    pairs: list[tuple[str, str]] = []
    blocks: dict[tuple[str, str], list[StudyFacts]] = {}
    for facts in found:
        pairs += [(facts.article, other) for kind, other in facts.links if kind in COMMENT]
        if facts.design not in NO_PATIENTS:
            for drug in facts.drugs:
                for author in sorted(set(facts.authors)):
                    blocks.setdefault((drug, author), []).append(facts)
    shared: Counter[tuple[str, str, str]] = Counter()
    by_article: dict[str, StudyFacts] = {}
    for (drug, _), reports in blocks.items():
        if 1 < len(reports) <= MOST_REPORTS:
            for one, two in combinations(reports, 2):
                if abs((one.year or 0) - (two.year or 0)) <= MOST_YEARS:
                    shared[drug, one.article, two.article] += 1
                    by_article[one.article], by_article[two.article] = one, two
    for (_, one_id, two_id), count in shared.items():
        near = count >= SHARED_AUTHORS_OF_A_CENTRE and _share_a_centre(by_article[one_id], by_article[two_id])
        if near or count >= SHARED_AUTHORS:
            pairs.append((one_id, two_id))
    return pairs


def _share_a_centre(one: StudyFacts, two: StudyFacts) -> bool:
    return bool(_centres(one) & _centres(two))


def _centres(facts: StudyFacts) -> set[str]:
    parts = (part.strip().casefold() for place in facts.affiliations for part in re.split("[,;]", place))
    return {part for part in parts if INSTITUTION.search(part)}


def _join(found: Iterable[StudyFacts], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the group of each article that has company, named after the group's smallest id (union-find)."""
    parent = {facts.article: facts.article for facts in found}

    def root(article: str) -> str:
        while parent[article] != article:
            parent[article] = parent[parent[article]]
            article = parent[article]
        return article

    for one, two in pairs:
        # A link may lead to an article that the store does not hold.
        if one in parent and two in parent:
            first, second = sorted((root(one), root(two)))
            parent[second] = first
    groups = {article: root(article) for article in parent}
    size = Counter(groups.values())
    return {article: group for article, group in groups.items() if size[group] > 1}
