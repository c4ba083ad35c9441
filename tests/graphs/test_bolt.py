"""The graph over Bolt against a real server: ArcadeDB's, from PyPI, in a process of its own on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphs.assembly import assemble
from graphs.exports import bolt
from graphs.store import Store
from tests.graphs.fieldnotes import Notes

PASSWORD = "only-for-this-test"  # noqa: S105 (a server on loopback that lives for one test)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    pytest.importorskip("arcadedb_embedded")
    ports = free_port(), free_port()
    script = Path(__file__).with_name("bolt_server.py")
    command = [sys.executable, str(script), str(tmp_path / "server"), *map(str, ports), PASSWORD]
    log = (tmp_path / "server.log").open("w")
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert server.stdout is not None
        ready = any(line.strip() == "ready" for line in server.stdout)
        assert ready, (tmp_path / "server.log").read_text()
        yield f"bolt://127.0.0.1:{ports[1]}"
    finally:
        server.kill()
        server.communicate()
        log.close()


@pytest.mark.slow
def test_bolt_merges_the_graph_and_merging_again_changes_nothing(store: Store, url: str) -> None:
    neo4j = pytest.importorskip("neo4j")
    Notes(1).says('RTX "heals" vasculitis;\\ truly.', "RTX", "treats", "vasculitis", effect="effective").into(store)
    Notes(2).says("RTX raises BAFF.", "RTX", "increases", "BAFF").into(store)
    assemble(store)
    for _ in range(2):
        sent = bolt.write(store.connection, url, user="root", password=PASSWORD, database="sicca")
        assert sent == 3 + 2 + 2 + 2 + 2 + 2 + 2 + 2
        with neo4j.GraphDatabase.driver(url, auth=("root", PASSWORD)) as driver:
            found = driver.execute_query(
                "MATCH (s:Concept)<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(o:Concept), (c)<-[:STATES]-(e:Evidence)"
                " RETURN s.name AS s, c.predicate AS p, o.name AS o, e.sentence AS sentence ORDER BY p",
                database_="sicca",
            ).records
            nodes = driver.execute_query("MATCH (n) RETURN count(n) AS n", database_="sicca").records[0]["n"]
        assert [(r["s"], r["p"], r["o"]) for r in found] == [
            ("rituximab", "increases", "TNFSF13B"),
            ("rituximab", "treats", "vasculitis"),
        ]
        assert found[1]["sentence"] == 'RTX "heals" vasculitis;\\ truly.'
        assert nodes == 3 + 2 + 2 + 2
