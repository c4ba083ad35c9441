"""`sicca doctor`: is everything there that a run needs, and what to do where it is not?"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import click

from extractors.errors import SiccaError

#: Seconds to wait for NCBI's answer.
NETWORK_TIMEOUT = 5.0
#: The packages without which nothing runs.
PACKAGES = ("biopython", "lxml", "networkx", "scispacy", "spacy")

State = Literal["ok", "note", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do about it."""

    what: str
    state: State
    detail: str


@click.command(epilog="Example: sicca doctor --offline")
@click.option("--config", default="sample", show_default=True, help="Config whose settings are checked (path or name).")
@click.option("--run", "run_folder", type=click.Path(path_type=Path), help="Run whose store is checked.")
@click.option("--offline", is_flag=True, help="Do not try to reach the E-utilities server.")
def command(config: str, run_folder: Path | None, offline: bool) -> None:
    """Check Python, packages, vocabulary, extractors, store, network and NCBI settings, and say what to do."""
    from pipeline import config as configs

    checks: list[Callable[[], Iterator[Finding]]] = [_python, _packages, lambda: _extractors(config), _ncbi]
    if run_folder:
        checks.append(lambda: _store(run_folder))
    if not offline:
        checks.append(lambda: _network(configs.load(config).pubmed.base_url))
    findings = [finding for check in checks for finding in check()]
    width = max(len(f.what) for f in findings)
    for finding in findings:
        click.echo(f"{finding.state:4}  {finding.what:{width}}  {finding.detail}")
    bad = [f for f in findings if f.state == "bad"]
    if bad:
        raise SiccaError(f"{len(bad)} of {len(findings)} checks failed, the first: {bad[0].what}: {bad[0].detail}")


def _python() -> Iterator[Finding]:
    fits = (3, 11) <= sys.version_info[:2] <= (3, 12)
    found = platform.python_version()
    yield Finding("Python", "ok" if fits else "bad", found if fits else f"{found}; scispaCy needs 3.11 or 3.12")
    fts5 = ("ENABLE_FTS5",) in sqlite3.connect(":memory:").execute("PRAGMA compile_options").fetchall()
    missing = "without FTS5: install a Python whose SQLite has it"
    yield Finding("SQLite", "ok" if fts5 else "bad", f"{sqlite3.sqlite_version} {'with FTS5' if fts5 else missing}")


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, "ok", version(name))
        except PackageNotFoundError:
            yield Finding(name, "bad", "not installed; run `make install` or `pip install sicca`")


def _extractors(config: str) -> Iterator[Finding]:
    from extractors.language.sections import flat_article
    from pipeline import config as configs
    from pipeline.extraction import Extractor

    try:
        settings = configs.load(config).extraction
        result = Extractor(settings).extract(flat_article("doctor", "Rituximab in Sjögren syndrome.", ""))
    except SiccaError as error:
        yield Finding("extractors", "bad", str(error))
        return
    named = ", ".join((*settings.mentions, *settings.claims))
    linked = sum(1 for m in result.mentions if m.concept)
    detail = f"{named}; {linked} of 2 concepts of a test title linked"
    yield Finding("extractors", "ok" if linked >= 2 else "bad", detail)


def _ncbi() -> Iterator[Finding]:
    email, key = os.environ.get("NCBI_EMAIL"), os.environ.get("NCBI_API_KEY")
    yield Finding(
        "NCBI_EMAIL", "ok" if email else "note", email or "not set; NCBI asks who fetches: export NCBI_EMAIL=…"
    )
    yield Finding(
        "NCBI_API_KEY", "ok" if key else "note", "set" if key else "not set; 3 requests a second instead of 10"
    )


def _store(folder: Path) -> Iterator[Finding]:
    from graphs.store import Store

    try:
        with Store(folder / "sicca.db", readonly=True) as store:
            (answer,) = store.connection.execute("PRAGMA quick_check").fetchone()
            (articles,) = store.connection.execute("SELECT count(*) FROM article").fetchone()
            quarantined = len(store.quarantined())
    except SiccaError as error:
        yield Finding("store", "bad", str(error))
        return
    detail = f"{articles} articles, {quarantined} quarantined"
    yield Finding("store", "ok" if answer == "ok" else "bad", detail if answer == "ok" else f"damaged: {answer}")


def _network(base_url: str) -> Iterator[Finding]:
    if not base_url.startswith(("http://", "https://")):
        yield Finding("network", "bad", f"pubmed.base_url {base_url!r} is not an http(s) address")
        return
    try:
        with urllib.request.urlopen(f"{base_url}einfo.fcgi", timeout=NETWORK_TIMEOUT) as answer:  # noqa: S310 (checked)
            yield Finding("network", "ok", f"{base_url} answers ({answer.status})")
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        yield Finding("network", "note", f"{base_url} not reached ({reason}); runs with --from FILE work without it")
