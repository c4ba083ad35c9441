"""What a person is told after a run: the report, the log, the message, the status."""

import json
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors.errors import SiccaError
from extractors.records import Article
from pipeline import extraction, stage_key
from pipeline.cli.status import command as status
from pipeline.config import Config
from pipeline.extracted import Extraction
from pipeline.report_pages import html_of
from pipeline.report_parts import Section
from pipeline.run import run
from pipeline.run_report import Report
from tests.eutilities.citations import article_set, book, citation
from tests.eutilities.server import Eutilities, records

A, B = "990008001", "990008002"
ABSTRACT = "<AbstractText>Rituximab reduced fatigue in patients with sicca syndrome &lt;b&gt; | x.</AbstractText>"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.xml"
    path.write_bytes(article_set([citation(A, abstract=ABSTRACT), book("990008009")]))
    return path


def test_run_report_tells_what_came_what_was_read_and_what_is_new(
    tmp_path: Path, quick: Callable[..., Config], file: Path
) -> None:
    out = tmp_path / "out"
    first = run(quick(), out=out, files=[file]).report.read_text(encoding="utf-8")
    assert "1 article was read for the first time" in first
    assert "all new to this store" in first
    assert "for the first time.\n\n| article | year | study | patients | PMID |" in first
    assert "1 book" in first
    assert f"{A} (synthetic)" in first
    file.write_bytes(article_set([citation(A, abstract=ABSTRACT), citation(B, abstract=ABSTRACT)]))
    second = run(quick(), out=out, files=[file]).report.read_text(encoding="utf-8")
    assert "strengthened" in second
    assert "1 article was as before and not read again." in second
    assert first.split("| article |")[1].count(B) == 0 < second.split("| article |")[1].count(B)
    third = run(quick(), out=out, files=[file]).report.read_text(encoding="utf-8")
    assert "Nothing new" in third


def test_run_report_is_a_page_that_needs_nothing_else(tmp_path: Path, quick: Callable[..., Config], file: Path) -> None:
    run(quick(), out=tmp_path / "out", files=[file])
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not {"src", "href"} & {name for name, _ in attrs}
            if tag != "meta":
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Reader().feed(page.removeprefix("<!DOCTYPE html>"))
    assert opened == []
    assert "<b> | x" not in page


