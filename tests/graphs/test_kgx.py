"""The KGX export against the published Biolink model.

The package kgx itself cannot be installed beside a current Neo4j driver (it wants neo4j<5), nor biolink-model with its
dependencies as wheels; so the names that its YAML allows are kept here, taken from biolink-model 4.4.6.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from extractors.values import MentionType
from graphs.assembly import assemble
from graphs.exports import biolink, kgx
from graphs.store import Store
from tests.graphs.fieldnotes import Notes

MODEL: dict[str, Any] = json.loads(Path(__file__).with_name("biolink_model.json").read_text(encoding="utf-8"))
CURIE = re.compile(r"[A-Za-z][\w.-]*:\S+")


def named(terms: str) -> set[str]:
    """Terms of the model without their prefix; an unprefixed one stays, to be found wrong."""
    return {term.removeprefix("biolink:") for term in terms.split("|") if term}


@pytest.fixture
def files(store: Store, tmp_path: Path) -> tuple[Path, ...]:
    notes = Notes(990000001)
    for predicate, effect in (
        ("treats", "effective"),
        ("increases", None),
        ("predicts", "positive"),
        ("targets", None),
    ):
        notes = notes.says(f"RTX {predicate} BAFF.", "RTX", predicate, "BAFF", effect=effect)
    notes.says("Odd\tthing goes with pSS.", "Odd", "associated_with", "pSS").into(store)
    assemble(store)
    return kgx.write(store.connection, tmp_path)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert found
    assert all(None not in row and None not in row.values() for row in found), (
        "a row is wider or narrower than the head"
    )
    return found


def test_kgx_nodes_are_what_the_biolink_model_allows(files: tuple[Path, ...]) -> None:
    nodes = rows(files[0])
    for node in nodes:
        assert all(node[name] for name in MODEL["required_of_a_node"])
        assert CURIE.fullmatch(node["id"])
        assert node["category"].startswith("biolink:")
        assert named(node["category"]) <= set(MODEL["categories"])
    assert len({node["id"] for node in nodes}) == len(nodes)


def test_kgx_edges_are_what_the_biolink_model_allows(files: tuple[Path, ...]) -> None:
    known = {node["id"] for node in rows(files[0])}
    edges = rows(files[1])
    for edge in edges:
        assert all(edge[name] for name in MODEL["required_of_an_edge"])
        assert {edge["subject"], edge["object"]} <= known
        assert edge["predicate"].startswith("biolink:")
        assert named(edge["predicate"]) | named(edge["qualified_predicate"]) <= set(MODEL["predicates"])
        assert named(edge["category"]) <= set(MODEL["associations"])
        assert edge["negated"] in {"true", "false"}
        assert edge["primary_knowledge_source"].startswith("infores:")
        for name in ("object_aspect_qualifier", "object_direction_qualifier", "knowledge_level", "agent_type"):
            assert edge[name] in {*MODEL[name], ""}
        assert all(CURIE.fullmatch(paper) for paper in edge["publications"].split("|"))
    assert len({edge["id"] for edge in edges}) == len(edges)


def test_biolink_table_holds_only_terms_of_the_model() -> None:
    for row in biolink.load():
        assert named(row.biolink_predicate) | named(row.qualified_predicate) <= set(MODEL["predicates"])
        assert row.object_aspect in {*MODEL["object_aspect_qualifier"], ""}
        assert row.object_direction in {*MODEL["object_direction_qualifier"], ""}
    for type_ in MentionType:
        assert named(biolink.CATEGORIES[type_]) <= set(MODEL["categories"])
