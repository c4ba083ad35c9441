"""A small run, and the explorer on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import sync_playwright

from graphs.store import Store
from pipeline.web.app import create_app
from pipeline.web.settings import Settings
from tests.graphs.told import tell
from tests.pipeline.web.chromium import BINARY, FLAGS, Watched, serving

MANIFEST = {
    "config": "notes",
    "config_hash": "c",
    "extraction_key": "k",
    "started": "2026-01-01T10:00:00+00:00",
    "ended": "2026-01-01T10:05:00+00:00",
    "versions": [],
    "quarantined": [],
    "read": [["new", 3]],
    "articles": 3,
    "claims": 7,
    "sources": [],
}


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "notes"
    folder.mkdir()
    with Store(folder / "sicca.db") as store:
        tell(store, second=990000002)
        store.record_run(json.dumps(MANIFEST))
    return folder


@pytest.fixture(scope="session")
def browser(run: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(run=run)), base_url="http://localhost", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run of the embedded sample with a copy beside it, so that there is something to compare.

    SICCA_SAMPLE names a finished one, which saves the making.
    """
    folder = tmp_path_factory.mktemp("runs")
    if finished := os.environ.get("SICCA_SAMPLE"):
        shutil.copytree(finished, folder / "sample")
    else:
        command = [sys.executable, "-m", "pipeline", "run", "sample", "--out", str(folder / "sample")]
        subprocess.run(command, check=True, capture_output=True)
    shutil.copytree(folder / "sample", folder / "earlier")
    return folder / "sample"


@pytest.fixture(scope="session")
def served(sample: Path) -> Iterator[str]:
    with serving(sample) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BINARY, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Watched]]:
    """Open a page on a server; everything that should not happen on it fails the test."""
    opened: list[tuple[Any, Watched]] = []

    def open_(base: str, **options: Any) -> Watched:
        context = chromium.new_context(**{"viewport": {"width": 1200, "height": 800}, **options})
        watched = Watched(context.new_page(), base)
        opened.append((context, watched))
        return watched

    yield open_
    for context, watched in opened:
        context.close()
        watched.healthy()
