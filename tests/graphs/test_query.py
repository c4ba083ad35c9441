from __future__ import annotations

import pytest

from extractors.errors import InputError
from extractors.records import MentionType, Predicate
from graphs import query
from graphs.assembly import assemble
from graphs.names import fold
from graphs.store import Store
from graphs.topics import understand
from tests.graphs.fieldnotes import Notes


@pytest.fixture
def treated(store: Store) -> Store:
    Notes(1).says(
        "Rituximab cured cryoglobulinaemic vasculitis.", "rituximab", "treats", "cryoglobulinaemic vasculitis",
        effect="effective",
    ).says("Rituximab targets CD20.", "rituximab", "targets", "CD20").into(store)  # fmt: skip
    Notes(2).says("Belimumab failed in vasculitis.", "belimumab", "treats", "vasculitis", effect="ineffective").says(
        "Sjögren's syndrome is associated with lymphoma.", "Sjögren's syndrome", "associated_with", "lymphoma"
    ).says("Dry gangrene was treated by honey.", "honey", "treats", "Dry gangrene").into(store)
    assemble(store)
    return store


def test_treatments_of_a_disease_include_those_of_its_kinds(treated: Store) -> None:
    topic = understand(treated.connection, "Vasculitis")
    found = [(a.claim.claim.subject.name, a.claim.verdict) for a in query.treatments(treated.connection, topic)]
    assert sorted(found) == [("belimumab", "ineffective"), ("rituximab", "effective")]
    exact = understand(treated.connection, "vasculitis", kinds=False)
    assert [a.claim.claim.subject.name for a in query.treatments(treated.connection, exact)] == ["belimumab"]


def test_treatments_come_with_the_sentence_that_shows_them(treated: Store) -> None:
    topic = understand(treated.connection, "cryoglobulinemic vasculitis")
    (answer,) = query.treatments(treated.connection, topic)
    assert answer.source.quote == "Rituximab cured cryoglobulinaemic vasculitis."
    assert answer.source.pmid == "1"


def test_evidence_of_a_symmetric_claim_is_found_from_either_end(treated: Store) -> None:
    lymphoma = understand(treated.connection, "lymphoma")
    sjogren = understand(treated.connection, "Sjogren's syndrome")
    one = query.evidence(treated.connection, subject=lymphoma, object=sjogren)
    two = query.evidence(treated.connection, subject=sjogren, object=lymphoma)
    assert len(one) == 1
    assert one == two
    assert query.evidence(treated.connection, subject=lymphoma, predicates=(Predicate.TREATS,)) == ()


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("Sjogren", "MESH:D012859"),
        ("sjögren’s syndrome", "MESH:D012859"),
        ("Sjogrens disease", "MESH:D012859"),
        ("BLyS", "HGNC:11929"),
        ("b-cell activating factors", "HGNC:11929"),
        ("anti CD-20", "SICCA:anti-cd20"),
        ("cryoglobulinemic vasculitis", "SICCA:cryovas"),
        ("mesh:d014657", "MESH:D014657"),
        ("dry gangrenes", "text:Disease:dry gangrene"),
    ],
)
def test_names_are_understood_as_a_person_types_them(treated: Store, typed: str, id_: str) -> None:
    assert understand(treated.connection, typed).id == id_


def test_names_guessed_from_their_beginning_say_so(treated: Store) -> None:
    assert "Sjögren syndrome (MESH:D012859)" in understand(treated.connection, "Sjogren").note
    assert understand(treated.connection, "Sjögren disease").note == ""


@pytest.mark.parametrize(
    ("typed", "hint"), [("ritoximab", "rituximab"), ("vascullitis", "vasculitis"), ("qqq", "names")]
)
def test_names_unknown_are_answered_with_suggestions(treated: Store, typed: str, hint: str) -> None:
    with pytest.raises(InputError, match=hint):
        understand(treated.connection, typed)


def test_names_of_the_wrong_type_are_unknown(treated: Store) -> None:
    with pytest.raises(InputError, match="no disease named 'rituximab'"):
        understand(treated.connection, "rituximab", types=(MentionType.DISEASE,))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Sjögren's syndrome", "sjogren syndrome"),
        ("anti-CD20", "anti CD 20"),
        ("TNF-α", "TNFalpha"),
        ("cryoglobulinaemia", "Cryoglobulinemia"),
        ("B cells", "B-cell"),
        ("oedema", "edema"),
    ],
)
def test_fold_makes_equal_what_people_write_differently(one: str, two: str) -> None:
    assert fold(one) == fold(two)


@pytest.mark.parametrize(("one", "two"), [("IL-1", "IL-11"), ("lupus", "lupu"), ("CD20", "CD2"), ("IgG", "IgM")])
def test_fold_keeps_apart_what_differs(one: str, two: str) -> None:
    assert fold(one) != fold(two)
