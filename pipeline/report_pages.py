"""A run's report as Markdown and as one HTML page that needs nothing besides itself: fit to be mailed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from graphs.tables.table import pubmed
from pipeline.report_parts import Section
from pipeline.run_report import Report

#: The page's style; mail programs drop what they do not know of it.
STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;font-size:13px}th,td{border:1px solid #ccc;padding:.3em .5em;text-align:left;"
    "vertical-align:top}th{background:#f3f3f3}h2{margin-top:1.6em;font-size:1.2em}"
)
#: Characters that Markdown would read as its own, in a table's cell or a line.
MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]<>|#"})


def markdown_of(report: Report) -> str:
    """Return the report as Markdown."""
    return "\n".join(_markdown(report)) + "\n"


def _markdown(report: Report) -> Iterator[str]:
    yield f"# {_plain(report.title)}"
    for line in report.lines:
        yield ""
        yield _plain(line)
    for section in report.sections:
        yield ""
        yield f"## {_plain(section.title)}"
        if section.lines:
            yield ""
            yield from (f"- {_plain(line)}" for line in section.lines)
        if section.rows:
            yield ""
            yield _row(section.columns)
            yield _row(("---",) * len(section.columns), marked=True)
            yield from map(_row, section.rows)


def _row(cells: tuple[str, ...], *, marked: bool = False) -> str:
    return f"| {' | '.join(cell if marked else _plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    return " ".join(text.split()).translate(MARKUP)


def html_of(report: Report) -> str:
    """Return the report as an HTML page."""
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in report.lines)
    sections = "".join(map(_section, report.sections))
    title = escape(report.title)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n{lines}{sections}</body>\n</html>\n"
    )


def _cell(column: str, text: str) -> str:
    """Return a cell; a PMID leads to PubMed, but for one marked as synthetic, which is not there."""
    address = pubmed(text) if column == "PMID" else None
    return f'<td><a href="{address}">{escape(text)}</a></td>' if address else f"<td>{escape(text)}</td>"


def _section(section: Section) -> str:
    parts = [f"<h2>{escape(section.title)}</h2>\n"]
    if section.lines:
        parts.append(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in section.lines)}</ul>\n")
    if section.rows:
        head = "".join(f"<th>{escape(column)}</th>" for column in section.columns)
        body = "".join(f"<tr>{''.join(map(_cell, section.columns, row))}</tr>\n" for row in section.rows)
        parts.append(f"<table>\n<tr>{head}</tr>\n{body}</table>\n")
    return "".join(parts)
