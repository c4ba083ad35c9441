"""Time, memory and store of whole runs over synthetic citations, and what a second process gains.

Run: python benchmarks/run_scaling.py [--counts 1000 10000] [--jobs 2]

Each run is a process of its own, so that peak memory is its own (with --jobs, the largest of its processes). The
citations are made up from a seed; they name drugs and diseases in four sentences each, so that there is something to
read. The last run of each size is repeated: what a run without news costs.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CONFIG = """
[question]
title = "Scaling"
[extraction]
mentions = ["dictionary"]
claims = ["patterns"]
"""
HEAD = '<?xml version="1.0"?>\n<PubmedArticleSet>\n'
DRUGS = ("Rituximab", "Belimumab", "Abatacept", "Tocilizumab", "Hydroxychloroquine", "Cyclophosphamide", "Iscalimab")
DISEASES = ("Sjögren syndrome", "cryoglobulinaemic vasculitis", "systemic lupus erythematosus", "rheumatoid arthritis")
ENDS = ("fatigue", "purpura", "arthritis", "peripheral neuropathy", "salivary flow", "disease activity")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run took: seconds of wall clock and of all its processes' CPUs, MB at most."""

    wall: float
    cpu: float
    peak: float


def citation(rng: random.Random, pmid: int) -> str:
    """Return one PubmedArticle."""
    drug, other = rng.sample(DRUGS, 2)
    disease, end, n = rng.choice(DISEASES), rng.choice(ENDS), rng.randint(8, 300)
    abstract = (
        f"We studied {drug} in {n} patients with {disease}. "
        f"{drug} reduced {end} compared with placebo (p = 0.0{n % 9}). "
        f"{other} did not improve {rng.choice(ENDS)} in {disease}. Infections were seen in {n // 7} of {n} patients."
    )
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID>'
        "<DateRevised><Year>2024</Year><Month>05</Month><Day>06</Day></DateRevised>"
        f"<Article><Journal><Title>Journal</Title></Journal><ArticleTitle>{drug} for {disease}</ArticleTitle>"
        f"<Abstract><AbstractText>{abstract}</AbstractText></Abstract></Article></MedlineCitation>"
        "</PubmedArticle>\n"
    )


def citations(count: int) -> Iterator[str]:
    """Yield the synthetic citations, the same ones every time."""
    rng = random.Random(20261124)  # noqa: S311 (made-up text)
    return (citation(rng, 990_000_001 + number) for number in range(count))


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
            with file.open("w", encoding="utf-8") as stream:
                stream.write(HEAD)
                stream.writelines(citations(count))
                stream.write("</PubmedArticleSet>\n")
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
