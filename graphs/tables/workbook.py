"""Tables as XLSX: frozen header, filters, links to PubMed."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path

from graphs.evidence_table import neutralise
from graphs.exports.extras import load
from graphs.tables.table import Kind, Table, pubmed, shown

#: Widths of columns in characters.
WIDTHS = {Kind.TEXT: 24, Kind.NUMBER: 10, Kind.PMID: 14, Kind.QUOTE: 90}
#: Excel's limit for a cell.
LONGEST = 32_767
#: Control characters that the format has no place for.
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: The time written into the file, so that equal tables give equal bytes: the earliest a zip archive knows.
EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 (the format has no time zone)


def write(table: Table, path: Path) -> None:
    """Write one sheet; numbers stay numbers, texts that Excel would run are neutralised. Needs the extra `tables`."""
    openpyxl = load("openpyxl", extra="tables")
    styles = load("openpyxl.styles", extra="tables")
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = EPOCH
    book.properties.creator = "sicca"
    sheet = book.active
    sheet.title = table.title[:31]
    sheet.append([column.name for column in table.columns])
    for number, row in enumerate(table.rows, start=2):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            target = sheet.cell(row=number, column=place)
            if isinstance(cell, int | float):
                target.value = cell
                target.number_format = "0.000" if isinstance(cell, float) else "0"
                continue
            text = ILLEGAL.sub(" ", neutralise(shown(cell)))[:LONGEST]
            target.value = text
            # openpyxl would take what begins with = for a formula; neutralised or not, it is text.
            target.data_type = "s"
            target.alignment = styles.Alignment(wrap_text=column.kind is Kind.QUOTE, vertical="top")
            address = pubmed(text) if column.kind is Kind.PMID else None
            if address:
                target.hyperlink = address
                target.style = "Hyperlink"
    letters = load("openpyxl.utils", extra="tables")
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[letters.get_column_letter(place)].width = WIDTHS[column.kind]
        sheet.cell(row=1, column=place).font = styles.Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(path)
    settle(path)


def settle(path: Path) -> None:
    """Write a zip archive again with fixed times in it, so that equal content gives equal bytes."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content)
            archive.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
