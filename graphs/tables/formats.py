"""Tables as CSV, Markdown and self-contained HTML; the office formats are in workbook.py and manuscript.py."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path

from graphs.evidence_table import neutralise
from graphs.tables.table import Cell, Kind, Quote, Table, pubmed, shown

STYLE = """
body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#222;background:#fff}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #ccc;padding:.35em .5em;text-align:left;vertical-align:top}
th{position:sticky;top:0;background:#eef2f5;cursor:pointer}th:focus{outline:2px solid #06c}
td.number{text-align:right}td.quote{min-width:22em}mark{background:#ffe9a8}p{max-width:60em}
"""
#: Sorts by the clicked column, numbers as numbers; a second click turns the order round.
SCRIPT = """
document.querySelectorAll('th').forEach((th,i)=>{const sort=()=>{const body=th.closest('table').tBodies[0];
const up=th.getAttribute('aria-sort')!=='ascending';
document.querySelectorAll('th').forEach(t=>t.removeAttribute('aria-sort'));
th.setAttribute('aria-sort',up?'ascending':'descending');
const key=r=>{const t=r.cells[i].textContent;const n=parseFloat(t);return isNaN(n)?t.toLowerCase():n};
[...body.rows].sort((a,b)=>{const x=key(a),y=key(b);
const c=typeof x===typeof y?(x<y?-1:x>y?1:0):(typeof x==='number'?-1:1);return up?c:-c}).forEach(r=>body.append(r))};
th.addEventListener('click',sort);th.addEventListener('keydown',e=>{if(e.key==='Enter')sort()})});
"""


def write_csv(table: Table, path: Path) -> None:
    """Write CSV, UTF-8; cells that a spreadsheet would run are neutralised."""
    path.write_text(csv_text(table), encoding="utf-8", newline="")


def csv_text(table: Table) -> str:
    """Return a table as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([neutralise(shown(cell)) for cell in row] for row in table.rows)
    return stream.getvalue()


def write_markdown(table: Table, path: Path) -> None:
    """Write Markdown."""
    path.write_text(markdown_text(table), encoding="utf-8")


def markdown_text(table: Table) -> str:
    """Return a table as Markdown (GitHub's); PMIDs lead to PubMed, the row's things are bold in its sentence."""
    lines = [f"# {table.title}", "", table.note, ""] if table.note else [f"# {table.title}", ""]
    lines.append("| " + " | ".join(column.name for column in table.columns) + " |")
    lines.append("|" + "|".join(" ---: " if c.kind is Kind.NUMBER else " --- " for c in table.columns) + "|")
    for row in table.rows:
        cells = [_markdown(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def write_html(table: Table, path: Path) -> None:
    """Write one self-contained page: sortable, sentences highlighted, nothing fetched from anywhere."""
    heads = "".join(f'<th tabindex="0" scope="col">{html.escape(column.name)}</th>' for column in table.columns)
    rows = "\n".join(
        "<tr>" + "".join(_html(cell, c.kind) for cell, c in zip(row, table.columns, strict=True)) + "</tr>"
        for row in table.rows
    )
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(table.title)}</title>\n'
        f"<style>{STYLE}</style></head><body>\n<h1>{html.escape(table.title)}</h1>\n<p>{html.escape(table.note)}</p>\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>\n<script>{SCRIPT}</script>\n"
        "</body></html>\n"
    )
    path.write_text(page, encoding="utf-8")


def _markdown(cell: Cell, kind: Kind) -> str:
    if isinstance(cell, Quote):
        return "".join(f"**{_plain(text)}**" if marked else _plain(text) for text, marked in cell.parts)
    text = _plain(shown(cell))
    address = pubmed(shown(cell)) if kind is Kind.PMID else None
    return f"[{text}]({address})" if address else text


def _plain(text: str) -> str:
    escaped = "".join(f"\\{c}" if c in "\\`*_[]<>|" else c for c in text)
    return escaped.replace("\r", " ").replace("\n", " ")


def _html(cell: Cell, kind: Kind) -> str:
    if isinstance(cell, Quote):
        parts = (f"<mark>{html.escape(t)}</mark>" if marked else html.escape(t) for t, marked in cell.parts)
        return f'<td class="quote">{"".join(parts)}</td>'
    text = html.escape(shown(cell))
    address = pubmed(shown(cell)) if kind is Kind.PMID else None
    inner = f'<a href="{address}">{text}</a>' if address else text
    return f'<td class="{kind}">{inner}</td>'
