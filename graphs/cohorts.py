"""Which articles report the same study, and which may share patients, so that a patient is counted once.

Certain (a cluster): two primary reports with the same trial registration, or that NLM links as one an update, a
republication or a correction of the other. Possible (a cohort, which holds whole clusters): reports of the same
treatment within six years by three of the same persons, or by two of them from the same centre; a comment and what it
comments on. Reviews are never joined: they retell many studies.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterator

from extractors.values import StudyDesign
from graphs.belief import SECONDARY
from graphs.store import shared_reports, studies
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
    """Write every article's cluster and cohort; the caller holds the transaction.

    Articles are looked at one by one and compared by sorting in the store: in memory stay 16 bytes an article.
    """
    last = studies.last_row(connection)
    clusters, cohorts = _Groups(last), _Groups(last)
    shared_reports.begin(connection)
    for facts in studies.facts(connection):
        for kind, other in facts.links:
            if kind in SAME_REPORT | COMMENT and (row := studies.row_of(connection, other)) is not None:
                cohorts.join(facts.row, row)
                if kind in SAME_REPORT:
                    clusters.join(facts.row, row)
        shared_reports.add_numbers(connection, facts.row, _own_trials(facts))
        if facts.design not in NO_PATIENTS:
            persons, drugs = sorted(set(facts.authors)), studies.drugs(connection, facts.row)
            shared_reports.add_persons(connection, facts.row, facts.year, drugs, persons)
    for one, two in shared_reports.same_number(connection):
        clusters.join(one, two)
        cohorts.join(one, two)
    for one, two in _perhaps_same_patients(connection):
        cohorts.join(one, two)
    shared_reports.end(connection)
    studies.write(connection, clusters.members(), cohorts.members())


def _own_trials(facts: StudyFacts) -> list[str]:
    """Return the registrations of the trial that an article reports; none where it retells or pools several."""
    numbers = {number for text in facts.registrations for number in REGISTRATION.findall(text.upper())}
    own = facts.design not in SECONDARY and len(numbers) <= MOST_REGISTRATIONS
    return sorted(numbers) if own else []


def _perhaps_same_patients(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles on one treatment whose authors suggest the same patients."""
    found = shared_reports.same_persons(
        connection, most_years=MOST_YEARS, most_reports=MOST_REPORTS, least=SHARED_AUTHORS_OF_A_CENTRE
    )
    for one, two, persons in found:
        if persons >= SHARED_AUTHORS or _centres(connection, one) & _centres(connection, two):
            yield one, two


def _centres(connection: sqlite3.Connection, row: int) -> set[str]:
    places = studies.affiliations(connection, row)
    parts = (part.strip().casefold() for place in places for part in re.split("[,;]", place))
    return {part for part in parts if INSTITUTION.search(part)}


class _Groups:
    """Rows that belong together (union-find), in an array: a dictionary of them would take twenty times as much."""

    def __init__(self, last: int) -> None:
        self._parent = array("q", range(last + 1))

    def join(self, one: int, two: int) -> None:
        """Note that two rows belong together."""
        first, second = sorted((self._root(one), self._root(two)))
        self._parent[second] = first

    def members(self) -> Iterator[tuple[int, int]]:
        """Yield (row, its group's first row) of all that have company; the first row itself comes more than once."""
        for row, parent in enumerate(self._parent):
            if parent != row:
                root = self._root(row)
                yield root, root
                yield row, root

    def _root(self, row: int) -> int:
        parent = self._parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row
