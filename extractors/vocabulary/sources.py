"""Readers of the published vocabularies that are compiled: MeSH, HGNC, GO, MONDO and DOID as tables and JSON."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.errors import InputError
from extractors.values import MentionType
from extractors.vocabulary.folding import fold
from extractors.vocabulary.keys import is_short_form

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


#: UNII's types of names: common, official, code, brand; systematic names are left out by their length too.
SUBSTANCE_NAMES = frozenset({"cn", "of", "cd", "bn"})
LONGEST_SUBSTANCE = 40
#: "[INN]", "[USAN]" after a name.
QUALIFIER = re.compile(r"\s*\[[^\]]*\]$")
#: Acids and bases that go with a drug of MeSH's.
SALT = re.compile(
    r" (?:Hydrochloride|Dihydrochloride|Hydrobromide|Fumarate|Maleate|Tartrate|Succinate|Mesylate|Phosphate|Sulfate"
    r"|Acetate|Citrate|Sodium|Potassium|Calcium|Besylate|Bromide|Chloride|Tosylate|Disoproxil Fumarate)$"
)
DRUG = frozenset({MentionType.DRUG})
#: Cells of a PubTator annotation; an id of MeSH, alone.
ANNOTATION = 6
MESH_ID = re.compile(r"(?:MESH:)?[CD]\d{6,9}")
#: The share of a name's mentions that must be of one concept.
AGREEMENT = 0.7
SHORT_FORM_ARTICLES = 2


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
    rows = list(_rows(path, columns=4))
    at = {tree: row[0] for row in rows for tree in _cell(row[3])}
    for ui, name, synonyms, trees, *_ in rows:
        types = types_of(_cell(trees))
        above = sorted({at[up] for t in _cell(trees) if (up := t.rpartition(".")[0]) in at} - {ui})
        if types:
            parents = tuple(f"MESH:{parent}" for parent in above)
            yield Entry(f"MESH:{ui}", name, tuple(_cell(synonyms)), types, (1, 2), parents, former=_base(name))


def mesh_supplements(path: Path, headings: Iterable[Entry]) -> Iterator[Entry]:
    """Read MeSH supplementary records: id, name, synonyms and the headings they are mapped to."""
    known = {entry.curie: entry.types for entry in headings}
    for ui, name, synonyms, mapped, *_ in _rows(path, columns=4):
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
    for number, row in enumerate(_rows(path, columns=10)):
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


def _rows(path: Path, *, columns: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if len(row) < columns:
                raise InputError(
                    f"{path}:{number}: {len(row)} columns where {columns} are needed; is it the right file?"
                )
            yield row


def _cell(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def substances(path: Path, headings: Iterable[Entry]) -> Iterator[Entry]:
    """Read the common and official names and codes of FDA's substances that share a name with just one MeSH drug."""
    drugs: dict[str, str] = {}
    for entry in headings:
        if MentionType.DRUG in entry.types:
            drugs |= {name.lower(): entry.curie for name in (entry.name, *entry.synonyms)}
    groups: dict[str, list[str]] = {}
    for name, kind, unii, *_ in _rows(path, columns=4):
        if kind in SUBSTANCE_NAMES and len(name) <= LONGEST_SUBSTANCE:
            groups.setdefault(unii, []).append(QUALIFIER.sub("", name))
    for unii, names in sorted(groups.items()):
        same = sorted({drugs[name.lower()] for name in names if name.lower() in drugs})
        if len(same) == 1:
            yield Entry(f"UNII:{unii}", names[0], tuple(names), DRUG, (5, 6), same=same[0])


def usage(paths: Iterable[Path]) -> Iterator[Entry]:
    """Read what names mean to the annotators of PubTator corpora, where they agree; only names of known concepts count.

    A short form must mean the same in two articles at least.
    """
    counts: dict[tuple[str, ...], Counter[str]] = {}
    articles: dict[tuple[str, ...], set[str]] = {}
    written: dict[tuple[str, ...], str] = {}
    for path in paths:
        for row in path.read_text(encoding="utf-8").splitlines():
            cells = row.split("\t")
            if len(cells) >= ANNOTATION and MESH_ID.fullmatch(cells[5]):
                pieces = fold(cells[3])
                counts.setdefault(pieces, Counter())[f"MESH:{cells[5].removeprefix('MESH:')}"] += 1
                articles.setdefault(pieces, set()).add(cells[0])
                written.setdefault(pieces, cells[3])
    for pieces in sorted(counts):
        ((curie, count),) = counts[pieces].most_common(1)
        few = is_short_form(written[pieces]) and len(articles[pieces]) < SHORT_FORM_ARTICLES
        if count >= AGREEMENT * counts[pieces].total() and not few:
            yield Entry(f"USAGE:{'-'.join(pieces)}", written[pieces], (), frozenset(), (0, 0), same=curie)


def _headings(folder: Path) -> tuple[Entry, ...]:
    return tuple(mesh_headings(folder / "mesh_id_label_mappings.tsv"))


#: The files that are compiled, in the order of trust, and how each is read (from the folder they are in).
READERS: dict[str, Callable[[Path], Iterable[Entry]]] = {
    "mesh_id_label_mappings.tsv": _headings,
    "mesh_supp_id_label_mappings.tsv": lambda f: mesh_supplements(f / "mesh_supp_id_label_mappings.tsv", _headings(f)),
    "hgnc_entries.tsv": lambda f: hgnc(f / "hgnc_entries.tsv"),
    "go.json": lambda f: ontology(f / "go.json", "GO", MentionType.PROCESS, namespace="biological_process"),
    "doid.json": lambda f: ontology(f / "doid.json", "DOID", MentionType.DISEASE),
    "mondo.json": lambda f: ontology(f / "mondo.json", "MONDO", MentionType.DISEASE),
    "hp.json": lambda f: ontology(f / "hp.json", "HP", MentionType.DISEASE),
    "UNII_Names.txt": lambda f: substances(f / "UNII_Names.txt", _headings(f)),
    "corpora": lambda f: usage(sorted((f / "corpora").glob("*.pubtator"))),
}
