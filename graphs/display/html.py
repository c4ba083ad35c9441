"""Tables and sentences as fragments of HTML: every text escaped, styled in place, no script."""

from __future__ import annotations

import html

from graphs.tables.table import Cell, Kind, Quote, Table, pubmed, shown

#: Rows that a notebook shows; a data frame has all.
MOST_ROWS = 50
CELL = "padding:.3em .6em;text-align:left;vertical-align:top"
NUMBER = "padding:.3em .6em;text-align:right;vertical-align:top"
SENTENCE = "padding:.3em .6em;text-align:left;vertical-align:top;min-width:20em;white-space:normal"
#: Readable on light and dark pages.
MARK = "background:#ffe08a;color:#222;padding:0 .1em;border-radius:.15em"


def escape(text: object) -> str:
    """Return a text that HTML shows as it is."""
    return html.escape(str(text), quote=True)


def sentence(quote: Quote) -> str:
    """Return a verbatim sentence, what names the row's things marked."""
    return "".join(
        f'<mark style="{MARK}">{escape(part)}</mark>' if marked else escape(part) for part, marked in quote.parts
    )


def reference(pmid: str) -> str:
    """Return a PMID, with a link where PubMed has the record."""
    address = pubmed(pmid)
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(pmid)}</a>' if address else escape(pmid)


def cell(value: Cell, kind: Kind) -> str:
    """Return a cell's content."""
    if isinstance(value, Quote):
        return sentence(value)
    if kind is Kind.PMID and value is not None:
        return reference(str(value))
    return escape(shown(value))


def table(found: Table, *, most: int = MOST_ROWS) -> str:
    """Return a table with its title and note; says how many rows it leaves out."""
    head = "".join(f'<th scope="col" style="{CELL}">{escape(column.name)}</th>' for column in found.columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="{_style(column.kind)}">{cell(value, column.kind)}</td>'
            for value, column in zip(row, found.columns, strict=True)
        )
        + "</tr>"
        for row in found.rows[:most]
    )
    left = len(found.rows) - most
    notes = [note for note in (found.note, f"{left} more rows are not shown." if left > 0 else "") if note]
    if not found.rows:
        notes.insert(0, "Nothing found.")
    below = f"<p><small>{escape(' '.join(notes))}</small></p>" if notes else ""
    return (
        f"<div><table><caption>{escape(found.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{below}</div>"
    )


def _style(kind: Kind) -> str:
    return SENTENCE if kind is Kind.QUOTE else NUMBER if kind is Kind.NUMBER else CELL
