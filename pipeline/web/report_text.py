"""A run's report read back from its HTML page as headings, lines and tables, so that nothing of it is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

#: Bytes of a report that are read.
LONGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list or a table, as texts."""

    #: "h1", "h2", "p", "ul" or "table"
    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def read(path: Path) -> tuple[Block, ...]:
    """Return the report's blocks; nothing where there is no report."""
    if not path.is_file() or path.stat().st_size > LONGEST:
        return ()
    tree = html.fromstring(path.read_text(encoding="utf-8"))
    found = []
    for element in tree.iter("h1", "h2", "p", "ul", "table"):
        if element.tag == "ul":
            found.append(Block("ul", rows=tuple((_text(item),) for item in element.iter("li"))))
        elif element.tag == "table":
            rows = tuple(tuple(_text(cell) for cell in row.iter("th", "td")) for row in element.iter("tr"))
            found.append(Block("table", rows=rows))
        else:
            found.append(Block(str(element.tag), _text(element)))
    return tuple(found)


def _text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())
