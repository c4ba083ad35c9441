"""What `sicca schedule` prints is what systemd, cron and GitHub Actions read."""

import configparser
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors.errors import ConfigError
from pipeline.cli.schedule import command
from pipeline.schedule import File, Job, files_of

ANALYZE = shutil.which("systemd-analyze") or ""
JOB = Job("pss_cryo_baff", "pss_cryo_baff", "/srv/evidence", "/bin/true", "week")


def file(kind: str, ending: str = "") -> File:
    (found,) = (f for f in files_of(JOB) if f.kind == kind and f.name.endswith(ending))
    return found


@pytest.mark.parametrize(
    ("ending", "sections"), [(".service", ["Unit", "Service"]), (".timer", ["Unit", "Timer", "Install"])]
)
def test_schedule_writes_units(ending: str, sections: list[str]) -> None:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # systemd's keys have capitals
    parser.read_string(file("systemd", ending).text)
    assert parser.sections() == sections
    if ending == ".service":
        assert parser["Service"]["ExecStart"] == "/bin/true run pss_cryo_baff --quiet"
        assert parser["Service"]["WorkingDirectory"] == "/srv/evidence"


@pytest.mark.skipif(not ANALYZE, reason="no systemd here")
def test_schedule_units_pass_systemds_own_check(tmp_path: Path) -> None:
    for found in files_of(Job("pss_cryo_baff", "pss_cryo_baff", str(tmp_path), "/bin/true")):
        (tmp_path / found.name).write_text(found.text, encoding="utf-8")
    units = sorted(path for path in tmp_path.iterdir() if path.suffix in {".service", ".timer"})
    done = subprocess.run(
        [ANALYZE, "verify", "--man=no", "--recursive-errors=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in done.stderr.splitlines() if "sicca" in line] == []
    assert done.returncode == 0
    timer = next(path for path in units if path.suffix == ".timer").read_text(encoding="utf-8")
    (calendar,) = re.findall(r"^OnCalendar=(.*)$", timer, re.MULTILINE)
    subprocess.run([ANALYZE, "calendar", calendar], check=True, capture_output=True)


def test_schedule_writes_a_crontab_line_that_a_shell_reads() -> None:
    lines = [line for line in file("cron").text.splitlines() if not line.startswith("#")]
    (line,) = lines
    *fields, script = line.split(" ", 5)
    assert fields == ["17", "3", "*", "*", "1"]
    assert "%" not in script  # cron's line break
    subprocess.run(["/bin/sh", "-n", "-c", script], check=True)


def test_schedule_writes_a_workflow_with_the_structure_that_github_wants() -> None:
    text = file("github").text
    assert "\t" not in text
    top = [line.rstrip(":") for line in re.findall(r"^[a-z]+:", text, re.MULTILINE)]
    assert top == ["name", "on", "permissions", "concurrency", "jobs"]
    indents = [len(line) - len(line.lstrip()) for line in text.splitlines() if line.strip()]
    assert all(indent % 2 == 0 for indent in indents)
    assert all(after - before <= 4 for before, after in pairwise(indents))
    assert 'cron: "17 3 * * 1"' in text
    assert re.findall(r"\$\{\{ [a-zA-Z_.]+ \}\}", text) == [
        "${{ github.run_id }}",
        "${{ secrets.NCBI_EMAIL }}",
        "${{ secrets.NCBI_API_KEY }}",
    ]
    assert "$name" not in text


@pytest.mark.parametrize("folder", ["/srv/50%", "/srv/a\nb", "/srv/$HOME", '/srv/"x"'])
def test_schedule_refuses_paths_that_schedulers_would_rewrite(folder: str) -> None:
    with pytest.raises(ConfigError, match="rename"):
        files_of(Job("a", "a", folder, "/bin/true"))


def test_schedule_quotes_folders_with_blanks() -> None:
    service, _, cron, _ = files_of(Job("a", "/my files/a.toml", "/my files", "/my files/sicca"))
    assert 'ExecStart="/my files/sicca" run "/my files/a.toml" --quiet' in service.text
    assert "cd '/my files' &&" in cron.text


def test_schedule_writes_files_where_it_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["sample", "--out", str(tmp_path / "units")])
    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "units").iterdir()) == [
        "sicca-sample.cron",
        "sicca-sample.service",
        "sicca-sample.timer",
        "sicca-sample.yml",
    ]
