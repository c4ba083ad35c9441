"""BioC, XML and JSON: passages, sentences, annotations and relations (Comeau and others, 2013)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.records import Article, Evidence
from graphs.exports.pubtator import ids
from graphs.store import claims, reads

KEY = "sicca.key"


def write_json(connection: sqlite3.Connection, path: Path) -> tuple[Path, ...]:
    """Write one BioC JSON file; equal content gives equal bytes."""
    collection = {**_collection(), "documents": [_document(connection, a) for a in reads.articles(connection)]}
    path.write_text(json.dumps(collection, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return (path,)


def write_xml(connection: sqlite3.Connection, path: Path) -> tuple[Path, ...]:
    """Write one BioC XML file, an article at a time; equal content gives equal bytes."""
    from lxml import etree

    with path.open("wb") as stream, etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        file.write_doctype('<!DOCTYPE collection SYSTEM "BioC.dtd">')
        with file.element("collection"):
            for name in ("source", "date", "key"):
                file.write(_leaf(etree, name, _collection()[name]))
            for article in reads.articles(connection):
                file.write(_document_xml(etree, _document(connection, article)))
    return (path,)


def _collection() -> dict[str, Any]:
    return {"source": "sicca", "date": "", "key": KEY, "infons": {}}


def _document(connection: sqlite3.Connection, article: Article) -> dict[str, Any]:
    """Return a document as BioC JSON has it; an offset is that of the article's text."""
    mentions = ids(reads.mentions(connection, article.id))
    relations = list(_relations(connection, article.id, {key: f"M{i}" for i, key in enumerate(mentions)}))
    cut = len(article.title)
    passages = []
    for kind, start, end in (("title", 0, cut), ("abstract", cut + 1, len(article.text))):
        annotations = [
            {
                "id": f"M{number}",
                "infons": {"type": type_, "identifier": concept},
                "text": article.text[s:e],
                "locations": [{"offset": s, "length": e - s}],
            }
            for number, ((s, e, type_), concept) in enumerate(mentions.items())
            if start <= s and e <= end
        ]
        passages.append(
            {
                "offset": start,
                "infons": {"type": kind},
                "text": article.text[start:end],
                "sentences": [],
                "annotations": annotations,
                "relations": [],
            }
        )
    infons = {"retracted": "yes"} if article.retracted else {}
    if article.synthetic:
        infons["synthetic"] = "yes"
    return {
        "id": article.id.removeprefix("PMID:"),
        "infons": infons,
        "passages": passages,
        "annotations": [],
        "relations": relations,
    }


def _relations(
    connection: sqlite3.Connection, article_id: str, numbers: dict[tuple[int, int, str], str]
) -> Iterator[dict[str, Any]]:
    by_span: dict[tuple[int, int], str] = {}
    for (start, end, _), number in numbers.items():
        by_span.setdefault((start, end), number)
    for place, source in enumerate(claims.article_sources(connection, article_id)):
        item = source.evidence
        nodes = [
            {"refid": by_span[span], "role": role}
            for role, end in (("subject", item.claim.subject), ("object", item.claim.object))
            for span in end.spans
            if span in by_span
        ]
        if {node["role"] for node in nodes} == {"subject", "object"}:
            yield {"id": f"R{place}", "infons": _manner(item), "nodes": nodes}


def _manner(item: Evidence) -> dict[str, str]:
    found = {
        "type": str(item.claim.predicate),
        "negated": "yes" if item.negated else "no",
        "certainty": str(item.certainty),
        "score": f"{item.score:.4f}",
        "extractor": item.extractor,
        "evidence": item.id,
    }
    stated = {"effect": item.effect, "origin": item.origin}
    return found | {name: str(value) for name, value in stated.items() if value}


def _document_xml(etree: Any, document: dict[str, Any]) -> Any:
    root = etree.Element("document")
    root.append(_leaf(etree, "id", document["id"]))
    _infons(etree, root, document["infons"])
    for passage in document["passages"]:
        node = etree.SubElement(root, "passage")
        _infons(etree, node, passage["infons"])
        node.append(_leaf(etree, "offset", str(passage["offset"])))
        node.append(_leaf(etree, "text", passage["text"]))
        for annotation in passage["annotations"]:
            child = etree.SubElement(node, "annotation", id=annotation["id"])
            _infons(etree, child, annotation["infons"])
            for place in annotation["locations"]:
                etree.SubElement(child, "location", offset=str(place["offset"]), length=str(place["length"]))
            child.append(_leaf(etree, "text", annotation["text"]))
    for relation in document["relations"]:
        node = etree.SubElement(root, "relation", id=relation["id"])
        _infons(etree, node, relation["infons"])
        for end in relation["nodes"]:
            etree.SubElement(node, "node", refid=end["refid"], role=end["role"])
    return root


def _infons(etree: Any, node: Any, infons: dict[str, str]) -> None:
    for key, value in infons.items():
        child = etree.SubElement(node, "infon", key=key)
        child.text = value


def _leaf(etree: Any, name: str, text: str) -> Any:
    node = etree.Element(name)
    # XML has no place for control characters; a space keeps the offsets.
    node.text = "".join(c if c in "\t\n" or c >= " " else " " for c in text)
    return node
