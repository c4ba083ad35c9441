"""Tables as DOCX, ready for a manuscript: landscape, repeated header row, the row's things bold in its sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graphs.exports.extras import load
from graphs.tables.table import Cell, Quote, Table, shown
from graphs.tables.workbook import EPOCH, ILLEGAL, settle


def write(table: Table, path: Path) -> None:
    """Write a document with title, table and note. Needs the extra `tables`."""
    docx = load("docx", extra="tables")
    shared, section_values = load("docx.shared", extra="tables"), load("docx.enum.section", extra="tables")
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = EPOCH
    document.core_properties.author = "sicca"
    section = document.sections[0]
    section.orientation = section_values.WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(table.title, level=1)
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style = "Table Grid"
    for target, column in zip(grid.rows[0].cells, table.columns, strict=True):
        target.paragraphs[0].add_run(column.name).bold = True
    _repeat(grid.rows[0], docx)
    for row in table.rows:
        for target, cell in zip(grid.add_row().cells, row, strict=True):
            _fill(target.paragraphs[0], cell)
    for row in grid.rows:
        for target in row.cells:
            for run in target.paragraphs[0].runs:
                run.font.size = shared.Pt(8)
    if table.note:
        document.add_paragraph(table.note)
    document.save(str(path))
    settle(path)


def _fill(paragraph: Any, cell: Cell) -> None:
    parts = cell.parts if isinstance(cell, Quote) else ((shown(cell), False),)
    for text, marked in parts:
        paragraph.add_run(ILLEGAL.sub(" ", text)).bold = marked


def _repeat(row: Any, docx: Any) -> None:
    """Have the header repeated on every page; python-docx has no word for it."""
    properties = row._tr.get_or_add_trPr()
    properties.append(docx.oxml.parse_xml(f"<w:tblHeader {docx.oxml.ns.nsdecls('w')}/>"))
