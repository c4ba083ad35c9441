"""The evidence tables as resources: an index, and each table page by page as JSON."""

from __future__ import annotations

from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError

from graphs.tables.kinds import KINDS
from graphs.tables.table import Table
from pipeline.toolserver.asking import Questioner
from pipeline.toolserver.parts import Result

#: Rows of a page.
PAGE = 100


class TableLine(Result):
    """A table of the index."""

    kind: str
    what: str
    uri: str


class TablePage(Result):
    """A page of a table: a cell for each column, the PMID and the verbatim sentence among them."""

    kind: str
    title: str
    note: str
    columns: list[str]
    rows: list[list[str | int | float | None]]
    page: int
    pages: int
    rows_in_all: int


class TableIndex(Result):
    """The tables there are."""

    tables: list[TableLine]


def index() -> str:
    """Return the index of the tables as JSON."""
    lines = [TableLine(kind=kind, what=line, uri=f"sicca://tables/{kind}/1") for kind, (_, line) in KINDS.items()]
    return TableIndex(tables=lines).model_dump_json(indent=1)


class TablePages:
    """Reads the pages of the tables."""

    def __init__(self, questioner: Questioner) -> None:
        self._ask = questioner.ask

    def page(self, kind: str, page: str) -> str:
        """Return a page of a table as JSON; the first is 1."""
        if kind not in KINDS:
            raise ResourceNotFoundError(f"no table {kind!r}; there are {', '.join(KINDS)}")
        if not (page.isascii() and page.isdigit() and int(page)):
            raise ResourceNotFoundError(f"no page {page!r} of the table {kind}; pages are numbered from 1")
        try:
            with self._ask() as asking:
                made = KINDS[kind][0](asking.connection)
        except ToolError as error:
            raise ResourceError(str(error)) from error
        found = page_of(kind, made, int(page))
        if found.page > found.pages:
            raise ResourceNotFoundError(f"no page {page} of the table {kind}; the last is {found.pages}")
        return found.model_dump_json(indent=1)


def page_of(kind: str, table: Table, page: int) -> TablePage:
    """Cut one page out of a table; an empty table has one empty page."""
    start = (page - 1) * PAGE
    return TablePage(
        kind=kind,
        title=table.title,
        note=table.note,
        columns=[column.name for column in table.columns],
        rows=[
            [cell if isinstance(cell, int | float) or cell is None else str(cell) for cell in row]
            for row in table.rows[start : start + PAGE]
        ],
        page=page,
        pages=max(1, -(-len(table.rows) // PAGE)),
        rows_in_all=len(table.rows),
    )
