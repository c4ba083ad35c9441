from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from mcp import Client
from mcp_types import CallToolResult, ListToolsResult

from graphs.store import Store
from tests.pipeline.toolserver.conftest import Talk

Call = Callable[..., dict[str, Any]]
#: A call of each tool.
CALLS: dict[str, dict[str, Any]] = {
    "treatments": {"disease": "cryoglobulinaemic vasculitis"},
    "after_failure": {"drug": "rituximab", "reason": "refractory", "strict": False},
    "outcomes": {"drug": "rituximab"},
    "adverse_events": {"drug": "rituximab"},
    "combinations": {"drug": "rituximab"},
    "predictors": {"outcome": "lymphoma"},
    "mechanism_path": {"start": "rituximab", "end": "belimumab", "via": ["BAFF"]},
    "contradictions": {},
    "evidence": {"subject": "rituximab", "object": "BAFF"},
    "gaps": {"disease": "Sjögren"},
    "silence": {"subject": "belimumab", "object": "lymphoma"},
    "retractions": {},
    "new_since": {"run": 0},
    "names": {"words": "cryoglob"},
    "statistics": {},
}
#: Where a call's rows are, for those that find something in the sample.
FULL = dict.fromkeys(CALLS, "rows") | {"after_failure": "strict", "combinations": "claims", "silence": None}


def ask(question: str, run: Path, *arguments: str) -> list[dict[str, Any]]:
    command = importlib.import_module("pipeline.cli.ask").command
    result = CliRunner().invoke(command, [question, *arguments, "--run", str(run), "--format", "json"])
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def sentences(answer: Any) -> list[dict[str, Any]]:
    """Return every sentence object anywhere in an answer."""
    if isinstance(answer, list):
        return [found for item in answer for found in sentences(item)]
    if not isinstance(answer, dict):
        return []
    return ([answer] if {"pmid", "text"} <= set(answer) else []) + sentences(list(answer.values()))


def test_every_tool_only_reads_and_says_what_it_answers_with(talk: Talk[ListToolsResult]) -> None:
    listed = {tool.name: tool for tool in talk(lambda client: client.list_tools()).tools}
    assert set(listed) == {*CALLS, "explain"}
    for tool in listed.values():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.description
        assert tool.output_schema is not None
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)


def test_every_answer_fits_its_schema_and_its_sentences_stand_in_the_store(talk: Talk[Any], sample_run: Path) -> None:
    async def all_calls(client: Client) -> list[tuple[str, CallToolResult]]:
        await client.list_tools()
        return [(name, await client.call_tool(name, arguments)) for name, arguments in CALLS.items()]

    async def schemas(client: Client) -> dict[str, Any]:
        return {tool.name: tool.output_schema for tool in (await client.list_tools()).tools}

    known = talk(schemas)
    with Store(sample_run / "sicca.db", readonly=True) as store:
        for name, result in talk(all_calls):
            assert not result.is_error, (name, result.content)
            jsonschema.validate(result.structured_content, known[name])
            assert FULL[name] is None or result.structured_content[FULL[name]], name
            for sentence in sentences(result.structured_content):
                text = store.connection.execute(
                    "SELECT title || char(10) || abstract FROM article WHERE id = ?", (f"PMID:{sentence['pmid']}",)
                ).fetchone()
                assert text, sentence
                assert sentence["text"] in text[0]


@pytest.mark.parametrize(
    ("tool", "arguments", "question"),
    [
        ("treatments", {"disease": "vasculitis"}, ("treatments", "--disease", "vasculitis")),
        ("outcomes", {"drug": "rituximab"}, ("outcomes", "--drug", "rituximab")),
        ("adverse_events", {"drug": "rituximab"}, ("adverse-events", "--drug", "rituximab")),
        ("predictors", {"outcome": "lymphoma"}, ("predictors", "--of", "lymphoma")),
    ],
)
def test_a_tool_answers_as_the_command_does(
    call: Call, sample_run: Path, tool: str, arguments: dict[str, Any], question: tuple[str, ...]
) -> None:
    said = [(row["claim"], row["figures"]["verdict"]) for row in call(tool, **arguments, limit=100)["rows"]]
    assert said == [(row["claim"], row["verdict"]) for row in ask(question[0], sample_run, *question[1:])]
    assert said


def test_after_failure_answers_as_the_command_does(call: Call, sample_run: Path) -> None:
    told = call("after_failure", drug="rituximab", reason="refractory", limit=100)["strict"]
    printed = ask("after-failure", sample_run, "--after", "rituximab", "--reason", "refractory")
    assert [(row["sentence"]["text"], row["patients"]) for row in told] == [
        (row["sentence"], row["patients"]) for row in printed
    ]


def test_explain_reckons_the_belief_that_the_claim_shows(call: Call) -> None:
    claim = call("treatments", disease="cryoglobulinaemic vasculitis", limit=1)["rows"][0]
    told = call("explain", claim=claim["claim"])
    assert told["claim"]["figures"] == claim["figures"]
    verdict = {"direction": claim["figures"]["verdict"], "belief": claim["figures"]["belief"]}
    assert verdict in told["directions"]
    assert any(reading["counts"] for reading in told["readings"])


def test_a_limit_that_cuts_says_so(call: Call) -> None:
    few = call("names", limit=2)
    assert len(few["rows"]) == 2
    assert few["more"]
    assert not call("names", words="cryoglob", limit=100)["more"]


def test_a_guessed_name_is_noted_and_synthetic_records_are_marked(call: Call) -> None:
    answer = call("treatments", disease="cryoglob", limit=3)
    assert "taken for" in answer["understood"][0]["note"]
    assert all(row["sentence"]["synthetic"] and row["sentence"]["url"] is None for row in answer["rows"])
