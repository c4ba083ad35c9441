"""What writes a table as a file, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graphs.tables import formats
from graphs.tables.table import Table


def _workbook(table: Table, path: Path) -> None:
    from graphs.tables import workbook

    workbook.write(table, path)


def _manuscript(table: Table, path: Path) -> None:
    from graphs.tables import manuscript

    manuscript.write(table, path)


#: Ending of a file → what writes it.
WRITERS: dict[str, Callable[[Table, Path], None]] = {
    ".csv": formats.write_csv,
    ".xlsx": _workbook,
    ".md": formats.write_markdown,
    ".html": formats.write_html,
    ".docx": _manuscript,
}
