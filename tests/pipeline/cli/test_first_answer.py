"""What a run shows at its end is what the command above it prints."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphs.store import Store
from pipeline.cli.main import command
from pipeline.cli.run import _answer
from tests.graphs.told import tell


def test_the_first_answer_is_that_of_the_command_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(tmp_path / "sicca.db") as store:
        tell(store, second=990000002)
        (disease,) = store.connection.execute(
            "SELECT o.name FROM claim c JOIN node o ON o.key = c.object WHERE c.predicate = 'treats' ORDER BY c.id LIMIT 1"
        ).fetchone()
    _answer(disease, tmp_path)
    shown, _, answer = capsys.readouterr().out.strip().partition("\n")
    sicca, *arguments = shlex.split(shown.removeprefix("$ "))
    assert sicca == "sicca"
    told = CliRunner().invoke(command, arguments)
    assert told.exit_code == 0
    assert told.stdout.strip() == answer.strip() != ""
