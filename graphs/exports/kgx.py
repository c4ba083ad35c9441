"""KGX TSV: nodes and edges in Biolink terms, for the tools of the NCATS Translator and Monarch communities."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.records import Argument, content_hash
from extractors.values import MentionType
from graphs.answers import AssembledClaim
from graphs.exports.biolink import CATEGORIES, Mapping, load, mapped, negated
from graphs.store import claims, concepts

NODE_COLUMNS = ("id", "category", "name", "synonym", "xref", "provided_by")
EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "category", "qualified_predicate", "object_aspect_qualifier",
    "object_direction_qualifier", "negated", "original_predicate", "verdict", "belief", "opposed", "publications",
    "evidence_count", "knowledge_level", "agent_type", "primary_knowledge_source",
)  # fmt: skip
#: Who asserts the edges.
SOURCE = "infores:sicca"


def write(connection: sqlite3.Connection, folder: Path) -> tuple[Path, ...]:
    """Write nodes.tsv and edges.tsv into a folder; equal content gives equal bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [claim for claim in claims.read(connection) if claim.evidence]
    nodes, edges = folder / "sicca_nodes.tsv", folder / "sicca_edges.tsv"
    _write(nodes, NODE_COLUMNS, _nodes(connection, found))
    _write(edges, EDGE_COLUMNS, _edges(connection, found))
    return nodes, edges


def curie(argument: Argument) -> str:
    """Return the concept's CURIE or, unlinked, one of our own made from its words."""
    return argument.concept or f"SICCA:text-{content_hash(argument.key)}"


def _nodes(connection: sqlite3.Connection, found: Iterable[AssembledClaim]) -> Iterator[tuple[str, ...]]:
    known = {concept.curie: concept for concept in concepts.read(connection)}
    ends = {curie(end): end for claim in found for end in (claim.claim.subject, claim.claim.object)}
    for id_, end in sorted(ends.items()):
        concept = known.get(id_)
        synonyms, xrefs = (concept.synonyms, concept.xrefs) if concept else ((), ())
        yield id_, CATEGORIES[MentionType(end.type)], end.name, "|".join(synonyms), "|".join(xrefs), SOURCE


def _edges(connection: sqlite3.Connection, found: Iterable[AssembledClaim]) -> Iterator[tuple[str, ...]]:
    table: tuple[Mapping, ...] = load()
    for item in found:
        row = mapped(item, table)
        yield (
            f"SICCA:claim-{item.id}",
            curie(item.claim.subject),
            row.biolink_predicate,
            curie(item.claim.object),
            "biolink:Association",
            row.qualified_predicate,
            row.object_aspect,
            row.object_direction,
            "true" if negated(item, row) else "false",
            f"SICCA:{item.claim.predicate}",
            item.verdict,
            f"{item.belief:.6f}",
            f"{item.opposed:.6f}",
            "|".join(claims.articles_of(connection, item.id)),
            str(item.evidence),
            "prediction" if item.verdict == "investigated" else "knowledge_assertion",
            "text_mining_agent",
            SOURCE,
        )


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        # KGX reads tabs and line ends as they stand, without quotes.
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar="\\")
        writer.writerow(columns)
        writer.writerows([" ".join(cell.replace("\\", "/").split()) for cell in row] for row in rows)
