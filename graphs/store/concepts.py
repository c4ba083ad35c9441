"""The concepts of a run: names, kinds, and what a person may have meant by a name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from extractors.records import Concept, MentionType
from graphs.names import fold
from graphs.store import codec, hierarchy


def put(connection: sqlite3.Connection, concepts: Iterable[Concept]) -> None:
    """Add or replace concepts; those that are the same already cost one look-up. The caller holds the transaction."""
    moved = False
    for concept in concepts:
        row = (
            concept.name,
            str(concept.type),
            codec.dump(sorted(set(concept.synonyms))),
            codec.dump(sorted(set(concept.xrefs))),
        )
        parents = sorted(set(concept.parents) - {concept.curie})
        if _same(connection, concept.curie, row, parents):
            continue
        curie = concept.curie
        moved = moved or parents != _parents(connection, curie)
        connection.execute("DELETE FROM name WHERE curie = ?", (curie,))
        connection.execute("DELETE FROM concept_parent WHERE child = ?", (curie,))
        connection.execute("INSERT OR REPLACE INTO concept VALUES (?, ?, ?, ?, ?)", (curie, *row))
        connection.executemany("INSERT INTO concept_parent VALUES (?, ?)", ((curie, parent) for parent in parents))
        names = {concept.name: 1} | {name: 0 for name in sorted(set(concept.synonyms)) if name != concept.name}
        connection.executemany(
            "INSERT INTO name (curie, name, fold, preferred) VALUES (?, ?, ?, ?)",
            ((curie, name, fold(name), preferred) for name, preferred in names.items()),
        )
    if moved:
        hierarchy.rebuild(connection)


def _same(connection: sqlite3.Connection, curie: str, row: tuple[str, ...], parents: list[str]) -> bool:
    found = connection.execute("SELECT name, type, synonyms, xrefs FROM concept WHERE curie = ?", (curie,)).fetchone()
    return bool(found == row and _parents(connection, curie) == parents)


def _parents(connection: sqlite3.Connection, curie: str) -> list[str]:
    known = connection.execute("SELECT parent FROM concept_parent WHERE child = ? ORDER BY parent", (curie,))
    return [parent for (parent,) in known]


def read(connection: sqlite3.Connection) -> Iterator[Concept]:
    """Yield the concepts, sorted by CURIE."""
    rows = connection.execute("SELECT curie, name, type, synonyms, xrefs FROM concept ORDER BY curie")
    for curie, name, type_, synonyms, xrefs in rows:
        yield _concept(connection, curie, name, type_, synonyms, xrefs)


def get(connection: sqlite3.Connection, curie: str) -> Concept | None:
    """Return a concept with its names and parents, None where the store does not hold it."""
    row = connection.execute("SELECT name, type, synonyms, xrefs FROM concept WHERE curie = ?", (curie,)).fetchone()
    return None if row is None else _concept(connection, curie, *row)


def _concept(connection: sqlite3.Connection, curie: str, name: str, type_: str, synonyms: str, xrefs: str) -> Concept:
    return Concept(
        curie=curie,
        name=name,
        type=MentionType(type_),
        synonyms=tuple(json.loads(synonyms)),
        xrefs=tuple(json.loads(xrefs)),
        parents=tuple(_parents(connection, curie)),
    )


def kinds_of(connection: sqlite3.Connection, curie: str, *, limit: int = 50) -> list[tuple[str, str]]:
    """Return (id, name) of the concepts that are directly a kind of this one, by name."""
    rows = connection.execute(
        "SELECT concept.curie, concept.name FROM concept_parent JOIN concept ON concept.curie = child"
        " WHERE parent = ? ORDER BY concept.name, concept.curie LIMIT ?",
        (curie, limit),
    )
    return rows.fetchall()


def named(connection: sqlite3.Connection, name: str) -> list[tuple[str, str, str]]:
    """Return (id, name, type) of the concepts and unlinked arguments that have this very name, after folding.

    Those that claims speak of come first, then those whose preferred name it is.
    """
    rows = connection.execute(
        """
        SELECT id, name, type FROM (
          SELECT concept.curie AS id, concept.name AS name, concept.type AS type, max(name.preferred) AS preferred
          FROM name JOIN concept USING (curie) WHERE name.fold = :fold GROUP BY concept.curie
          UNION ALL
          SELECT node.id, min(argument.name), argument.type, 0
          FROM argument JOIN node ON node.key = argument.node
          WHERE argument.fold = :fold
            AND (node.concept IS NULL OR node.concept NOT IN (SELECT curie FROM name WHERE name.fold = :fold))
          GROUP BY node.id
        )
        ORDER BY preferred DESC, id
        """,
        {"fold": fold(name)},
    )
    return [(id_, name_, type_) for id_, name_, type_ in rows]


def by_id(connection: sqlite3.Connection, id_: str) -> list[tuple[str, str, str]]:
    """Return (id, name, type) of the concept or unlinked argument with this CURIE or key, in a list of one or none."""
    rows = connection.execute("SELECT curie, name, type FROM concept WHERE curie = ? COLLATE NOCASE", (id_,)).fetchall()
    if not rows:
        rows = connection.execute(
            "SELECT node.id, min(argument.name), min(argument.type) FROM node JOIN argument ON argument.node = node.key"
            " WHERE node.id = ? GROUP BY node.id",
            (id_,),
        ).fetchall()
    return rows


def containing(connection: sqlite3.Connection, words: Iterable[str], *, limit: int = 200) -> list[tuple[str, str, str]]:
    """Return (id, name, type) of the concepts one of whose names contains words that begin so."""
    match = " ".join(f'"{word}"*' for word in words)
    if not match:
        return []
    rows = connection.execute(
        "SELECT DISTINCT concept.curie, concept.name, concept.type FROM name_fts"
        " JOIN name ON name.key = name_fts.rowid JOIN concept USING (curie)"
        " WHERE name_fts MATCH ? ORDER BY length(name.name), name.name, concept.curie LIMIT ?",
        (match, limit),
    )
    return rows.fetchall()


def argument_names(connection: sqlite3.Connection, prefix: str, *, limit: int = 2000) -> list[tuple[str, str, str]]:
    """Return (id, name, type) of the arguments whose folded name begins so."""
    rows = connection.execute(
        "SELECT node.id, argument.name, argument.type FROM argument JOIN node ON node.key = argument.node"
        " WHERE argument.fold >= ? AND argument.fold < ? ORDER BY argument.fold, node.id, argument.name LIMIT ?",
        (prefix, prefix + "\uffff", limit),
    )
    return rows.fetchall()


def similar(connection: sqlite3.Connection, prefix: str, *, limit: int = 2000) -> list[str]:
    """Return names of concepts whose folded name begins so, for suggestions."""
    rows = connection.execute(
        "SELECT DISTINCT name FROM name WHERE fold >= ? AND fold < ? ORDER BY name LIMIT ?",
        (prefix, prefix + "\uffff", limit),
    )
    return [name for (name,) in rows]


def claim_count(connection: sqlite3.Connection, id_: str) -> int:
    """Return how many claims have this concept or argument at an end."""
    row = connection.execute("SELECT claims FROM node WHERE id = ?", (id_,)).fetchone()
    return int(row[0]) if row else 0


def spoken_of(connection: sqlite3.Connection, words: Sequence[str], *, limit: int) -> list[tuple[str, str, str, int]]:
    """Return (id, name, type, claims) of the nodes one of whose names has words that begin so, most claims first."""
    if not words:
        rows = connection.execute("SELECT id, name, type, claims FROM node ORDER BY claims DESC, id LIMIT ?", (limit,))
        return rows.fetchall()
    match = " ".join(f'"{word.replace(chr(34), "")}"*' for word in words)
    rows = connection.execute(
        "SELECT n.id, n.name, n.type, n.claims FROM node n WHERE n.concept IN"
        " (SELECT curie FROM name_fts JOIN name ON name.key = name_fts.rowid WHERE name_fts MATCH :match)"
        " OR n.key IN (SELECT node FROM argument WHERE instr(fold, :fold)) ORDER BY n.claims DESC, n.id LIMIT :limit",
        {"match": match, "fold": fold(" ".join(words)), "limit": limit},
    )
    return rows.fetchall()
