"""A real server in a process of its own, asked over standard input and output by the protocol's own client."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client

T = TypeVar("T")
Talk = Callable[[Callable[[Client], Awaitable[T]]], T]


@pytest.fixture(scope="module")
def talk(sample_run: Path) -> Iterator[Talk[Any]]:
    """Run a conversation with the `sicca mcp` that reads the sample's store."""
    server = StdioServerParameters(command=sys.executable, args=["-m", "pipeline", "mcp", "--run", str(sample_run)])

    @asynccontextmanager
    async def connected() -> Any:
        async with Client(stdio_client(server)) as client:
            await client.list_tools()
            yield client

    with start_blocking_portal() as portal, portal.wrap_async_context_manager(connected()) as client:
        yield lambda conversation: portal.call(conversation, client)


@pytest.fixture
def call(talk: Talk[Any]) -> Callable[..., dict[str, Any]]:
    """Call one tool and return its typed answer."""

    def answer(tool: str, **arguments: Any) -> dict[str, Any]:
        result = talk(lambda client: client.call_tool(tool, arguments))
        assert not result.is_error, result.content
        assert isinstance(result.structured_content, dict)
        return result.structured_content

    return answer
