"""The graph as tables of nodes and relationships, shared by every export to a property-graph database.

A claim and each of its evidence are nodes of their own, not parallel edges: (Concept)<-[SUBJECT]-(Claim)-[OBJECT]->
(Concept), (Evidence)-[STATES]->(Claim), (Evidence)-[IN_ARTICLE]->(Article), (Concept)-[IS_A]->(Concept).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graphs.store import claims, concepts, rows

#: A value of a property; None is not stated.
Value = str | int | float | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class NodeTable:
    """Nodes of one label: the properties with their types (string, int, float, boolean), the key first."""

    label: str
    properties: tuple[tuple[str, str], ...]
    read: Callable[[sqlite3.Connection], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class RelationTable:
    """Relationships of one type between the keys of two labels."""

    type: str
    start: str
    end: str
    read: Callable[[sqlite3.Connection], Iterator[tuple[str, str]]]


def _concepts(connection: sqlite3.Connection) -> Iterator[Row]:
    yield from rows.nodes(connection)


def _claims(connection: sqlite3.Connection) -> Iterator[Row]:
    for item in claims.read(connection):
        claim = item.claim
        yield (
            item.id,
            str(claim.predicate),
            item.verdict,
            round(item.belief, 6),
            round(item.opposed, 6),
            item.evidence,
            item.articles,
            item.studies,
            item.patients_low,
            item.patients_high,
            item.first_year,
            item.last_year,
        )


def _is_a(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    known = {row[0] for row in rows.nodes(connection)}
    for concept in concepts.read(connection):
        if concept.curie in known:
            yield from ((concept.curie, parent) for parent in concept.parents if parent in known)


NODES = (
    NodeTable(
        "Concept", (("id", "string"), ("name", "string"), ("type", "string"), ("linked", "boolean")), _concepts
    ),
    NodeTable(
        "Claim",
        (
            ("id", "string"), ("predicate", "string"), ("verdict", "string"), ("belief", "float"), ("opposed", "float"),
            ("evidence", "int"), ("articles", "int"), ("studies", "int"), ("patients_low", "int"),
            ("patients_high", "int"), ("first_year", "int"), ("last_year", "int"),
        ),
        _claims,
    ),
    NodeTable(
        "Article",
        (
            ("id", "string"), ("title", "string"), ("journal", "string"), ("year", "int"), ("doi", "string"),
            ("design", "string"), ("n", "int"), ("retracted", "boolean"), ("synthetic", "boolean"),
        ),
        rows.articles,
    ),
    NodeTable(
        "Evidence",
        (
            ("id", "string"), ("sentence", "string"), ("section", "string"), ("effect", "string"),
            ("negated", "boolean"), ("certainty", "string"), ("score", "float"), ("extractor", "string"),
            ("origin", "string"),
        ),
        rows.evidence,
    ),
)  # fmt: skip
RELATIONS = (
    RelationTable("SUBJECT", "Claim", "Concept", rows.claim_subjects),
    RelationTable("OBJECT", "Claim", "Concept", rows.claim_objects),
    RelationTable("STATES", "Evidence", "Claim", rows.evidence_claims),
    RelationTable("IN_ARTICLE", "Evidence", "Article", rows.evidence_articles),
    RelationTable("IS_A", "Concept", "Concept", _is_a),
)
