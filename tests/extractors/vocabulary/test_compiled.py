"""A small vocabulary is compiled and read back; the shipped one knows what it must."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import InputError
from extractors.values import MentionType
from extractors.vocabulary import compiled
from extractors.vocabulary.build import compile_vocabulary, write
from extractors.vocabulary.compiled import CompiledVocabulary, read
from extractors.vocabulary.folding import fold
from extractors.vocabulary.keys import is_short_form, key
from extractors.vocabulary.sources import Entry

DISEASE = frozenset({MentionType.DISEASE})
ENTRIES = (
    Entry("T:kidney", "Kidney Diseases", (), DISEASE, (1, 2)),
    Entry("T:failure", "Renal Insufficiency", ("Failure, Renal", "RFX"), DISEASE, (1, 2), ("T:kidney", "T:unknown")),
    Entry("T:same", "kidney failure", ("uraemic failure",), DISEASE, (5, 6), same="T:failure"),
    Entry("T:other", "Renal insufficiency of the newborn", ("renal failure",), DISEASE, (5, 6), same="T:absent"),
)


@pytest.fixture
def small(tmp_path: Path) -> CompiledVocabulary:
    assert write(ENTRIES, tmp_path / "small.npz") == (3, 8)
    return read(tmp_path / "small.npz")


def test_candidates_are_found_by_names_in_any_order_best_first(small: CompiledVocabulary) -> None:
    found = small.candidates(fold("renal failures"))
    assert [(c.curie, c.trust) for c in found] == [("T:failure", 2), ("T:other", 6)]


def test_names_of_the_same_concept_elsewhere_are_added_to_it(small: CompiledVocabulary) -> None:
    assert [c.curie for c in small.candidates(fold("failure uremic"))] == ["T:failure"]
    assert "T:same" not in small


def test_short_forms_are_marked(small: CompiledVocabulary) -> None:
    (found,) = small.candidates(fold("RFX"))
    assert found.short


def test_concept_has_name_type_and_known_parents(small: CompiledVocabulary) -> None:
    concept = small.concept("T:failure")
    assert (concept.name, concept.type, concept.parents) == ("Renal Insufficiency", MentionType.DISEASE, ("T:kidney",))
    with pytest.raises(KeyError):
        small.concept("T:same")


def test_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    write(ENTRIES, tmp_path / "one.npz")
    write(ENTRIES, tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_compile_says_which_source_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"mesh_id_label_mappings\.tsv: missing"):
        compile_vocabulary(tmp_path, tmp_path / "out.npz")


def test_compile_refuses_another_version_of_a_source(tmp_path: Path) -> None:
    (tmp_path / "mesh_id_label_mappings.tsv").write_text("D000001\tName\t\tC01\t\n")
    with pytest.raises(InputError, match="sha256"):
        compile_vocabulary(tmp_path, tmp_path / "out.npz")


@pytest.mark.parametrize(
    ("name", "kind", "curie"),
    [
        ("Sjögren's syndrome", MentionType.DISEASE, "MESH:D012859"),
        ("rituximab", MentionType.DRUG, "MESH:D000069283"),
        ("Interleukin 6", MentionType.PROTEIN, "HGNC:6018"),
        ("carcinoma of the breast", MentionType.DISEASE, "MESH:D001943"),
        ("quetiapine", MentionType.DRUG, "MESH:D000069348"),
        ("B-lymphocytes", MentionType.CELL, "MESH:D001402"),
    ],
)
def test_shipped_vocabulary_knows(name: str, kind: MentionType, curie: str) -> None:
    assert curie in {c.curie for c in compiled.shipped().candidates(fold(name)) if kind in c.types}


def test_shipped_hierarchy_leads_from_cryoglobulinaemia_up() -> None:
    assert "MESH:D010265" in compiled.shipped().concept("MESH:D003449").parents  # Paraproteinemias


@given(st.permutations(["failure", "renal", "of", "the", "chronic"]))
def test_key_does_not_depend_on_the_order_of_words(pieces: list[str]) -> None:
    assert key(pieces) == key(["renal", "failure", "chronic"])


def test_key_keeps_positions_in_chemical_names_apart() -> None:
    assert key(fold("2-amino-3-methylbutane")) != key(fold("3-amino-2-methylbutane"))


@pytest.mark.parametrize(
    ("name", "short"),
    [("MS", True), ("IL-6", True), ("pSS", True), ("mTOR", True), ("CsA", True), ("B cell", False), ("Men", False)],
)
def test_is_short_form(name: str, short: bool) -> None:
    assert is_short_form(name) is short
