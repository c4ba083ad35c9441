"""Before and after the parser: what is refused without being parsed, and what its errors mean."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from extractors.errors import InputError
from pipeline.fetch.xml_stream import Tape

#: Elements that hold one PubMed record each.
RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
#: Root elements: sets of records, or one record alone.
ROOTS = ("PubmedArticleSet", "MedlineCitationSet", "PubmedBookArticleSet", *RECORDS)
#: What the XML declaration says of the encoding, in encodings that contain ASCII.
ENCODING = re.compile(rb"^[^<]*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)")
#: Bytes that may pass before the root's start tag; PubMed's own files need 200.
LONGEST_PROLOG = 1 << 20


def check_prolog(tape: Tape) -> bool:
    """Refuse other kinds of documents and declared entities before any record is read.

    Returns whether a record's bytes can stand alone: UTF-8, and no namespace declared on the root.
    """
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, load_dtd=False, no_network=True)
    head = b""
    root: etree._Element | None = None
    while len(head) < LONGEST_PROLOG and (chunk := tape.read()):
        head += chunk
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError:
            root = _first(parser)
            if root is None:
                raise
        root = root if root is not None else _first(parser)
        if root is not None:
            tape.unread(head)
            _check_root(tape.name, root)
            declared = ENCODING.search(head)
            return (not declared or declared.group(1).upper() in {b"UTF-8", b"UTF8"}) and not root.nsmap
    raise InputError(f"{tape.name}: not PubMed XML: no root element in its first {len(head)} bytes")


def _first(parser: etree.XMLPullParser) -> etree._Element | None:
    return next((element for _, element in parser.read_events() if isinstance(element, etree._Element)), None)


def _check_root(name: str, root: etree._Element) -> None:
    declared: Any = root.getroottree().docinfo.internalDTD  # the stubs know no iterentities
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise InputError(f"{name}: declares entities in its DOCTYPE, which PubMed never does; refused")
    if root.tag not in ROOTS:
        kind = "a web page" if str(root.tag).lower() == "html" else f"another kind of XML (its root is <{root.tag}>)"
        raise InputError(f"{name}: {kind}, not PubMed XML; expected <PubmedArticleSet>")


def explain(name: str, error: etree.XMLSyntaxError, last: str | None, *, midway: bool) -> str:
    """Return what is wrong with a file in one line; `last` is the last PMID read, `midway` that it ends in a tag."""
    text = " ".join((error.msg or str(error)).split(", line ")[0].split()).rstrip(" !.,")
    line = error.position[0]
    if "Premature end" in text or midway:
        return f"{name}: cut off at line {line}{after(last)}; fetch the file again"
    if "encoding" in text.lower() or "UTF-8" in text:
        return f"{name}: line {line}: bytes that are not in the encoding it declares{after(last)}; convert it to UTF-8"
    if "entity" in text.lower():
        return f"{name}: line {line}: {text}{after(last)}; entities are refused, PubMed's own files use none"
    return f"{name}: line {line}: not well-formed XML ({text}){after(last)}"


def after(last: str | None) -> str:
    """Return where in a file something is wrong, if a record came before it."""
    return f", after PMID {last}" if last else ""
