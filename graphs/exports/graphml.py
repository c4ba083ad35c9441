"""The claim graph as GraphML, node by node and edge by edge: the bytes that networkx writes, without its memory.

networkx holds the graph and then all of its XML, some 20 kB a claim. A test holds this against its writer.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO
from xml.sax.saxutils import escape

from graphs import knowledge_graph
from graphs.answers import AssembledClaim
from graphs.store import claims

#: Python's types as GraphML calls them.
TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
#: What Python's writer of XML escapes in attributes besides &, < and >.
IN_ATTRIBUTES = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
HEAD = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
)

#: (name, GraphML's type, "graph", "node" or "edge"), in the order of their first use.
_Keys = dict[tuple[str, str, str], None]


def write(connection: sqlite3.Connection, path: Path) -> None:
    """Write the graph; equal content gives equal bytes."""
    keys: _Keys = {("name", "string", "graph"): None}
    # What the head declares is known at the end: which attributes there are, and which came first.
    with TemporaryFile(dir=path.parent) as body, path.open("wb") as stream:
        _write_body(connection, body, keys)
        body.seek(0)
        stream.write(f"{HEAD}\n".encode())
        for name, kind, scope in reversed(keys):
            key = f'  <key id="{name}" for="{scope}" attr.name="{name}" attr.type="{kind}" />\n'
            stream.write(key.encode())
        stream.write(b'  <graph edgedefault="directed">\n')
        shutil.copyfileobj(body, stream)
        stream.write(b'    <data key="name">sicca</data>\n  </graph>\n</graphml>\n')


def _write_body(connection: sqlite3.Connection, body: BinaryIO, keys: _Keys) -> None:
    for end in claims.ends(connection):
        _write("node", {"id": end.key}, knowledge_graph.node_values(end), body, keys)
    for item in _by_ends(claims.read(connection)):
        claim = item.claim
        ends = {"source": claim.subject.key, "target": claim.object.key, "id": str(claim.predicate)}
        _write("edge", ends, knowledge_graph.edge_values(item), body, keys)


def _by_ends(found: Iterator[AssembledClaim]) -> Iterator[AssembledClaim]:
    """Yield the claims with standing evidence as a graph lists its edges: of a node, all to one other in a row."""
    standing = (claim for claim in found if claim.evidence)
    for _, group in groupby(standing, key=lambda item: item.claim.subject.key):
        others: dict[str, list[AssembledClaim]] = {}
        for item in group:
            others.setdefault(item.claim.object.key, []).append(item)
        for parallel in others.values():
            yield from parallel


def _write(
    scope: str,
    attributes: Mapping[str, str],
    values: Mapping[str, str | int | float | bool],
    body: BinaryIO,
    keys: _Keys,
) -> None:
    given = "".join(f' {name}="{escape(value, IN_ATTRIBUTES)}"' for name, value in attributes.items())
    lines = [f"    <{scope}{given}>\n"]
    for name, value in values.items():
        keys.setdefault((name, TYPES[type(value)], scope))
        lines.append(f'      <data key="{name}">{escape(str(value))}</data>\n')
    lines.append(f"    </{scope}>\n")
    body.write("".join(lines).encode("ascii", "xmlcharrefreplace"))
