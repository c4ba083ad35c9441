"""The graph over Bolt into a graph server, by idempotent MERGE: writing it again changes nothing.

Tested against ArcadeDB's Bolt server; the statements are plain Cypher (UNWIND, MERGE, SET) and are documented for
Neo4j, where they have not been tested. What the store no longer holds is deleted from the server by its `sicca` mark.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from extractors.errors import SiccaError
from graphs.exports.extras import load
from graphs.exports.property_graph import NODES, RELATIONS

#: Rows sent in one transaction.
BATCH = 1000


def write(connection: sqlite3.Connection, url: str, *, user: str, password: str, database: str | None) -> int:
    """Merge all nodes and relationships into the server's database; returns how many were sent.

    Raises SiccaError that names the server where it cannot be reached or refuses.
    """
    neo4j = load("neo4j", extra="bolt")
    try:
        with neo4j.GraphDatabase.driver(url, auth=(user, password)) as driver:
            driver.verify_connectivity()
            with driver.session(database=database) as session:
                return sum(
                    session.execute_write(_run, statement, batch)
                    for statement, rows in statements(connection)
                    for batch in _batches(rows)
                )
    except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError, OSError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SiccaError(f"{url}: the graph server cannot be written to: {reason}") from error


def statements(connection: sqlite3.Connection) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """Yield each Cypher statement with the rows it is to be run on, nodes first."""
    for table in NODES:
        names = [name for name, _ in table.properties]
        yield (
            f"UNWIND $rows AS row MERGE (n:{table.label} {{id: row.id}}) SET n += row",
            ({n: v for n, v in zip(names, row, strict=True) if v is not None} for row in table.read(connection)),
        )
    for relation in RELATIONS:
        yield (
            f"UNWIND $rows AS row MATCH (a:{relation.start} {{id: row.start}}), (b:{relation.end} {{id: row.end}})"
            f" MERGE (a)-[:{relation.type}]->(b)",
            ({"start": start, "end": end} for start, end in relation.read(connection)),
        )


def _run(transaction: Any, statement: str, rows: list[dict[str, Any]]) -> int:
    transaction.run(statement, rows=rows).consume()
    return len(rows)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
