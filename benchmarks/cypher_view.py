"""Time the rebuilding of the Cypher view, table by table: reading and writing it out, and Ladybug's loading.

    python benchmarks/cypher_view.py /tmp/bench [--evidence 1000000]

The store is made here by plain SQL, with the counts and the lengths of text of synthetic_store.py: 100 thousand nodes,
a claim for 1.4 sentences, ten sentences an article. Only what the view reads is in it, so that it is there in seconds.
Processor time is of all threads.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from graphs import cypher
from graphs.store import Store

PREDICATES = ("treats", "affects_outcome", "targets", "increases", "decreases", "involved_in", "associated_with")
#: Sentences of an article, and letters of each.
SENTENCES, LENGTH = 10, 90


def name_of(kind: str, number: int) -> str:
    """Return an id as the store makes them."""
    return hashlib.sha256(f"{kind}{number}".encode()).hexdigest()[:16]


def fill(connection: sqlite3.Connection, evidence: int) -> None:
    """Write the rows that the view shows."""
    chance = random.Random(7)  # noqa: S311 (a benchmark, not a secret)
    nodes, articles, claims = evidence // 10, evidence // SENTENCES, evidence * 72 // 100
    for kind in ("article_fts_insert", "article_fts_delete"):
        connection.execute(f"DROP TRIGGER {kind}")
    for index in ("claim_subject", "claim_object", "claim_stale", "claim_predicate", "evidence_claim"):
        connection.execute(f"DROP INDEX IF EXISTS {index}")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO node (key, id, concept, name, type) VALUES (?, ?, ?, ?, 'Drug')",
        ((n, f"BENCH:{n:07}", f"BENCH:{n:07}", f"concept called {n:07}") for n in range(nodes)),
    )
    connection.executemany(
        "INSERT INTO concept_parent VALUES (?, ?)", ((f"BENCH:{n:07}", f"BENCH:{n // 8:07}") for n in range(1, nodes))
    )
    connection.executemany(
        "INSERT INTO article VALUES (?,?,?,?,?,?,?,?,?,0,0,0,0,NULL,NULL,'{}','{}')", _articles(articles)
    )
    connection.executemany(
        "INSERT INTO claim (key, id, subject, predicate, object, verdict, belief, opposed, evidence, articles, studies,"
        " first_year, last_year) VALUES (?, ?, ?, ?, ?, 'effective', ?, 0.0625, 2, 1, 1, 1999, 2024)",
        (
            (
                n,
                name_of("claim", n),
                _hub(chance, nodes),
                chance.choice(PREDICATES),
                _hub(chance, nodes),
                chance.random(),
            )
            for n in range(claims)
        ),
    )
    connection.executemany(
        "INSERT INTO evidence VALUES"
        " (?,?,?,?,0,0,?,?,'RESULTS','benchmark',NULL,0,'asserted',?,'[]','[]','[]','',NULL)",
        (
            (
                n, name_of("evidence", n), n // SENTENCES, n if n < claims else chance.randrange(claims),
                12 + n % SENTENCES * LENGTH, 12 + (n % SENTENCES + 1) * LENGTH - 1, round(chance.random(), 3),
            )
            for n in range(evidence)
        ),
    )  # fmt: skip
    connection.commit()


def _hub(chance: random.Random, nodes: int) -> int:
    """Return a node; low numbers are drawn more often."""
    return int(nodes * chance.random() ** 4)


def _articles(count: int) -> Iterator[tuple[object, ...]]:
    sentence = "drug babebi123 affects_outcome outcome dodudo456 in this study, made up for it".ljust(LENGTH - 1)
    for number in range(count):
        text = " ".join([sentence] * SENTENCES)
        yield number, f"PMID:{number}", "Article one.", text, "Bench", 1990 + number % 35, None, "cohort", 30


class Watch:
    """Prints the time of each step, by the clock and of the processor."""

    def __init__(self) -> None:
        self._begun = self._last = self._now()

    def lap(self, step: str) -> None:
        """Print what the step took."""
        now = self._now()
        self._print(step, self._last, now)
        self._last = now

    def total(self) -> None:
        """Print what all steps took, with what came after the last."""
        self._print("all", self._begun, self._now())

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.monotonic(), time.process_time()

    @staticmethod
    def _print(step: str, before: tuple[float, float], now: tuple[float, float]) -> None:
        clock, processor = (b - a for a, b in zip(before, now, strict=True))
        print(f"{step:<12}{clock:>8.1f} s by the clock{processor:>8.1f} s of the processor", flush=True)


def main() -> None:
    """Build, rebuild and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--evidence", type=int, default=1_000_000)
    options = parser.parse_args()
    path = options.folder / "view.db"
    options.folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with Store(path) as store:
            fill(store.connection, options.evidence)
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} when it began")
    with Store(path, readonly=True) as store:
        watch = Watch()
        cypher.rebuild(store.connection, options.folder / "view.ladybug", done=watch.lap)
        watch.total()


if __name__ == "__main__":
    main()
