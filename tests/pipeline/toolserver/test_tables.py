from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mcp import Client
from mcp_types import TextResourceContents

from graphs.store import Store
from graphs.tables.kinds import KINDS
from graphs.tables.table import Column, Table
from pipeline.toolserver.tables import PAGE, page_of
from tests.pipeline.toolserver.conftest import Talk


async def read(client: Client, uri: str) -> Any:
    (content,) = (await client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents)
    assert content.mime_type == "application/json"
    return json.loads(content.text)


def test_the_index_leads_to_every_table_and_every_row_is_there(talk: Talk[Any], sample_run: Path) -> None:
    async def tables(client: Client) -> dict[str, list[Any]]:
        listed = {str(resource.uri) for resource in (await client.list_resources()).resources}
        assert listed == {"sicca://tables", *(f"sicca://tables/{kind}" for kind in KINDS)}
        found = {}
        for line in (await read(client, "sicca://tables"))["tables"]:
            first = await read(client, line["uri"])
            assert first == await read(client, f"sicca://tables/{line['kind']}")
            pages = [await read(client, f"sicca://tables/{line['kind']}/{n + 1}") for n in range(first["pages"])]
            found[line["kind"]] = [row for page in pages for row in page["rows"]]
        return found

    served = talk(tables)
    with Store(sample_run / "sicca.db", readonly=True) as store:
        for kind, (make, _) in KINDS.items():
            assert len(served[kind]) == len(make(store.connection).rows), kind
    assert served["courses"]


def test_a_table_is_cut_into_pages() -> None:
    table = Table("t", "T", (Column("a"),), tuple((i,) for i in range(PAGE + 1)))
    last = page_of("t", table, 2)
    assert (last.pages, last.rows, last.rows_in_all) == (2, [[PAGE]], PAGE + 1)
    assert page_of("t", Table("t", "T", (), ()), 1).pages == 1
