"""The JSON says what the command line says, and keeps to its own OpenAPI document."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.pipeline.web.chromium import serving

#: `st run`, whatever folder pip put the command into.
SCHEMATHESIS = "from schemathesis.cli import schemathesis; schemathesis()"


def test_api_answers_as_the_command_line_does(browser: TestClient, run: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "ask", "treatments", "--disease", "vasculitis", "--format", "json"]
    told = subprocess.run([*command, "--run", str(run)], check=True, capture_output=True, text=True).stdout
    assert browser.get("/api/treatments", params={"disease": "vasculitis"}).json()["rows"] == json.loads(told)


def test_api_says_what_a_name_was_taken_for(browser: TestClient) -> None:
    (understood,) = browser.get("/api/outcomes", params={"drug": "ritu"}).json()["understood"]
    assert understood["name"] == "rituximab"
    assert "taken for" in understood["note"]


def test_api_says_that_there_is_more_than_the_limit(browser: TestClient) -> None:
    answer = browser.get("/api/evidence", params={"subject": "RTX", "object": "vasculitis", "limit": 1}).json()
    assert len(answer["rows"]) == 1
    assert answer["more"]


def test_api_explains_a_claim_reading_by_reading(browser: TestClient) -> None:
    (row,) = browser.get("/api/treatments", params={"disease": "vasculitis"}).json()["rows"]
    told = browser.get(f"/api/claims/{row['claim']}").json()
    assert [reading["direction"] for reading in told["readings"]] == ["effective", "ineffective", "retracted"]


def test_api_offsets_of_an_abstract_are_those_of_its_text(browser: TestClient) -> None:
    found = browser.get("/api/articles/990000002").json()
    text = f"{found['title']}\n{found['abstract']}"
    assert found["mentions"]
    assert all(text[m["start"] : m["end"]] == m["text"] for m in found["mentions"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/treatments?disease=nobody", 404),
        ("/api/treatments", 422),
        ("/api/treatments?disease=vasculitis&limit=0", 422),
        ("/api/claims/zz", 422),
        ("/api/nothing", 404),
    ],
)
def test_api_faults_are_one_line_of_json(browser: TestClient, address: str, status: int) -> None:
    answer = browser.get(address)
    assert answer.status_code == status
    assert set(answer.json()) == {"detail"}


def test_api_keeps_to_its_document_under_schemathesis(run: Path) -> None:
    with serving(run) as address:
        document = f"{address}/api/openapi.json"
        command = [sys.executable, "-c", SCHEMATHESIS, "run", document, "--max-examples", "10", "--seed", "1"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
