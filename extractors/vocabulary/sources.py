"""Readers of the published vocabularies that are compiled: MeSH, HGNC, GO, MONDO and DOID as tables and JSON."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.errors import InputError
from extractors.values import MentionType

#: MeSH tree prefixes → what the headings below them name; a heading in several trees may be mentioned as several types.
TREES = {
    "A11": {MentionType.CELL},
    "A15.145.229": {MentionType.CELL},
    "B": {MentionType.SPECIES},
    "C": {MentionType.DISEASE},
    "D": {MentionType.DRUG},
    "D08": {MentionType.PROTEIN},
    "D12": {MentionType.PROTEIN},
    "D23": {MentionType.PROTEIN},
    "E": {MentionType.PROCEDURE},
    "F01": {MentionType.DISEASE},
    "F03": {MentionType.DISEASE},
    "G": {MentionType.PROCESS},
}
#: Supplementary records of one species' gene product ("BAFF protein, mouse"): HGNC names those.
GENE_PRODUCT = re.compile(r"\b(?:protein|proteins|RNA|mRNA|peptide|enzyme)\b[^,]*, ")
#: Acids and bases that go with a drug of MeSH's.
SALT = re.compile(
    r" (?:Hydrochloride|Dihydrochloride|Hydrobromide|Fumarate|Maleate|Tartrate|Succinate|Mesylate|Phosphate|Sulfate"
    r"|Acetate|Citrate|Sodium|Potassium|Calcium|Besylate|Bromide|Chloride|Tosylate|Disoproxil Fumarate)$"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept as a source has it; `trust` of its preferred name, of its synonyms (0 is best) and its parents.

    `same` is the CURIE of the concept that the source says is the same one; then only the names count.
    """

    curie: str
    name: str
    synonyms: tuple[str, ...]
    types: frozenset[MentionType]
    trust: tuple[int, int]
    parents: tuple[str, ...] = ()
    same: str | None = None
    #: Names of less trust: symbols that a gene had before, a drug without its salt.
    former: tuple[str, ...] = ()


def mesh_headings(path: Path) -> Iterator[Entry]:
    """Read MeSH descriptors: id, name, synonyms and tree numbers, with `|` in the cells."""
    records = list(rows(path, columns=4))
    at = {tree: row[0] for row in records for tree in _cell(row[3])}
    for ui, name, synonyms, trees, *_ in records:
        types = types_of(_cell(trees))
        above = sorted({at[up] for t in _cell(trees) if (up := t.rpartition(".")[0]) in at} - {ui})
        if types:
            parents = tuple(f"MESH:{parent}" for parent in above)
            yield Entry(f"MESH:{ui}", name, tuple(_cell(synonyms)), types, (1, 2), parents, former=_base(name))


def mesh_supplements(path: Path, headings: Iterable[Entry]) -> Iterator[Entry]:
    """Read MeSH supplementary records: id, name, synonyms and the headings they are mapped to."""
    known = {entry.curie: entry.types for entry in headings}
    for ui, name, synonyms, mapped, *_ in rows(path, columns=4):
        above = tuple(f"MESH:{part.lstrip('*')}" for part in mapped.split(",") if f"MESH:{part.lstrip('*')}" in known)
        types = frozenset(kind for parent in above for kind in known[parent])
        if types - {MentionType.SPECIES, MentionType.PROCESS} and not GENE_PRODUCT.search(name):
            yield Entry(f"MESH:{ui}", name, tuple(_cell(synonyms)), types - {MentionType.SPECIES}, (3, 4), above)


def _base(name: str) -> tuple[str, ...]:
    """Return the name of the base that a heading gives with its salt: "Quetiapine Fumarate"."""
    base = SALT.sub("", name)
    return (base,) if base != name else ()


def types_of(trees: Iterable[str]) -> frozenset[MentionType]:
    """Return the types of the trees a heading stands in."""
    return frozenset(kind for tree in trees for root, kinds in TREES.items() if tree.startswith(root) for kind in kinds)


def hgnc(path: Path) -> Iterator[Entry]:
    """Read HGNC's table of approved symbols; pseudogenes and withdrawn entries are left out."""
    for number, row in enumerate(rows(path, columns=10)):
        curie, symbol, name, status, aliases, previous = *row[:5], row[9]
        if number == 0 or status != "Approved" or "pseudogene" in row[11]:
            continue
        yield Entry(
            curie,
            symbol,
            (name, *(a.strip() for a in aliases.split(",") if a.strip())),
            frozenset({MentionType.PROTEIN}),
            (1, 3),
            former=tuple(p.strip() for p in previous.split(",") if p.strip()),
        )


def ontology(path: Path, prefix: str, kind: MentionType, *, namespace: str | None = None) -> Iterator[Entry]:
    """Read an OBO ontology as JSON: id, name, synonyms, is_a, and the MeSH heading that a term is said to be."""
    try:
        terms: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: not JSON: {error}; take the file from the source again") from error
    for term in terms:
        if namespace in (None, term.get("namespace")) and not str(term["name"]).startswith("obsolete "):
            mesh = sorted({x["id"] for x in term.get("xrefs", ()) if x["namespace"] in {"MESH", "MSH"}})
            parents = tuple(_curie(prefix, parent) for parent in term.get("relations", {}).get("is_a", ()))
            yield Entry(
                _curie(prefix, term["id"]),
                term["name"],
                tuple(term.get("synonyms", ())),
                frozenset({kind}),
                (5, 6),
                parents,
                same=f"MESH:{mesh[0]}" if len(mesh) == 1 else None,
            )


def _curie(prefix: str, key: str) -> str:
    return key if ":" in key else f"{prefix}:{key}"


def rows(path: Path, *, columns: int) -> Iterator[list[str]]:
    """Yield the rows of a table parted by tabs; raises InputError where one has fewer columns."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if len(row) < columns:
                raise InputError(
                    f"{path}:{number}: {len(row)} columns where {columns} are needed; is it the right file?"
                )
            yield row


def _cell(text: str) -> list[str]:
    return [part for part in text.split("|") if part]
