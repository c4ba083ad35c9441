from __future__ import annotations

import csv
import importlib
import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from extractors.errors import SiccaError
from graphs.assembly import assemble
from graphs.store import Store
from tests.graphs.fieldnotes import Notes
from tests.graphs.told import tell

GROUPS = ("ask", "table", "export")
MANIFEST = {
    "config_hash": "c",
    "extraction_key": "k",
    "versions": [],
    "quarantined": [],
    "sources": [
        {
            "name": "a.xml",
            "kind": "file",
            "records": 9,
            "skipped": [["book", 2]],
            "repeated": 1,
            "withdrawn": 0,
            "missing": [],
        }
    ],
}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    with Store(tmp_path / "sicca.db") as store:
        tell(store)
        store.record_run(json.dumps(MANIFEST))
    return tmp_path


def command(name: str) -> click.Command:
    found: click.Command = importlib.import_module(f"pipeline.cli.{name}").command
    return found


def sicca(name: str, *arguments: str | Path) -> Result:
    result = CliRunner().invoke(command(name), [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (("treatments", "--disease", "vasculitis"), {"treatment": "rituximab", "verdict": "mixed", "retracted": 1}),
        (("after-failure", "--after", "RTX", "--reason", "refractory"), {"treatment": "belimumab", "responders": 2}),
        (("outcomes", "--drug", "RTX"), {"endpoint": "ESSDAI", "verdict": "no_difference"}),
        (("adverse-events", "--drug", "anti-CD20"), {"harm": "infusion reaction"}),
        (("combinations", "--drug", "belimumab"), {"predicate": "combined_with"}),
        (("predictors", "--of", "lymphoma"), {"predictor": "TNFSF13B", "verdict": "positive"}),
        (("path", "--from", "RTX", "--via", "BLyS", "--to", "belimumab"), {"from": "rituximab", "arrow": "─▲→"}),
        (("contradictions",), {"differs": "true conflict", "subject": "rituximab"}),
        (("evidence", "--subject", "RTX", "--object", "vasculitis"), {"predicate": "treats", "retracted": False}),
        (("retractions",), {"loses": "1 of 3 sources, verdict turns from effective to mixed", "articles": "3"}),
        (("new", "--since", "0"), {"was": "not there"}),
        (
            ("silence", "--subject", "belimumab", "--object", "lymphoma"),
            {"step": "file a.xml: records identified", "count": 9},
        ),
        (("names", "ritux"), {"name": "rituximab", "id": "MESH:D000069283"}),
        (("names", "vascul"), {"name": "vasculitis"}),
        (("statistics",), {"what": "articles", "value": "all", "count": 3}),
        (("gaps", "--disease", "vasculitis"), {"treatment": "belimumab", "said": "nothing"}),
    ],
)
def test_ask_answers_every_question(run: Path, question: tuple[str, ...], first: dict[str, object]) -> None:
    rows = json.loads(sicca("ask", *question, "--run", run, "--format", "json").stdout)
    assert {key: rows[0][key] for key in first} == first
    header, *lines = csv.reader(io.StringIO(sicca("ask", *question, "--run", run, "--format", "csv").stdout))
    assert len(lines) == len(rows)
    assert all(len(line) == len(header) for line in lines)
    table = sicca("ask", *question, "--run", run).stdout
    brief = sicca("ask", *question, "--run", run, "--format", "brief").stdout
    assert "“" not in brief
    assert set(brief.splitlines()[0].split()) <= set(table.splitlines()[0].split())


def test_explain_shows_the_arithmetic_and_what_was_left_out(run: Path) -> None:
    text = sicca("explain", "rituximab", "treats", "vasculitis", "--run", run).stdout
    assert "verdict mixed" in text
    assert "1 retracted articles left out" in text
    # 0.9 (score) × 0.60 (cohort) × (0.5 + 0.5 × 12/32) × 1.0 (results)
    assert "effective: 1 − (1 − 0.371) = 0.371" in text


@pytest.mark.parametrize(
    "asked",
    [
        ("explain", "RTX", "treats", "vasculitis"),
        ("ask", "treatments", "--disease", "vasculitis"),
        ("ask", "evidence", "--subject", "RTX", "--object", "BAFF"),
    ],
)
def test_rows_tell_whose_finding_the_sentence_is(run: Path, asked: tuple[str, ...]) -> None:
    rows = json.loads(sicca(*asked, "--run", run, "--format", "json").stdout)
    assert rows
    assert {row["origin"] for row in rows} == {"novel"}


