"""What the machine does to a run: no space, a lost worker, two at once, a store that may not be written."""

from __future__ import annotations

import multiprocessing
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from extractors.errors import SiccaError
from extractors.records import Article
from graphs.store import Store
from graphs.store.logical import lines
from pipeline.config import Config, Extraction
from pipeline.products import products_of
from pipeline.run import STORE, run
from pipeline.run_folder import UNFINISHED, Unfinished
from pipeline.workers import extract_all
from tests.eutilities.citations import article_set, citation

ABSTRACT = "<AbstractText>Rituximab reduced fatigue in {} patients with sicca syndrome.</AbstractText>"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.xml"
    path.write_bytes(article_set(citation(str(990008000 + i), abstract=ABSTRACT.format(i + 3)) for i in range(40)))
    return path


def outcome(out: Path) -> tuple[list[str], list[bytes]]:
    with Store(out / STORE, readonly=True) as store:
        return list(lines(store.connection)), [path.read_bytes() for path in products_of(out)]


def command(config: Config, file: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "pipeline", "run", str(config.path), "--from", str(file), "--out", str(out), "-q"]


@pytest.mark.parametrize("kilobytes", [60, 400])
def test_run_on_a_full_disk_says_so_and_goes_on_when_there_is_space(
    tmp_path: Path, quick: Callable[..., Config], file: Path, kilobytes: int
) -> None:
    config, out = quick(), tmp_path / "out"
    run(config, out=tmp_path / "reference", files=[file])
    limit = kilobytes * 1024
    done = subprocess.run(
        command(config, file, out), capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert str(out) in done.stderr
    run(config, out=out, files=[file])
    assert outcome(out) == outcome(tmp_path / "reference")


def test_run_that_lost_a_worker_says_so_and_goes_on(tmp_path: Path, quick: Callable[..., Config], file: Path) -> None:
    config, out = quick(), tmp_path / "out"
    run(config, out=tmp_path / "reference", files=[file])

    def kill() -> None:
        while not multiprocessing.active_children():
            time.sleep(0.01)
        multiprocessing.active_children()[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(SiccaError, match="a worker process died"):
        run(config, out=out, files=[file], jobs=2)
    killer.join()
    run(config, out=out, files=[file])
    assert outcome(out) == outcome(tmp_path / "reference")


# CPython's own thread may stumble over the worker that is being started, after it has told of the lost one.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("delay", [0.0, 0.005, 0.02, 0.1])
def test_worker_lost_while_others_start_leaves_no_process_behind(delay: float) -> None:
    articles = [Article(f"PMID:{n}", "A title", "Rituximab helped.") for n in range(80)]

    def kill() -> None:
        while not multiprocessing.active_children():
            time.sleep(0.001)
        time.sleep(delay)
        multiprocessing.active_children()[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(SiccaError, match="a worker process died"):
        list(extract_all(articles, Extraction(), jobs=3))
    killer.join()
    end = time.monotonic() + 20
    while multiprocessing.active_children() and time.monotonic() < end:
        time.sleep(0.05)
    assert multiprocessing.active_children() == []


def test_second_run_at_once_says_who_is_at_work(tmp_path: Path, quick: Callable[..., Config], file: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / "run.lock"):
        Unfinished(out).begin("2026-01-02T03:04:05+00:00")
        done = subprocess.run(command(quick(), file, out), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "another run is at work here (process " in done.stderr
    assert "since 2026-01-02T03:04:05+00:00" in done.stderr


def test_mark_that_a_power_cut_left_empty_is_taken_for_an_old_one(
    tmp_path: Path, quick: Callable[..., Config], file: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / UNFINISHED).write_bytes(b"\0\0\0")
    assert run(quick(), out=out, files=[file]).manifest.articles == 40
    assert not (out / UNFINISHED).exists()


def test_run_without_news_imports_no_extractor_and_touches_no_product(
    tmp_path: Path, quick: Callable[..., Config], file: Path
) -> None:
    config, out = quick(), tmp_path / "out"
    run(config, out=out, files=[file])
    before = [path.stat().st_mtime_ns for path in products_of(out)]
    program = (
        "import sys; from pathlib import Path; from pipeline import config; from pipeline.run import run\n"
        "run(config.load(sys.argv[1]), out=Path(sys.argv[2]), files=[Path(sys.argv[3])])\n"
        "print(*sorted({'spacy', 'scispacy', 'numpy', 'networkx', 'Bio'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(config.path), str(out), str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []
    assert [path.stat().st_mtime_ns for path in products_of(out)] == before


def test_run_writes_a_product_anew_that_was_lost(tmp_path: Path, quick: Callable[..., Config], file: Path) -> None:
    finished = run(quick(), out=tmp_path / "out", files=[file])
    table = finished.products[0].read_bytes()
    finished.products[0].unlink()
    assert run(quick(), out=tmp_path / "out", files=[file]).products[0].read_bytes() == table
