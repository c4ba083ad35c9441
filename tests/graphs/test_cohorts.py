from __future__ import annotations

import pytest

from extractors.records import Author, Correction
from extractors.values import StudyDesign
from graphs.assembly import assemble
from graphs.store import Store, claims
from tests.graphs.fieldnotes import Notes

PARIS = "Department of Rheumatology, University Hospital Saint-Elsewhere, Paris, France"
TEAM = tuple(Author(family, initials="A", affiliations=(PARIS,)) for family in ("Roe", "Poe", "Moe", "Doe"))


def report(pmid: int, **fields: object) -> Notes:
    notes = Notes(pmid, **{"n": 20, **fields})  # type: ignore[arg-type]
    return notes.says("RTX helps vasculitis.", "RTX", "treats", "vasculitis", effect="effective")


def groups(store: Store) -> dict[str, tuple[str | None, str | None]]:
    assemble(store)
    rows = store.connection.execute("SELECT id, cluster, cohort FROM article")
    return {id_: (cluster, cohort) for id_, cluster, cohort in rows}


def patients(store: Store) -> tuple[int | None, int | None, int]:
    (claim,) = claims.read(store.connection)
    return claim.patients_low, claim.patients_high, claim.studies


def test_cohorts_same_registration_is_one_study(store: Store) -> None:
    report(1, registrations=("NCT00000001",)).into(store)
    report(2, accessions=(("ClinicalTrials.gov", "NCT00000001"),), n=12).into(store)
    report(3, registrations=("NCT00000002",)).into(store)
    assert groups(store) == {"PMID:1": ("PMID:1", "PMID:1"), "PMID:2": ("PMID:1", "PMID:1"), "PMID:3": (None, None)}
    assert patients(store) == (40, 40, 2)


def test_cohorts_update_is_the_same_study_and_a_comment_perhaps(store: Store) -> None:
    report(1).into(store)
    report(2, corrections=(Correction("UpdateOf", "1"),)).into(store)
    report(3, corrections=(Correction("CommentOn", "1"), Correction("CommentOn", "99"))).into(store)
    found = groups(store)
    assert found["PMID:2"] == ("PMID:1", "PMID:1")
    assert found["PMID:3"] == (None, "PMID:1")
    assert patients(store) == (20, 40, 1)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ({"authors": TEAM}, {"authors": TEAM[:3]}, True),
        ({"authors": TEAM}, {"authors": TEAM[:2]}, True),
        ({"authors": TEAM}, {"authors": TEAM[:1]}, False),
        ({"authors": TEAM, "year": 2010}, {"authors": TEAM, "year": 2020}, False),
        ({"authors": TEAM}, {"authors": TEAM, "design": StudyDesign.REVIEW}, False),
        ({"authors": TEAM}, {"authors": tuple(Author(f, initials="A") for f in ("Roe", "Poe"))}, False),
        ({"authors": TEAM}, {"authors": tuple(Author(f, initials="A") for f in ("Roe", "Poe", "Moe"))}, True),
    ],
)
def test_cohorts_same_team_drug_and_time_may_share_patients(
    store: Store, first: dict[str, object], second: dict[str, object], together: bool
) -> None:
    report(1, **first).into(store)
    report(2, **second).into(store)
    assert groups(store)["PMID:2"] == (None, "PMID:1" if together else None)


def test_cohorts_dissolve_when_the_link_goes(store: Store) -> None:
    report(1, registrations=("NCT00000001",)).into(store)
    report(2, registrations=("NCT00000001",)).into(store)
    assemble(store)
    assert patients(store) == (20, 20, 1)
    report(2).into(store)
    assert groups(store)["PMID:1"] == (None, None)
    assert patients(store) == (40, 40, 2)


def test_cohorts_review_that_names_the_trial_is_no_report_of_it(store: Store) -> None:
    report(1, registrations=("NCT00000001",)).into(store)
    report(2, registrations=("NCT00000001",), design=StudyDesign.META_ANALYSIS, n=500).into(store)
    assert groups(store)["PMID:2"] == (None, None)
    assert patients(store) == (20, 20, 2)
