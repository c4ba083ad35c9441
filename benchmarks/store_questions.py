"""Time the questions on a synthetic store: p95 when warm, a cold `sicca ask`, memory, the Cypher view's rebuilding.

    python benchmarks/synthetic_store.py /tmp/bench/sicca.db
    python benchmarks/store_questions.py /tmp/bench/sicca.db

Topics are drawn as the store's own are, by Zipf's law, so that hubs are asked for most; the hub of each type (the
most-written-of drug and disease) is always among them. Answers are cut to the first 100, as a page would show them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from graphs import cypher, query
from graphs.store import Store
from graphs.topics import Topic, understand

#: Questions of each kind.
ROUNDS = 60
#: Rows of an answer.
PAGE = 100


def drawn(store: Store, type_: str, chance: random.Random) -> list[Topic]:
    """Return topics of a type: the hub, then others by Zipf's law."""
    rows = store.connection.execute("SELECT curie FROM concept WHERE type = ? ORDER BY curie", (type_,)).fetchall()
    weights = [1 / (rank + 1) for rank in range(len(rows))]
    picks = [rows[0], *chance.choices(rows, weights, k=ROUNDS - 1)]
    return [understand(store.connection, curie, kinds=False) for (curie,) in picks]


def timed(question: Callable[[int], object]) -> dict[str, float]:
    """Return the 95th percentiles of a question's time, by the clock and of the processor; warmed up once.

    On a machine that others use too, the processor's time is the fairer figure.
    """
    for number in range(ROUNDS):
        question(number)
    clock, processor = [], []
    for number in range(ROUNDS):
        start = time.perf_counter(), time.process_time()
        question(number)
        clock.append((time.perf_counter() - start[0]) * 1000)
        processor.append((time.process_time() - start[1]) * 1000)
    place = int(ROUNDS * 0.95)
    return {
        "p95_ms": round(sorted(clock)[place], 1),
        "p95_cpu_ms": round(sorted(processor)[place], 1),
        "median_ms": round(sorted(clock)[ROUNDS // 2], 1),
    }


def measure(path: Path) -> dict[str, object]:
    """Return all figures."""
    chance = random.Random(7)  # noqa: S311 (a benchmark, not a secret)
    with Store(path, readonly=True) as store:
        connection = store.connection
        drugs, diseases = drawn(store, "Drug", chance), drawn(store, "Disease", chance)
        proteins = drawn(store, "Protein", chance)
        broad = [understand(connection, topic.id) for topic in diseases]
        figures: dict[str, object] = {
            "evidence": connection.execute("SELECT count(*) FROM evidence").fetchone()[0],
            "claims": connection.execute("SELECT count(*) FROM claim").fetchone()[0],
            "concepts": connection.execute("SELECT count(*) FROM concept").fetchone()[0],
            "treatments": timed(lambda n: query.treatments(connection, broad[n], limit=PAGE)),
            "after-failure": timed(lambda n: query.after_failure(connection, drugs[n], limit=PAGE)),
            "two hops": timed(
                lambda n: query.mechanism_paths(connection, drugs[n], diseases[-n], most_hops=2, limit=5)
            ),
            "path": timed(lambda n: query.mechanism_paths(connection, drugs[n], proteins[-n], most_hops=4, limit=5)),
            "evidence of a pair": timed(lambda n: query.evidence(connection, subject=drugs[n], object=diseases[n])),
            "name": timed(lambda n: understand(connection, diseases[n].name.split()[-1])),
        }
        disease = diseases[0].name
    figures["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    figures["cold_ask"] = cold(path, disease)
    figures["cypher_view"] = rebuilt(path)
    return figures


def rebuilt(path: Path) -> dict[str, float]:
    """Return how long it takes to build the Cypher view anew."""
    start = time.perf_counter(), time.process_time()
    with Store(path, readonly=True) as store:
        cypher.rebuild(store.connection, path.with_name("benchmark.ladybug"))
    return {"s": round(time.perf_counter() - start[0], 1), "cpu_s": round(time.process_time() - start[1], 1)}


def cold(path: Path, disease: str) -> dict[str, float]:
    """Return CPU seconds and memory of one `sicca ask treatments` in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "pipeline", "ask", "treatments", "--disease", disease, "--limit", str(PAGE)]
    subprocess.run([*command, "--run", str(path.parent)], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu_s": round(cpu, 2), "memory_mb": round(after.ru_maxrss / 1024)}


def main() -> None:
    """Read the arguments and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    print(json.dumps({"processors": os.cpu_count(), **measure(parser.parse_args().path)}, indent=1))


if __name__ == "__main__":
    main()
