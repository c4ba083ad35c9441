"""Times the explorer's pages on a large store: the server's answer, and in Chromium the first paint and the load.

Build the store with `synthetic_store.py` first. Pages are asked for its hubs, which are the slowest; what is
measured first is cold for this process (not for the disk's cache).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: First paint and whole page, milliseconds.
BARS = (300, 500)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def serving(run: Path) -> Iterator[tuple[str, int]]:
    """Run `sicca serve` and yield its address and process id."""
    command = [sys.executable, "-m", "pipeline", "serve", "--run", str(run), "--port", "0", "--seconds", "60"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        if process.stderr is None:
            sys.exit("the server has no output")
        try:
            yield process.stderr.readline().partition(" at ")[2].partition("/ (")[0], process.pid
        finally:
            process.terminate()


def pages(store: Path) -> dict[str, str]:
    """Return the pages to ask for, by name."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)

    def most(type_: str) -> str:
        (found,) = connection.execute(
            "SELECT n.id FROM node n WHERE n.type = ? ORDER BY (SELECT count(*) FROM claim WHERE subject = n.key)"
            " + (SELECT count(*) FROM claim WHERE object = n.key) DESC LIMIT 1",
            (type_,),
        ).fetchone()
        return urllib.parse.quote(found)

    drug, disease, protein = (most(type_) for type_ in ("Drug", "Disease", "Protein"))
    (claim,) = connection.execute("SELECT id FROM claim ORDER BY evidence DESC LIMIT 1").fetchone()
    (article,) = connection.execute("SELECT id FROM article LIMIT 1").fetchone()
    connection.close()
    return {
        "start": "/",
        "suggestions": "/suggest?q=ab",
        "concept, a drug": f"/concept?id={drug}",
        "concept, a disease": f"/concept?id={disease}",
        "claim of most sentences": f"/claim/{claim}",
        "abstract": f"/article?id={article}",
        "courses, all": "/courses",
        "courses of a disease, by year": f"/courses?condition={disease}&sort=year",
        "after failure": f"/after-failure?after={drug}",
        "claims, all": "/claims",
        "claims of a drug": f"/claims?about={drug}",
        "graph": f"/graph?about={drug}",
        "graph, a node's neighbours": f"/graph/around?about={drug}",
        "mechanism path": f"/path?from={drug}&to={protein}",
        "contradictions": "/contradictions",
        "contradictions about a drug": f"/contradictions?about={drug}",
        "summary of findings": f"/summary?condition={disease}",
        "names": "/names",
        "runs": "/runs",
    }


def processor(pid: int) -> float:
    """Return the processor's seconds that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Ask for every page and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder that holds sicca.db")
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    asked = pages(arguments.run / "sicca.db")
    with serving(arguments.run) as (address, pid):
        print(f"load average {os.getloadavg()[0]:.1f}; bars: first paint {BARS[0]} ms, page {BARS[1]} ms\n")
        print(
            "| page | first answer | median answer | processor, a page | kB | first paint |\n|---|---|---|---|---|---|"
        )
        for name, path in asked.items():
            clock, used = [], []
            for _ in range(arguments.times):
                before, start = processor(pid), time.perf_counter()
                with urllib.request.urlopen(address + path) as answer:  # noqa: S310 (our own server)
                    size = len(answer.read())
                clock.append(1000 * (time.perf_counter() - start))
                used.append(1000 * (processor(pid) - before))
            paint = first_paint(address + path) if "neighbours" not in name and "suggest" not in path else ""
            print(
                f"| {name} | {clock[0]:.0f} ms | {statistics.median(clock):.0f} ms | {statistics.median(used):.0f} ms"
                f" | {size / 1000:.0f} | {paint} |",
                flush=True,
            )


def first_paint(address: str) -> str:
    """Return the time of the first contentful paint in Chromium; empty where there is none."""
    binary = shutil.which("chromium")
    if binary is None:
        return ""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=FLAGS)
        page = browser.new_page()
        page.goto(address)
        found = page.evaluate("performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)[0] || 0")
        browser.close()
    return f"{found:.0f} ms"


if __name__ == "__main__":
    main()
