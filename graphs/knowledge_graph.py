"""The networkx view: nodes are concepts and unlinked arguments, edges are claims. Rebuilt from the store at will."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from extractors.records import Argument
from graphs.answers import AssembledClaim
from graphs.store import claims

if TYPE_CHECKING:
    import networkx


def build(connection: sqlite3.Connection) -> networkx.MultiDiGraph:
    """Return the graph; nodes are keyed by id, parallel edges by predicate, in content order.

    A symmetric claim is one edge from the smaller id to the larger, marked `symmetric`.
    """
    import networkx as nx

    graph = nx.MultiDiGraph(name="sicca")
    found = [claim for claim in claims.read(connection) if claim.evidence]
    nodes = {end.key: end for item in found for end in (item.claim.subject, item.claim.object)}
    for id_, argument in sorted(nodes.items()):
        graph.add_node(id_, **node_values(argument))
    for item in found:
        claim = item.claim
        graph.add_edge(claim.subject.key, claim.object.key, key=str(claim.predicate), **edge_values(item))
    return graph


def node_values(argument: Argument) -> dict[str, str | bool]:
    """Return a node's attributes."""
    return {"label": argument.name, "type": str(argument.type), "linked": argument.concept is not None}


def edge_values(item: AssembledClaim) -> dict[str, Any]:
    """Return an edge's attributes; GraphML knows no null, so what is not stated is left out."""
    values = {
        "claim": item.id,
        "predicate": str(item.claim.predicate),
        "symmetric": item.claim.predicate.symmetric,
        "verdict": item.verdict,
        "belief": round(item.belief, 6),
        "opposed": round(item.opposed, 6),
        "evidence": item.evidence,
        "articles": item.articles,
        "studies": item.studies,
        "patients_low": item.patients_low,
        "patients_high": item.patients_high,
        "first_year": item.first_year,
        "last_year": item.last_year,
    }
    return {key: value for key, value in values.items() if value is not None}
