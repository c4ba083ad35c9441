"""A small run, and the explorer on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graphs.assembly import assemble
from graphs.store import Store
from pipeline.web.app import create_app
from pipeline.web.settings import Settings
from tests.graphs.fieldnotes import CONCEPTS, Notes

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
        store.put_concepts(CONCEPTS)
        Notes(1, n=12).says("RTX cures vasculitis.", "RTX", "treats", "vasculitis", effect="effective").says(
            "RTX raises BAFF.", "RTX", "increases", "BAFF"
        ).says("Belimumab targets BAFF.", "Belimumab", "targets", "BAFF").treated(
            "After RTX, belimumab helped 2 of 3 with vasculitis.", "belimumab", condition="vasculitis", prior=("RTX",),
            reason="refractory", patients=3, responders=2, outcome="improved",
        ).into(store)  # fmt: skip
        Notes(990000002).says("RTX fails in vasculitis.", "RTX", "treats", "vasculitis", effect="ineffective").says(
            "RTX left ESSDAI alone.", "RTX", "affects_outcome", "ESSDAI", effect="no_difference"
        ).says("RTX gave an infusion reaction.", "RTX", "causes_adverse_event", "infusion reaction").says(
            "BAFF predicts lymphoma.", "BAFF", "predicts", "lymphoma", effect="positive"
        ).says("RTX with belimumab.", "RTX", "combined_with", "belimumab").into(store)
        Notes(3, publication_types=(("D016441", "Retracted Publication"),)).says(
            "RTX heals vasculitis.", "RTX", "treats", "vasculitis", effect="effective"
        ).into(store)
        assemble(store)
        store.record_run(json.dumps(MANIFEST))
    return folder


@pytest.fixture(scope="session")
def browser(run: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(run=run)), base_url="http://localhost", follow_redirects=False) as client:
        yield client
