"""Time, memory and store of whole runs over synthetic citations, and what a second process gains.

Run: python benchmarks/run_scaling.py [--counts 1000 10000] [--jobs 2]

Each run is a process of its own, so that peak memory is its own (with --jobs, the largest of its processes). The last
run of each size is repeated: what a run without news costs. The citations are made by synthetic_citations.py.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.synthetic_citations import write

CONFIG = """
[question]
title = "Scaling"
[extraction]
mentions = ["dictionary"]
claims = ["patterns"]
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run took: seconds of wall clock and of all its processes' CPUs, MB at most."""

    wall: float
    cpu: float
    peak: float


def measure(folder: Path, file: Path, out: str, jobs: int) -> Figures:
    """Run sicca in a process of its own and return what it took."""
    command = [sys.executable, "-m", "pipeline", "run", str(folder / "scaling.toml"), "--quiet"]
    command += ["--from", str(file), "--out", str(folder / out), "--jobs", str(jobs)]
    program = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    program += "u = resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
    started = time.monotonic()
    printed = subprocess.run([sys.executable, "-c", program, *command], check=True, capture_output=True, text=True)
    cpu, peak = printed.stdout.split()[-2:]
    return Figures(time.monotonic() - started, float(cpu), float(peak))


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    arguments.add_argument("--jobs", type=int, default=2, metavar="N")
    options = arguments.parse_args()
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} CPUs, load {load:.1f} when it began (above the CPUs' number, wall clocks mean little)")
    print(f"{'citations':>10}{'jobs':>6}{'wall s':>9}{'CPU s':>8}{'per CPU s':>11}{'peak MB':>9}{'store kB each':>15}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "scaling.toml").write_text(CONFIG, encoding="utf-8")
        for count in options.counts:
            file = folder / f"{count}.xml"
            write(count, file)
            walls = {}
            for jobs in dict.fromkeys((1, options.jobs)):
                took = measure(folder, file, f"{count}-{jobs}", jobs)
                walls[jobs] = took.wall
                store = (folder / f"{count}-{jobs}" / "sicca.db").stat().st_size / 1024 / count
                print(
                    f"{count:>10,}{jobs:>6}{took.wall:>9.1f}{took.cpu:>8.1f}{count / took.cpu:>11.1f}{took.peak:>9.0f}"
                    f"{store:>15.1f}",
                    flush=True,
                )
            again = measure(folder, file, f"{count}-1", 1)
            print(f"{count:>10,}{'again':>6}{again.wall:>9.1f}{again.cpu:>8.1f}{'':>11}{again.peak:>9.0f}")
            print(f"--jobs {options.jobs} is {walls[1] / walls[options.jobs]:.2f} times as fast as --jobs 1")


if __name__ == "__main__":
    main()
