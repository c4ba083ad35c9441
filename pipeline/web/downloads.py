"""A table, or the articles behind it, as a file to take away."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from starlette.responses import Response

from extractors.errors import InputError
from graphs.exports import citations
from graphs.store import reads
from graphs.tables.table import Table
from graphs.tables.writers import WRITERS

#: Ending → what a browser is told.
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}


def table_file(table: Table, ending: str) -> Response:
    """Return a table as a file; raises InputError for an ending that is none of `MEDIA`."""
    if ending not in MEDIA or f".{ending}" not in WRITERS:
        raise InputError(f"{ending[:20]!r}: no such format; there are {', '.join(MEDIA)}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{table.name}.{ending}"
        WRITERS[f".{ending}"](table, path)
        return _file(path.read_bytes(), f"sicca-{table.name}.{ending}", ending)


def articles_file(connection: sqlite3.Connection, ids: Iterable[str], name: str) -> Response:
    """Return articles as RIS, for a reference manager."""
    found = (reads.article(connection, id_) for id_ in sorted(set(ids)))
    text = citations.ris_text(article for article in found if article)
    return _file(text.encode(), f"sicca-{name}.ris", "ris")


def _file(content: bytes, name: str, ending: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA[ending], headers=headers)
