"""Times the explorer's pages on a large store: the server's answer, and in Chromium the first paint and the load.

Build the store with `synthetic_store.py` first. Pages are asked for its hubs, which are the slowest, and for things of
as many claims as the median of their type; what is measured first is cold for this process (not for the disk's cache).
The browser that paints is started once. On a machine that others use too, the processor's time is the fairer figure.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: First paint and whole page, milliseconds.
BARS = (300, 500)
#: Times that a page is painted; the median counts.
PAINTED = 3
#: Milliseconds from the request of a page to its first contentful paint, as the browser has them; 0 for none so far.
PAINT = "performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)[0] || 0"
#: Milliseconds between two looks whether anything has been painted, and how often it is looked for.
LOOK, LOOKS = 20, 250
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def serving(run: Path) -> Iterator[tuple[str, int]]:
    """Run `sicca serve` and yield its address and process id."""
    command = [sys.executable, "-m", "pipeline", "serve", "--run", str(run), "--port", "0", "--seconds", "600"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        if process.stderr is None:
            sys.exit("the server has no output")
        try:
            yield process.stderr.readline().partition(" at ")[2].partition("/ (")[0], process.pid
        finally:
            process.terminate()


def pages(store: Path) -> dict[str, str]:
    """Return the pages to ask for, by name: those of the hubs, then those of ordinary topics."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)

    def topic(type_: str, *, hub: bool) -> str:
        """Return the id of the thing of a type that most claims speak of, or the one in the middle."""
        ids = connection.execute(
            "SELECT id FROM node WHERE type = ? AND claims > 0 ORDER BY claims DESC, id", (type_,)
        ).fetchall()
        return urllib.parse.quote(ids[0 if hub else len(ids) // 2][0])

    def claim(place: str) -> str:
        (found,) = connection.execute(
            f"SELECT id FROM claim ORDER BY evidence DESC, id LIMIT 1 OFFSET {place}"  # noqa: S608 (ours)
        ).fetchone()
        return str(found)

    drug, disease, protein = (topic(type_, hub=True) for type_ in ("Drug", "Disease", "Protein"))
    plain_drug, plain_disease, plain_protein = (topic(type_, hub=False) for type_ in ("Drug", "Disease", "Protein"))
    most, middle = claim("0"), claim("(SELECT count(*) / 2 FROM claim)")
    (article,) = connection.execute("SELECT id FROM article LIMIT 1").fetchone()
    connection.close()
    return {
        "start": "/",
        "suggestions": "/suggest?q=ab",
        "concept, a drug": f"/concept?id={drug}",
        "concept, a disease": f"/concept?id={disease}",
        "concept, a protein": f"/concept?id={protein}",
        "claim of most sentences": f"/claim/{most}",
        "claim of most sentences, further ones": f"/claim/{most}/sentences?start=20",
        "abstract": f"/article?id={article}",
        "courses, all": "/courses",
        "courses of a disease": f"/courses?condition={disease}",
        "courses of a disease, by year": f"/courses?condition={disease}&sort=year",
        "after failure": f"/after-failure?after={drug}",
        "claims, all": "/claims",
        "claims, all with a verdict": "/claims?verdict=mixed",
        "claims of a drug": f"/claims?about={drug}",
        "claims of a drug with a verdict": f"/claims?about={drug}&verdict=ineffective",
        "claims of a drug and a disease": f"/claims?subject={drug}&object={disease}",
        "graph": f"/graph?about={drug}",
        "graph, a node's neighbours": f"/graph/around?about={drug}",
        "mechanism path": f"/path?from={drug}&to={protein}",
        "contradictions": "/contradictions",
        "contradictions about a drug": f"/contradictions?about={drug}",
        "summary of findings": f"/summary?condition={disease}",
        "names": "/names",
        "runs": "/runs",
        "ordinary concept, a drug": f"/concept?id={plain_drug}",
        "ordinary concept, a disease": f"/concept?id={plain_disease}",
        "ordinary concept, a protein": f"/concept?id={plain_protein}",
        "ordinary claim": f"/claim/{middle}",
        "ordinary drug, after failure": f"/after-failure?after={plain_drug}",
        "ordinary drug, claims": f"/claims?about={plain_drug}",
        "ordinary disease, courses": f"/courses?condition={plain_disease}",
        "ordinary mechanism path": f"/path?from={plain_drug}&to={plain_protein}",
        "ordinary drug, contradictions": f"/contradictions?about={plain_drug}",
        "ordinary summary of findings": f"/summary?condition={plain_disease}",
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
    parser.add_argument("--no-browser", action="store_true", help="leave the first paint out")
    arguments = parser.parse_args()
    asked = pages(arguments.run / "sicca.db")
    with serving(arguments.run) as (address, pid), painting(no=arguments.no_browser) as paint:
        print(f"load average {os.getloadavg()[0]:.1f}; bars: first paint {BARS[0]} ms, page {BARS[1]} ms\n")
        print(
            "| page | first answer | median answer | processor, a page | kB | first paint | with styles kept |\n"
            "|---|---|---|---|---|---|---|"
        )
        for name, path in asked.items():
            clock, used = [], []
            for _ in range(arguments.times):
                before, start = processor(pid), time.perf_counter()
                with urllib.request.urlopen(address + path) as answer:  # noqa: S310 (our own server)
                    size = len(answer.read())
                clock.append(1000 * (time.perf_counter() - start))
                used.append(1000 * (processor(pid) - before))
            painted = paint(address + path) if "neighbours" not in name and "suggest" not in path else " | "
            print(
                f"| {name} | {clock[0]:.0f} ms | {statistics.median(clock):.0f} ms | {statistics.mean(used):.0f} ms"
                f" | {size / 1000:.0f} | {painted} |",
                flush=True,
            )


@contextmanager
def painting(*, no: bool) -> Iterator[Callable[[str], str]]:
    """Start Chromium once and yield what tells a page's first contentful paints there: in contexts without
    a cache, and in a tab that has seen it.

    It tells nothing where there is no Chromium or none is wanted.
    """
    binary = shutil.which("chromium")
    if no or binary is None:
        yield lambda _: " | "
        return
    from playwright.sync_api import Page, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=FLAGS)

        def painted(page: Page, address: str) -> float:
            page.goto(address)
            for _ in range(LOOKS):
                if found := page.evaluate(PAINT):
                    return float(found)
                page.wait_for_timeout(LOOK)
            sys.exit(f"{address}: nothing was painted")

        def paint(address: str) -> str:
            first = []
            for _ in range(PAINTED):
                with browser.new_context() as context:
                    first.append(painted(context.new_page(), address))
            with browser.new_context() as context:
                page = context.new_page()
                later = [painted(page, address) for _ in range(PAINTED + 1)][1:]
            return f"{statistics.median(first):.0f} ms | {statistics.median(later):.0f} ms"

        paint("data:text/html,<p>warm")
        yield paint
        browser.close()


if __name__ == "__main__":
    main()
