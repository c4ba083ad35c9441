"""The readers of published vocabularies, on tables written for it in their form."""

import json
from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.values import MentionType
from extractors.vocabulary.additions import gene_products, substances, usage
from extractors.vocabulary.sources import hgnc, mesh_headings, mesh_supplements, ontology

HEADINGS = (
    "D000001\tKidney Diseases\tDisease, Kidney|Nephropathies\tC12.100|C13.200\t\n"
    "D000002\tRenal Insufficiency\tKidney Insufficiency\tC12.100.500\t\n"
    "D000003\tFoofumab Fumarate\tFoo Fumarate\tD02.100\t\n"
    "D000004\tBar Receptor\tBARR Protein\tD12.776\t\n"
    "D000005\tNursing Homes\t\tN02.1\t\n"
)
GENES = (
    "HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tNCBI\tUniProt\tMGI\tRGD\tPrevious\tEnsembl\tType\n"
    "HGNC:1\tBARR\tbar receptor\tApproved\tBR1, BR2\t\t\t\t\tOLDBR\t\tgene with protein product\n"
    "HGNC:2\tBARRP1\tbar receptor pseudogene 1\tApproved\t\t\t\t\t\t\t\tpseudogene\n"
    "HGNC:3\tGONE\tgone\tEntry Withdrawn\t\t\t\t\t\t\t\tgene with protein product\n"
)


@pytest.fixture
def headings(tmp_path: Path) -> Path:
    (tmp_path / "headings.tsv").write_text(HEADINGS)
    return tmp_path / "headings.tsv"


def test_mesh_headings_have_types_and_parents_of_their_trees(headings: Path) -> None:
    entries = {e.curie: e for e in mesh_headings(headings)}
    assert entries["MESH:D000002"].parents == ("MESH:D000001",)
    assert entries["MESH:D000001"].types == {MentionType.DISEASE}
    assert entries["MESH:D000004"].types == {MentionType.DRUG, MentionType.PROTEIN}
    assert entries["MESH:D000003"].former == ("Foofumab",)
    assert "MESH:D000005" not in entries


def test_mesh_supplements_take_the_types_of_what_they_are_mapped_to(headings: Path, tmp_path: Path) -> None:
    path = tmp_path / "supplements.tsv"
    path.write_text("C000001\tfoo acid\tFA\tD000003\nC000002\tBARR protein, human\t\tD000004\nC000003\tx\t\tD999999\n")
    (entry,) = mesh_supplements(path, mesh_headings(headings))
    assert (entry.curie, entry.parents) == ("MESH:C000001", ("MESH:D000003",))
    assert entry.types == {MentionType.DRUG}


def test_hgnc_leaves_out_pseudogenes_and_withdrawn_symbols(tmp_path: Path) -> None:
    (tmp_path / "genes.tsv").write_text(GENES)
    (entry,) = hgnc(tmp_path / "genes.tsv")
    assert (entry.name, entry.synonyms, entry.former) == ("BARR", ("bar receptor", "BR1", "BR2"), ("OLDBR",))


def test_gene_products_are_names_of_the_gene(headings: Path, tmp_path: Path) -> None:
    (tmp_path / "genes.tsv").write_text(GENES)
    (entry,) = gene_products(mesh_headings(headings), hgnc(tmp_path / "genes.tsv"))
    assert (entry.name, entry.same) == ("Bar Receptor", "HGNC:1")


def test_ontology_says_which_mesh_heading_a_term_is(tmp_path: Path) -> None:
    term = {"id": "0000001", "name": "nephropathy", "namespace": "x", "relations": {"is_a": ["0000002"]}}
    old = {"id": "0000003", "name": "obsolete thing", "namespace": "x"}
    path = tmp_path / "terms.json"
    path.write_text(json.dumps([term | {"xrefs": [{"namespace": "MESH", "id": "D000001"}]}, old]))
    (entry,) = ontology(path, "MONDO", MentionType.DISEASE)
    assert (entry.curie, entry.same, entry.parents) == ("MONDO:0000001", "MESH:D000001", ("MONDO:0000002",))


def test_substances_join_by_a_shared_name(headings: Path, tmp_path: Path) -> None:
    path = tmp_path / "unii.txt"
    rows = [
        ("FOO FUMARATE [INN]", "of", "U1"),
        ("XYZ-123", "cd", "U1"),
        ("3-SYSTEMATIC", "sys", "U1"),
        ("Z", "cn", "U2"),
    ]
    path.write_text("".join(f"{name}\t{kind}\t{unii}\t{name}\n" for name, kind, unii in rows))
    (entry,) = substances(path, mesh_headings(headings))
    assert (entry.same, entry.synonyms) == ("MESH:D000003", ("FOO FUMARATE", "XYZ-123"))


def test_usage_keeps_what_annotators_agree_on(tmp_path: Path) -> None:
    rows = [
        ("1", "sick kidney", "D000001"),
        ("2", "Sick kidneys", "MESH:D000001"),
        ("1", "odd", "D000001"),
        ("2", "odd", "D000002"),
        ("1", "KD", "D000001"),
        ("1", "both", "D000001|D000002"),
    ]
    path = tmp_path / "a.pubtator"
    path.write_text("1|t|Title\n" + "".join(f"{pmid}\t0\t3\t{text}\tDisease\t{key}\n" for pmid, text, key in rows))
    (entry,) = usage([path])
    assert (entry.name, entry.same) == ("sick kidney", "MESH:D000001")


def test_a_table_with_too_few_columns_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "headings.tsv").write_text("D000001\tonly\n")
    with pytest.raises(InputError, match=r"headings\.tsv:1: 2 columns"):
        list(mesh_headings(tmp_path / "headings.tsv"))
