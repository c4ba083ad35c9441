"""What a second process gains: `sicca extract` with --jobs 1 and --jobs N in turn, and where the processors' time goes.

    python benchmarks/parallel.py RECORDS.xml.gz [--jobs 2] [--rounds 2]

By the clock, the gain is what a person sees, and means little on a machine that others use too. So the time of each
process is taken as well (/proc, Linux): how long it computed, and how long it was ready to and had to wait for a
processor. From the computing alone follows the gain on as many idle processors as there are jobs: no run ends before
its busiest process (the workers' wait for the first process to start them), nor before its whole work, spread evenly.
The two outputs are compared byte by byte.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
#: Seconds between two looks at the processes: a tenth of it cost the run 15 % of its processors.
LOOK = 0.5
#: A process with less computing than this (seconds) is a helper of multiprocessing, no worker.
HELPER = 0.5


@dataclass
class Process:
    """What a process has used so far, in seconds; `after`: what the first one had computed when this one began."""

    after: float
    cpu: float = 0.0
    waited: float = 0.0


@dataclass
class Run:
    """A run: seconds by the clock, and its processes, the first one first."""

    wall: float = 0.0
    processes: dict[int, Process] = field(default_factory=dict)

    @property
    def first(self) -> Process:
        """The process that hands out the work."""
        return next(iter(self.processes.values()))

    @property
    def workers(self) -> list[Process]:
        """The processes that read, the busiest first."""
        others = list(self.processes.values())[1:]
        return sorted((p for p in others if p.cpu > HELPER), key=lambda p: -p.cpu)

    @property
    def cpu(self) -> float:
        """Computing of all processes."""
        return sum(process.cpu for process in self.processes.values())

    @property
    def waited(self) -> float:
        """The most that one of the processes had to wait for a processor."""
        return max(process.waited for process in self.processes.values())


def run(source: Path, out: Path, jobs: int) -> Run:
    """Extract in processes of their own and watch them."""
    command = [sys.executable, "-m", "pipeline", "extract", str(source), "-o", str(out), "--jobs", str(jobs)]
    found, began = Run(), time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        for pid in (process.pid, *_children(process.pid)):
            _look(found, pid)
        time.sleep(LOOK)
    found.wall = time.monotonic() - began
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    return found


def _children(pid: int) -> list[int]:
    try:
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [child for name in own for child in (int(name), *_children(int(name)))]


def _look(found: Run, pid: int) -> None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        delays = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()
    except OSError:
        return
    process = found.processes.setdefault(pid, Process(found.first.cpu if found.processes else 0.0))
    process.cpu = (int(fields[11]) + int(fields[12])) / TICK
    process.waited = int(delays[1]) / 1e9


def undisturbed(alone: Run, together: Run, jobs: int) -> float:
    """Return the gain on idle processors, as many as jobs, from computing alone."""
    longest = max(worker.after + worker.cpu for worker in together.workers)
    return alone.cpu / max(longest, together.cpu / jobs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--rounds", type=int, default=2, metavar="N")
    options = parser.parse_args()
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} when it began")
    print(f"{'jobs':>4}{'wall s':>9}{'waited s':>10}{'CPU s':>8}  of each process, the first one first")
    clocks, idle = [], []
    with tempfile.TemporaryDirectory() as name:
        outs = {jobs: Path(name) / f"{jobs}.jsonl" for jobs in (1, options.jobs)}
        for _ in range(options.rounds):
            took = {}
            for jobs, out in outs.items():
                found = took[jobs] = run(options.source, out, jobs)
                parts = ", ".join(f"{p.cpu:.1f}" for p in (found.first, *found.workers))
                print(f"{jobs:>4}{found.wall:>9.1f}{found.waited:>10.1f}{found.cpu:>8.1f}  {parts}", flush=True)
            clocks.append(took[1].wall / took[options.jobs].wall)
            idle.append(undisturbed(took[1], took[options.jobs], options.jobs))
        same = len({out.read_bytes() for out in outs.values()}) == 1
    print(f"gain by the clock {', '.join(f'{g:.2f}' for g in clocks)}")
    print(f"gain on {options.jobs} idle processors {', '.join(f'{g:.2f}' for g in idle)}")
    print("outputs equal" if same else "OUTPUTS DIFFER")


if __name__ == "__main__":
    main()