def test_diff_names_change_and_cause(run: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    later.mkdir()
    (later / "sicca.db").write_bytes((run / "sicca.db").read_bytes())
    with Store(later / "sicca.db") as store:
        Notes(4).says("RTX raises BAFF.", "RTX", "increases", "BAFF").into(store)
        assemble(store)
    result = sicca("diff", run, later)
    assert "1 articles added, 0 gone; pipeline: the same" in result.stdout
    (row,) = json.loads(sicca("diff", run, later, "--format", "json").stdout)
    assert (row["change"], row["cause"], row["articles"]) == ("strengthened", "new paper (world)", "4")
    assert json.loads(sicca("diff", run, later, "--only", "pipeline", "--format", "json").stdout) == []


@pytest.mark.parametrize("ending", ["csv", "md", "html", "xlsx", "docx"])
def test_table_writes_by_the_ending(run: Path, ending: str) -> None:
    sicca("table", "summary", "--run", run, "-o", run / f"s.{ending}")
    assert (run / f"s.{ending}").stat().st_size > 0


def test_table_refuses_an_unknown_ending(run: Path) -> None:
    result = CliRunner().invoke(command("table"), ["summary", "--run", str(run), "-o", "s.pdf"])
    assert result.exit_code == 2
    assert ".docx" in result.output


@pytest.mark.parametrize("kind", ["response", "time"])
def test_table_plot_draws(run: Path, kind: str) -> None:
    sicca("table", "plot", "--disease", "vasculitis", "--kind", kind, "--run", run, "-o", run / "p.svg")
    assert "vasculitis" in (run / "p.svg").read_text(encoding="utf-8")


def test_table_plot_draws_png(run: Path) -> None:
    sicca("table", "plot", "--disease", "vasculitis", "--run", run, "-o", run / "p.png")
    assert (run / "p.png").read_bytes().startswith(b"\x89PNG")


def test_table_plot_refuses_an_unknown_ending(run: Path) -> None:
    arguments = ["plot", "--disease", "vasculitis", "--run", str(run), "-o", "p.pdf"]
    result = CliRunner().invoke(command("table"), arguments)
    assert result.exit_code == 2
    assert ".png" in result.output


@pytest.mark.parametrize(
    "name",
    ["graphml", "kgx", "rdf", "pubtator", "bioc-json", "bioc-xml", "neo4j-csv", "ladybug", "ris", "bibtex", "csl-json"],
)
def test_export_writes_every_format(run: Path, name: str) -> None:
    if name == "ladybug":
        pytest.importorskip("ladybug")
    sicca("export", name, "--run", run, "-o", run / "new" / "out")
    out = run / "new" / "out"
    assert list(out.iterdir()) if out.is_dir() else out.stat().st_size


def test_export_into_what_cannot_be_written_is_one_line(run: Path) -> None:
    with pytest.raises(SiccaError, match="cannot be written"):
        sicca("export", "ris", "--run", run, "-o", run / "sicca.db" / "out.ris")


def test_cypher_builds_its_view_and_answers(run: Path) -> None:
    pytest.importorskip("ladybug")
    question = "MATCH (c:Claim {predicate: 'targets'})-[:OBJECT]->(x:Concept) RETURN x.id AS id"
    assert json.loads(sicca("cypher", question, "--run", run, "--format", "json").stdout) == [{"id": "HGNC:11929"}]


@pytest.mark.parametrize("group", GROUPS)
def test_every_subcommand_has_a_line_and_an_example(group: str) -> None:
    found = command(group)
    assert isinstance(found, click.Group)
    for name, sub in found.commands.items():
        help_ = sub.help or ""
        assert help_.splitlines()[0], name
        assert "Example:" in help_, f"{group} {name}"


def test_every_question_is_in_the_document() -> None:
    text = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    found = command("ask")
    assert isinstance(found, click.Group)
    assert [
        name for name in found.commands if f"$ sicca ask {name} " not in text and f"$ sicca ask {name}\n" not in text
    ] == []
