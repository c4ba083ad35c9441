from __future__ import annotations

import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mcp import MCPError
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent

from extractors.errors import SiccaError
from pipeline.cli import mcp
from pipeline.toolserver.asking import Questioner
from pipeline.toolserver.graph_questions import GraphQuestions
from tests.pipeline.toolserver.conftest import Talk


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("treatments", {"disease": "qqqq"}, "no disease named 'qqqq' (read as 'qqqq') in this store; the tool `names` lists"),
        ("treatments", {"disease": "rituximabb"}, "no disease named"),
        ("treatments", {"disease": " "}, "an empty name"),
        ("treatments", {}, "treatments: disease: field required; see the tool's input schema"),
        ("treatments", {"disease": "vasculitis", "limit": 100000}, "limit: input should be less than or equal to 100"),
        ("treatments", {"disease": "x" * 5000}, "at most 200 characters"),
        ("evidence", {}, "give subject, object or both"),
        ("evidence", {"subject": "rituximab", "predicates": ["cures"]}, "predicates.0: input should be 'treats'"),
        ("explain", {"claim": "0000000000000000"}, "no claim has this id"),
        ("explain", {"claim": "'; DROP TABLE claim; --"}, "no claim has this id"),
        ("new_since", {"run": 99}, "not one of this store's runs; it has 1"),
        ("cure", {}, "Unknown tool: cure"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_one_line(
    talk: Talk[CallToolResult], tool: str, arguments: dict[str, Any], message: str
) -> None:
    result = talk(lambda client: client.call_tool(tool, arguments))
    (said,) = result.content
    assert isinstance(said, TextContent)
    assert result.is_error
    assert message in said.text
    assert "\n" not in said.text


def test_hostile_names_find_nothing_and_break_nothing(talk: Talk[list[CallToolResult]]) -> None:
    names = [
        '" OR 1=1 --',
        "NEAR(a b)",
        "*",
        "a* AND b",
        "<script>alert(1)</script>",
        "'; DELETE FROM claim",
        "\x00",
        "a\x00b",
    ]

    async def ask(client: Any) -> list[CallToolResult]:
        return [
            await client.call_tool(tool, {key: name})
            for tool, key in (("treatments", "disease"), ("names", "words"))
            for name in names
        ]

    for name, result in zip(names * 2, talk(ask), strict=True):
        said = result.content[0]
        assert isinstance(said, TextContent)
        assert "Error executing" not in said.text, name
        assert "sqlite" not in said.text.lower(), name


def test_a_question_that_takes_too_long_is_stopped(sample_run: Path) -> None:
    questions = GraphQuestions(Questioner(sample_run / "sicca.db", seconds=1e-9))
    with pytest.raises(ToolError, match="stopped after 1e-09 seconds; ask more narrowly"):
        questions.contradictions()


def test_the_store_is_only_read(sample_run: Path) -> None:
    with Questioner(sample_run / "sicca.db", seconds=9).ask() as asking, pytest.raises(Exception, match="readonly"):
        asking.connection.execute("DELETE FROM claim")


def test_a_folder_without_a_store_is_said_before_the_server_starts(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "mcp", "--run", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("sicca: ")
    assert done.stderr.count("\n") == 1


def test_a_missing_package_names_the_extra(sample_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    result = CliRunner().invoke(mcp.command, ["--run", str(sample_run)])
    assert isinstance(result.exception, SiccaError)
    assert str(result.exception) == "mcp is not installed; run: pip install 'sicca[mcp]'"


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("sicca://tables/nothing/1", "no table 'nothing'; there are courses"),
        ("sicca://tables/courses/0", "pages are numbered from 1"),
        ("sicca://tables/courses/99", "the last is"),
        ("sicca://tables/courses/-1", "pages are numbered from 1"),
    ],
)
def test_a_page_that_is_not_there_is_one_line(talk: Callable[..., Any], uri: str, message: str) -> None:
    async def read(client: Any) -> str:
        try:
            await client.read_resource(uri)
        except MCPError as error:
            return str(error)
        return ""

    conversation: Callable[[Any], Awaitable[str]] = read
    said = talk(conversation)
    assert message in said
    assert "\n" not in said
