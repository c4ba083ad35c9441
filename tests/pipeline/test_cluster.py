"""Extraction on a Dask cluster: the same bytes, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from extractors.errors import ConfigError, SiccaError
from graphs.store import Store
from graphs.store.logical import lines
from pipeline import cluster
from pipeline.config import Config
from pipeline.products import products_of
from pipeline.run import STORE, run
from tests.eutilities.citations import article_set, citation

#: A scheduler and two worker processes, in a process of their own: what it warns of is not ours.
SERVE = """
import time
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, scheduler_port=0)
    pids = " ".join(str(worker.process.pid) for worker in cluster.workers.values())
    print(cluster.scheduler_address, pids, flush=True)
    time.sleep(600)
"""
needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="needs sicca[cluster]")
#: Distributed leaves sockets of its event loop to the garbage collector.
quiet = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::DeprecationWarning"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[int]]]:
    script = tmp_path_factory.mktemp("cluster") / "serve.py"
    script.write_text(SERVE, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        address, *pids = process.stdout.readline().split()
        yield address, [int(pid) for pid in pids]
        os.killpg(process.pid, signal.SIGKILL)


def write(path: Path, records: int) -> Path:
    abstract = "<AbstractText>Rituximab reduced fatigue in {} patients with sicca syndrome.</AbstractText>"
    path.write_bytes(article_set(citation(str(990008000 + i), abstract=abstract.format(i + 3)) for i in range(records)))
    return path


def outcome(out: Path) -> tuple[list[str], list[bytes]]:
    with Store(out / STORE, readonly=True) as store:
        return list(lines(store.connection)), [path.read_bytes() for path in products_of(out)]


@needs_dask
@quiet
@pytest.mark.parametrize("records", [40, pytest.param(1500, marks=pytest.mark.slow)])
def test_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    tmp_path: Path, quick: Callable[..., Config], served: tuple[str, list[int]], records: int
) -> None:
    address, pids = served
    file = write(tmp_path / "a.xml", records)
    run(quick(), out=tmp_path / "alone", files=[file])
    victim = pids.pop()

    def kill() -> None:
        while not (tmp_path / "shared" / "run.log").exists() or not re.search(
            "articles to read", (tmp_path / "shared" / "run.log").read_text(encoding="utf-8")
        ):
            time.sleep(0.01)
        time.sleep(1)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    run(quick(), out=tmp_path / "shared", files=[file], scheduler=address)
    killer.join()
    assert outcome(tmp_path / "shared") == outcome(tmp_path / "alone")


@needs_dask
@quiet
def test_cluster_that_is_not_there_is_named(
    tmp_path: Path, quick: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with pytest.raises(SiccaError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answers there"):
        run(quick(), out=tmp_path / "out", files=[write(tmp_path / "a.xml", 1)], scheduler="tcp://127.0.0.1:9")


def test_cluster_without_dask_says_what_to_install(
    tmp_path: Path, quick: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConfigError, match=r"sicca\[cluster\]"):
        run(quick(), out=tmp_path / "out", files=[write(tmp_path / "a.xml", 1)], scheduler="tcp://127.0.0.1:9")
