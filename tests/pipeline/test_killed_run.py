"""A run that is killed at any moment and started again ends as if nothing had happened."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphs.store import Store
from graphs.store.logical import lines
from pipeline.products import EVIDENCE, GRAPH
from pipeline.run import STORE

COMMAND = (sys.executable, "-m", "pipeline", "run", "sample", "--quiet", "--out")


def outcome(out: Path) -> tuple[list[str], bytes, bytes]:
    with Store(out / STORE, readonly=True) as store:
        return list(lines(store.connection)), (out / EVIDENCE).read_bytes(), (out / GRAPH).read_bytes()


def run_killed(out: Path, rng: random.Random, seconds: float, kills: int) -> int:
    """Run to the end, killed so many times on the way; returns how often it was really killed."""
    killed = 0
    for _ in range(kills):
        process = subprocess.Popen([*COMMAND, out], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.3, 1.0) * seconds)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
    subprocess.run([*COMMAND, out], check=True, capture_output=True)
    return killed


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, Path]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    started = time.monotonic()
    subprocess.run([*COMMAND, out], check=True, capture_output=True)
    return time.monotonic() - started, out


@pytest.mark.parametrize(
    ("kills", "seed"),
    [pytest.param(4, 1, id="4"), pytest.param(56, 2, id="56", marks=pytest.mark.slow)],
)
def test_killed_run_ends_as_an_undisturbed_one(
    undisturbed: tuple[float, Path], tmp_path: Path, kills: int, seed: int
) -> None:
    seconds, reference = undisturbed
    rng = random.Random(seed)
    killed = 0
    for number in range(kills // 4):
        out = tmp_path / str(number)
        killed += run_killed(out, rng, seconds, 4)
        assert outcome(out) == outcome(reference)
    assert killed > 0
