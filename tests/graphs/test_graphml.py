from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from extractors.records import Correction
from graphs import knowledge_graph
from graphs.assembly import assemble
from graphs.exports import graphml
from graphs.store import Store
from tests.graphs.fieldnotes import Notes


def as_networkx_writes(store: Store) -> str:
    return "\n".join(nx.generate_graphml(knowledge_graph.build(store.connection), named_key_ids=True)) + "\n"


def written(store: Store, folder: Path) -> str:
    graphml.write(store.connection, folder / "graph.graphml")
    assert [path.name for path in folder.iterdir()] == ["graph.graphml"]
    return (folder / "graph.graphml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "graph").mkdir()
    return tmp_path / "graph"


def test_graphml_is_what_networkx_writes(store: Store, folder: Path) -> None:
    notes = Notes(1, year=2020, n=12).says("RTX helps vasculitis.", "RTX", "treats", "vasculitis", effect="effective")
    notes.says("RTX targets <CD20> & more.", "RTX", "targets", "CD20")
    notes.says("RTX is followed by belimumab.", "RTX", "followed_by", "belimumab")
    notes.says("RTX helps Sjögren's syndrome.", "RTX", "treats", "Sjögren's syndrome", effect="effective").into(store)
    notes = Notes(2, year=None).says("RTX does harm vasculitis.", "RTX", "causes_adverse_event", "vasculitis")
    notes.says('A & "Bé" are about <c>.', 'A & "Bé"', "associated_with", "<c>").into(store)
    Notes(3, corrections=(Correction("RetractionIn", "9"),)).says(
        "Zinc helps lymphoma.", "zinc", "treats", "lymphoma"
    ).into(store)
    assemble(store)
    assert written(store, folder) == as_networkx_writes(store)
    assert "zinc" not in written(store, folder)
    assert written(store, folder).count("<edge ") == 6


def test_graphml_declares_what_comes_first_first(store: Store, folder: Path) -> None:
    # The first edge states no patients and no year: those attributes come into use later, in another order.
    Notes(1, year=None, n=None).says("BAFF is in vasculitis.", "BAFF", "involved_in", "vasculitis").into(store)
    Notes(2, year=2001, n=None).says("CD20 is in lymphoma.", "CD20", "involved_in", "lymphoma").into(store)
    Notes(3, year=2001, n=5).says("RTX helps lymphoma.", "RTX", "treats", "lymphoma", effect="effective").into(store)
    assemble(store)
    assert written(store, folder) == as_networkx_writes(store)


def test_graphml_of_nothing_is_a_graph(store: Store, folder: Path) -> None:
    assert written(store, folder) == as_networkx_writes(store)