def test_run_says_which_part_of_the_pipeline_changed(
    tmp_path: Path, quick: Callable[..., Config], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(quick(), out=tmp_path / "out", files=[file])
    real = stage_key._resources()
    monkeypatch.setattr(stage_key, "_resources", lambda: tuple((n, "0" if n == "vocabulary" else v) for n, v in real))
    finished = run(quick(), out=tmp_path / "out", files=[file])
    assert finished.manifest.changed == ("vocabulary",)
    assert finished.manifest.read == (("pipeline changed", 1),)
    assert "differs from the run before in: vocabulary" in finished.report.read_text(encoding="utf-8")


def test_run_writes_its_log_as_json_lines(tmp_path: Path, quick: Callable[..., Config], file: Path) -> None:
    run(quick(), out=tmp_path / "out", files=[file])
    lines = [json.loads(line) for line in (tmp_path / "out" / "run.log").read_text(encoding="utf-8").splitlines()]
    assert {line["level"] for line in lines} == {"info"}
    assert "1 articles to read" in [line["message"] for line in lines]


def test_run_tells_somebody(tmp_path: Path, quick: Callable[..., Config], file: Path) -> None:
    script = "import pathlib, shutil, sys; shutil.copy(sys.argv[1], pathlib.Path(sys.argv[1]).parent / 'told')"
    more = f"[notify]\ncommand = {json.dumps([sys.executable, '-c', script])}\n"
    run(quick(more), out=tmp_path / "out", files=[file])
    assert (tmp_path / "out" / "told").read_bytes() == (tmp_path / "out" / "report.html").read_bytes()


@pytest.mark.parametrize(
    ("command", "said"), [(["/no/such/program"], "could not be run"), (["/bin/sh", "-c", "exit 3"], "status 3")]
)
def test_run_is_done_though_nobody_can_be_told(
    tmp_path: Path,
    quick: Callable[..., Config],
    file: Path,
    caplog: pytest.LogCaptureFixture,
    command: list[str],
    said: str,
) -> None:
    run(quick(f"[notify]\ncommand = {json.dumps(command)}\n"), out=tmp_path / "out", files=[file])
    assert said in caplog.text


def test_run_quarantines_poison_names_the_first_five_and_reads_them_after_an_upgrade(
    tmp_path: Path, quick: Callable[..., Config], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(article_set(citation(str(990008000 + i)) for i in range(8)))
    sound = extraction.Extractor.extract

    def poisoned(self: extraction.Extractor, article: Article) -> Extraction:
        if article.id != "PMID:990008003":
            raise ValueError("poison")
        return sound(self, article)

    out = tmp_path / "out"
    monkeypatch.setattr(extraction.Extractor, "extract", poisoned)
    finished = run(quick(), out=out, files=[path])
    assert len(finished.manifest.quarantined) == 7
    lines = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert len(lines) == 6
    assert lines[-1].startswith("7 articles in all were not read")
    shown = CliRunner().invoke(status, ["--run", str(out)])
    assert "quarantined  7" in shown.output
    assert "PMID:990008000: ValueError: poison" in shown.output
    monkeypatch.setattr(extraction.Extractor, "extract", sound)
    assert run(quick(), out=out, files=[path]).manifest.read == ()
    real = stage_key._resources()
    monkeypatch.setattr(stage_key, "_resources", lambda: (*real, ("upgrade", "1")))
    again = run(quick(), out=out, files=[path]).manifest
    assert again.read == (("failed before", 7), ("pipeline changed", 1))
    assert again.quarantined == ()


def test_status_tells_runs_and_what_is_pending(tmp_path: Path, quick: Callable[..., Config], file: Path) -> None:
    out = tmp_path / "out"
    run(quick(), out=out, files=[file])
    shown = CliRunner().invoke(status, ["--run", str(out)])
    assert "pending      nothing" in shown.output
    assert "newest record revised 2024-05-06" in shown.output
    (tmp_path / "b.xml").write_bytes(article_set([citation(B), citation("990008003")])[:-400])
    with pytest.raises(SiccaError):
        run(quick(), out=out, files=[tmp_path / "b.xml"])
    found = json.loads(CliRunner().invoke(status, ["--run", str(out), "--format", "json"]).output)
    assert found["pending"] == {"new": 1}
    assert found["unfinished"].startswith("process ")
    assert len(found["runs"]) == 1


def test_run_report_and_status_name_what_no_query_finds_any_more(tmp_path: Path, quick: Callable[..., Config]) -> None:
    with Eutilities(records(4)) as server:
        base = f'[pubmed]\nbase_url = "{server.base_url}"\nemail = "ada@example.org"\n'
        config = quick(f'{base}[[pubmed.query]]\nname = "one"\nterm = "sicca"\n')
        run(config, out=tmp_path / "out")
        del server.served["990000003"]
        server.queries["sicca"] = ["990000001", "990000004"]
        finished = run(config, out=tmp_path / "out")
    text = finished.report.read_text(encoding="utf-8")
    assert (
        "1 that earlier runs found; PubMed still delivers them, and they stay in the store:\n- PMID:990000002" in text
    )
    assert "## No longer in PubMed" in text
    assert finished.manifest.withdrawn == ("PMID:990000003",)
    told = CliRunner().invoke(status, ["--run", str(tmp_path / "out")]).output
    assert "not found    1 that earlier runs found: PMID:990000002" in told


def test_report_page_leads_from_a_pmid_to_pubmed_but_not_from_a_synthetic_one() -> None:
    rows = (("12345", "<i>"), ("990008001 (synthetic)", "12345"))
    page = html_of(Report("T", (), (Section("S", (), ("PMID", "sentence"), rows),)))
    assert '<td><a href="https://pubmed.ncbi.nlm.nih.gov/12345/">12345</a></td><td>&lt;i&gt;</td>' in page
    assert "<td>990008001 (synthetic)</td><td>12345</td>" in page
