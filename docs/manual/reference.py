"""The reference that is read off the code: commands, settings, tools."""

from __future__ import annotations

import importlib
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import click
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from pipeline import config
from pipeline.cli.main import COMMANDS

#: The tables of a config, in the order in which they are explained.
TABLES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("[question]", config.Question),
    ("[pubmed]", config.Pubmed),
    ("[[pubmed.query]]", config.Query),
    ("[input]", config.Input),
    ("[extraction]", config.Extraction),
    ("[notify]", config.Notify),
)


def commands() -> str:
    """Return the page of all commands, each with its own help text."""
    parts = [
        "# Commands",
        "What `--help` says, command by command. Exit status: 0 done; 1 an error, told in one line on standard error; "
        "2 wrong usage; 130 interrupted.",
    ]
    for name in COMMANDS:
        command = importlib.import_module(f"pipeline.cli.{COMMANDS[name][0]}").command
        for path, found in _all(command, f"sicca {name}"):
            level = "##" if path.count(" ") == 1 else "###"
            context = click.Context(found, info_name=path, max_content_width=100, terminal_width=100)
            parts.append(f"{level} `{path}`\n\n```text\n{found.get_help(context)}\n```")
    return "\n\n".join(parts) + "\n"


def _all(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, below in sorted(command.commands.items()):
            yield from _all(below, f"{path} {name}")


def settings() -> str:
    """Return the page of the settings: each key, its type and default, and what the source says of it."""
    parts = [
        "# Settings",
        "A config is one TOML file, checked key by key before anything runs; an unknown key is an error that names the "
        "known ones. Command line goes before environment (`NCBI_API_KEY`, `NCBI_EMAIL`), environment before file.",
    ]
    for heading, table in TABLES:
        said = _comments(table)
        rows = [
            f"| `{key}` | {_type(field.annotation)} | {_default(field)} | {said.get(key, '')} |"
            for key, field in table.model_fields.items()
            if not isinstance(field.annotation, type) or not issubclass(field.annotation, BaseModel)
            if key != "query"
        ]
        head = "| key | type | default | |\n|---|---|---|---|"
        parts.append("\n\n".join([f"## `{heading}`", (table.__doc__ or "").strip(), "\n".join([head, *rows])]))
    return "\n\n".join(parts) + "\n"


def _comments(table: type[BaseModel]) -> dict[str, str]:
    """Return key → the #: comment above it in the source."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    inside = False
    for line in Path(str(config.__file__)).read_text(encoding="utf-8").splitlines():
        if line.startswith("class "):
            inside = line.startswith(f"class {table.__name__}(")
        text = line.strip()
        if inside and text.startswith("#: "):
            waiting.append(text.removeprefix("#: "))
        elif inside and ":" in text and waiting:
            found[text.partition(":")[0]] = " ".join(waiting).replace("|", "\\|")
            waiting = []
    return found


def _type(annotation: Any) -> str:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _type(typing.get_args(annotation)[0])
    if origin is tuple:
        return f"list of {_type(typing.get_args(annotation)[0])}"
    if origin is dict:
        return "table"
    if origin in {typing.Union, types.UnionType}:
        return " or ".join(_type(part) for part in typing.get_args(annotation))
    names = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return names.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _default(field: Any) -> str:
    if field.default is PydanticUndefined:
        return "*required*" if field.default_factory is None else "empty"
    if field.default in ("", ()):
        return "empty"
    shown = list(field.default) if isinstance(field.default, tuple) else field.default
    return f"`{str(shown).lower() if isinstance(shown, bool) else shown}`"


def tools() -> str:
    """Return the page of the tools that `sicca mcp` serves."""
    from pipeline.toolserver import server

    listed = anyio.run(server.make(Path("no store is opened for the list")).list_tools)
    parts = [
        "# Tools for assistants",
        "What `sicca mcp` serves ([how to use it](../howto/assistant.md)). Every tool only reads, and answers with an "
        "object of the output schema that it lists; every claim in it has its PMID and its verbatim sentence.",
    ]
    for tool in listed:
        required = set(tool.input_schema.get("required", ()))
        rows = [
            f"| `{key}` | {'yes' if key in required else 'no'} | {found.get('description', '')} |"
            for key, found in tool.input_schema["properties"].items()
        ]
        head = "| argument | required | |\n|---|---|---|"
        table = "\n".join([head, *rows]) if rows else "No arguments."
        parts.append(f"## `{tool.name}`\n\n{tool.description}\n\n{table}")
    return "\n\n".join(parts) + "\n"
