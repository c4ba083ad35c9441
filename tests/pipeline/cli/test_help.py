"""Every command says what it does, with an example; the list of commands and the README are complete."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline.cli.main import COMMANDS

README = Path(__file__).parents[3] / "README.md"


def commands() -> Iterator[tuple[str, click.Command]]:
    for name, (module, _) in COMMANDS.items():
        yield from walk(name, importlib.import_module(f"pipeline.cli.{module}").command)


def walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for child, below in sorted(command.commands.items()):
            yield from walk(f"{name} {child}", below)


LISTED = dict(commands())


@pytest.mark.parametrize("name", [name for name, command in LISTED.items() if not isinstance(command, click.Group)])
def test_help_of_every_command_has_an_example(name: str) -> None:
    command = LISTED[name]
    shown = command.get_help(click.Context(command, info_name=name)) + (command.epilog or "")
    _, _, example = " ".join(shown.split()).partition("Example: ")
    assert f"sicca {name.split()[0]}" in example
    assert command.help


@pytest.mark.parametrize("name", COMMANDS)
def test_help_commands_stand_in_the_readme(name: str) -> None:
    assert f"sicca {name}" in README.read_text(encoding="utf-8")


def test_help_modules_with_a_command_are_listed() -> None:
    folder = Path(importlib.import_module("pipeline.cli").__path__[0])
    with_command = {path.stem for path in folder.glob("*.py") if "def command(" in path.read_text(encoding="utf-8")}
    assert with_command - {"main"} == {module for module, _ in COMMANDS.values()}


def test_help_imports_no_heavy_library() -> None:
    heavy = "{'spacy', 'numpy', 'networkx', 'lxml', 'scispacy'}"
    code = f"import sys, pipeline.cli.main as m; m.command.main(['--help'], standalone_mode=False); print({heavy} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert answer.strip().endswith("set()")
    assert "Commands:" in answer
