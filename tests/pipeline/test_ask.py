from __future__ import annotations

import csv
import importlib
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractors.errors import SiccaError
from graphs.assembly import assemble
from graphs.store import Store
from tests.graphs.fieldnotes import CONCEPTS, Notes


@pytest.fixture
def run(tmp_path: Path) -> Path:
    with Store(tmp_path / "sicca.db") as store:
        store.put_concepts(CONCEPTS)
        Notes(990000001).says("RTX cures vasculitis.", "RTX", "treats", "vasculitis", effect="effective").into(store)
        assemble(store)
    return tmp_path


def sicca(name: str, *arguments: str | Path) -> Result:
    command = importlib.import_module(f"pipeline.cli.{name}").command
    result = CliRunner().invoke(command, [str(a) for a in arguments])
    if isinstance(result.exception, SiccaError):
        raise result.exception
    return result


def test_ask_treatments_as_json_csv_and_table(run: Path) -> None:
    question = ("ask", "treatments", "--disease", "vasculitis", "--run", run, "--format")
    (row,) = json.loads(sicca(*question, "json").stdout)
    assert (row["treatment"], row["verdict"], row["sentence"]) == ("rituximab", "effective", "RTX cures vasculitis.")
    (row,) = csv.DictReader(io.StringIO(sicca(*question, "csv").stdout))
    assert row["pmid"] == "990000001 (synthetic)"
    assert "“RTX cures vasculitis.”" in sicca(*question, "table").stdout


def test_ask_says_on_stderr_how_a_name_was_understood(run: Path) -> None:
    result = sicca("ask", "evidence", "--subject", "ritux", "--run", run, "--format", "json")
    assert "taken for rituximab" in result.stderr
    assert len(json.loads(result.stdout)) == 1


def test_ask_evidence_wants_an_end(run: Path) -> None:
    assert sicca("ask", "evidence", "--run", run).exit_code == 2


def test_ask_takes_the_newest_run_under_runs(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run)
    with pytest.raises(SiccaError, match="no run under runs/"):
        sicca("ask", "treatments", "--disease", "vasculitis")
    (run / "runs").mkdir()
    (run / "runs" / "mine").mkdir()
    (run / "sicca.db").rename(run / "runs" / "mine" / "sicca.db")
    assert "rituximab" in sicca("ask", "treatments", "--disease", "vasculitis").stdout


def test_table_evidence_writes_csv(run: Path) -> None:
    assert len(list(csv.DictReader(io.StringIO(sicca("table", "evidence", "--run", run).stdout)))) == 1
    sicca("table", "evidence", "--run", run, "-o", run / "evidence.csv")
    assert (run / "evidence.csv").read_text() == sicca("table", "evidence", "--run", run).stdout


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM claim", "only be read"),
        ("SELECT load_extension('x')", "not authorized|only be read"),
        ("ATTACH '/etc/passwd' AS p", "only be read"),
        ("PRAGMA query_only = OFF", "only be read"),
        ("SELEC 1", "syntax error"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("", "not a SELECT"),
        ("SELECT * FROM claims", "no such table"),
        ("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n", "seconds"),
        ("SELECT randomblob(100000000)", "too big"),
    ],
)
def test_sql_refuses_what_is_no_short_reading(run: Path, statement: str, message: str) -> None:
    with pytest.raises(SiccaError, match=message):
        sicca("sql", statement, "--run", run, "--seconds", "0.2")


def test_sql_answers_and_says_when_it_cut(run: Path) -> None:
    result = sicca("sql", "SELECT id, id FROM concept ORDER BY 1".replace("id", "curie"), "--run", run, "--limit", "2")
    assert result.stdout.splitlines()[0].split() == ["curie", "curie:2"]
    assert "the first 2 rows" in result.stderr
    full = sicca("sql", "SELECT count(*) AS n FROM article_fts WHERE article_fts MATCH 'vasculitis'", "--run", run)
    assert full.stdout.split() == ["n", "1"]
