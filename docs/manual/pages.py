"""Replays the pages of the manual: writes the files they tell the reader to write, runs what they tell him to run.

A page says where it is followed in a comment at its head, `<!-- followed in: empty -->`: an empty folder, one with
runs/sample (`sample`), or a copy of the repository (`clone`). A comment before a fence says what to do with it:
`<!-- file: NAME -->` writes it, `<!-- run -->` runs its `$ ` lines (or, fenced as python, all of it). What a command
prints to standard output is what the page shows below it; `make manual` writes it anew, a test compares.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
FOLLOWED = re.compile(r"<!-- followed in: (empty|sample|clone) -->")
BLOCK = re.compile(
    r"<!-- (?P<what>run|file: (?P<name>\S+)) -->\n(?P<fence>```(?P<language>\w+)\n)(?P<body>.*?)(?=^```$)", re.S | re.M
)
#: What a copy of the repository needs to be `sicca`.
PACKAGES = ("configs", "extractors", "graphs", "pipeline")


class PageError(Exception):
    """A step of a page that does not do what the page says."""


@dataclass(frozen=True)
class Followed:
    """A page that can be followed step by step."""

    path: Path

    @property
    def text(self) -> str:
        """The page as it is kept."""
        return self.path.read_text(encoding="utf-8")

    @property
    def place(self) -> str:
        """Where it is followed: empty, sample or clone."""
        found = FOLLOWED.search(self.text)
        return found[1] if found else ""


def followed() -> tuple[Followed, ...]:
    """Return the pages that can be followed, in the order of their names."""
    pages = (Followed(path) for path in (ROOT / "README.md", *sorted(DOCS.rglob("*.md"))))
    return tuple(page for page in pages if page.place)


def replay(page: Followed, folder: Path, sample: Path) -> str:
    """Follow a page in an empty folder and return it with what its commands print now.

    `sample` is a run of the sample. Raises PageError for a command that fails.
    """
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
        "COLUMNS": "120",
    }
    if page.place == "sample":
        shutil.copytree(sample, folder / "runs" / "sample")
    if page.place == "clone":
        for package in PACKAGES:
            shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
        environment["PYTHONPATH"] = str(folder)

    def step(block: re.Match[str]) -> str:
        body = block["body"]
        if block["name"]:
            target = folder / block["name"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, encoding="utf-8")
        elif block["language"] == "python":
            _run([sys.executable, "-c", body], folder, environment, page)
        else:
            body = _replay_console(body, folder, environment, page)
        return f"<!-- {block['what']} -->\n{block['fence']}{body}"

    return BLOCK.sub(step, page.text)


def _replay_console(body: str, folder: Path, environment: dict[str, str], page: Followed) -> str:
    """Return a console block with what its commands print now."""
    shown = ""
    for command in commands(body):
        # `sicca run` ends with a question and its answer, printed as if it had been typed.
        if f"\n$ {command}\n" not in shown:
            shown += f"$ {command}\n" + _run(["bash", "-c", command], folder, environment, page)
    return shown


def commands(body: str) -> list[str]:
    """Return the commands of a console block."""
    return [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]


def _run(command: list[str], folder: Path, environment: dict[str, str], page: Followed) -> str:
    done = subprocess.run(  # noqa: S603 (commands of this repository's own pages)
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or [""]
        raise PageError(f"{os.path.relpath(page.path, ROOT)}: {command[-1]!r} ends with {done.returncode}: {said[0]}")
    return done.stdout
