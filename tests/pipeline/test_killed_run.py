"""A run that is killed at any moment and started again ends as if nothing had happened."""

import logging
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
from pipeline.products import products_of
from pipeline.run import STORE
from pipeline.run_folder import UNFINISHED
from tests.eutilities.citations import article_set, citation
from tests.pipeline.conftest import QUICK

#: What is said of the drug differs from record to record, so that there are claims to lose.
ABSTRACT = (
    "<AbstractText>{} reduced {} in {} patients with sicca syndrome. Fatigue was not changed by {}.</AbstractText>"
)
DRUGS, ENDS = ("Rituximab", "Belimumab", "Abatacept", "Tocilizumab"), ("fatigue", "purpura", "arthritis", "neuropathy")

log = logging.getLogger(__name__)

#: Kills that a run has to stand, one after another, before it is left to come to its end.
KILLS_A_FOLDER = 5


def write_inputs(folder: Path, records: int) -> list[str]:
    """Write a config and a file of so many records; returns the command that runs them, but for its folder."""
    rng = random.Random(records)
    texts = (
        ABSTRACT.format(d, rng.choice(ENDS), n + 3, d.lower()) for n in range(records) for d in [rng.choice(DRUGS)]
    )
    parts = [citation(str(990_000_001 + n), abstract=text) for n, text in enumerate(texts)]
    (folder / "records.xml").write_bytes(article_set(parts))
    (folder / "quick.toml").write_text(f'[question]\ntitle = "Killed"\n{QUICK}', encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "run", str(folder / "quick.toml"), "--quiet"]
    return [*command, "--from", str(folder / "records.xml"), "--out"]


def outcome(out: Path) -> tuple[list[str], list[bytes]]:
    with Store(out / STORE, readonly=True) as store:
        return list(lines(store.connection)), [path.read_bytes() for path in products_of(out)]


def run_killed(command: list[str], out: Path, rng: random.Random, seconds: float, kills: int) -> int:
    """Run to the end, killed so many times on the way; returns how often it was really killed."""
    killed = 0
    for _ in range(kills):
        process = subprocess.Popen([*command, str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.15, 1.0) * seconds)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
    subprocess.run([*command, str(out)], check=True, capture_output=True)
    return killed


@pytest.mark.parametrize(
    ("records", "kills"), [pytest.param(60, 12, id="12"), pytest.param(500, 60, id="60", marks=pytest.mark.slow)]
)
def test_killed_run_ends_as_an_undisturbed_one(tmp_path: Path, records: int, kills: int) -> None:
    command = write_inputs(tmp_path, records)
    reference = tmp_path / "reference"
    started = time.monotonic()
    subprocess.run([*command, str(reference)], check=True, capture_output=True)
    seconds = time.monotonic() - started
    expected, rng, killed, folders = outcome(reference), random.Random(20261124), 0, 0
    assert any(line.startswith("evidence") for line in expected[0])
    while killed < kills:
        out = tmp_path / str(folders)
        killed += run_killed(command, out, rng, seconds, min(KILLS_A_FOLDER, kills - killed))
        folders += 1
        assert outcome(out) == expected
        assert not (out / UNFINISHED).exists()
        assert folders < kills, "runs end before they can be killed"
    log.info("%d records, %.0f s: killed %d times in %d folders, all ended alike", records, seconds, killed, folders)
