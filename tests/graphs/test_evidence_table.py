from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import evidence_table, knowledge_graph
from graphs.assembly import assemble
from graphs.exports import graphml
from graphs.store import Store, claims
from tests.graphs.fieldnotes import Notes


def table(store: Store) -> str:
    stream = io.StringIO()
    evidence_table.write(claims.all_sources(store.connection), stream)
    return stream.getvalue()


def test_evidence_table_gives_the_sentence_and_its_place(store: Store) -> None:
    Notes(7, n=30).says("=RTX, “really”, treats vasculitis.", "RTX", "treats", "vasculitis", effect="effective").into(
        store
    )
    assemble(store)
    (row,) = csv.DictReader(io.StringIO(table(store)))
    assert row["sentence"] == "'=RTX, “really”, treats vasculitis."
    assert (row["pmid"], row["section"], row["design"], row["n"]) == ("7", "results", "cohort", "30")
    assert (row["subject"], row["predicate"], row["object"]) == ("rituximab", "treats", "vasculitis")
    assert (row["effect"], row["negated"], row["certainty"]) == ("effective", "no", "asserted")
    assert row["origin"] == "novel"
    assert (row["subject_text"], row["subject_id"]) == ("RTX", "MESH:D000069283")


def test_evidence_table_is_the_same_to_the_byte_whatever_came_first(tmp_path: object) -> None:
    tables = []
    for number, order in enumerate(((1, 2), (2, 1))):
        with Store(f"{tmp_path}/{number}.db") as store:
            for pmid in order:
                Notes(pmid).says("RTX helps vasculitis.", "RTX", "treats", "vasculitis").into(store)
            tables.append(table(store))
    assert tables[0] == tables[1]


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\t=1"])
def test_formulas_are_neutralised(cell: str) -> None:
    assert evidence_table.neutralise(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["\r=1+1", "a\r=1+1"])
def test_a_carriage_return_begins_no_row(cell: str) -> None:
    assert "\r" not in evidence_table.neutralise(cell)
    assert not evidence_table.neutralise(cell).lstrip().startswith("=")


@pytest.mark.parametrize("cell", ["-0.5", "+3", "rituximab", "", "a=b", "−5"])
def test_what_is_no_formula_stays(cell: str) -> None:
    assert evidence_table.neutralise(cell) == cell


@given(st.text())
def test_no_cell_starts_a_formula(cell: str) -> None:
    found = evidence_table.neutralise(cell)
    assert not found.startswith(evidence_table.FORMULA_STARTS) or float(found) == float(cell)


def test_knowledge_graph_has_an_edge_a_claim_and_survives_graphml(store: Store) -> None:
    import networkx as nx

    Notes(1).says("RTX helps vasculitis & pain.", "RTX", "treats", "vasculitis", effect="effective").says(
        "RTX targets CD20.", "RTX", "targets", "CD20"
    ).into(store)
    assemble(store)
    graph = knowledge_graph.build(store.connection)
    path = store.path.with_name("graph.graphml")
    graphml.write(store.connection, path)
    again = nx.read_graphml(path, force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert sorted(again.edges(keys=True)) == sorted(graph.edges(keys=True))
    assert again.edges["MESH:D000069283", "MESH:D014657", "treats"]["verdict"] == "effective"
