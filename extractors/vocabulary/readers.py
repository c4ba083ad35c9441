"""The files that are compiled, and how each is read from the folder they are in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from extractors.values import MentionType
from extractors.vocabulary.additions import gene_products, substances, usage
from extractors.vocabulary.sources import Entry, hgnc, mesh_headings, mesh_supplements, ontology


def _headings(folder: Path) -> tuple[Entry, ...]:
    return tuple(mesh_headings(folder / "mesh_id_label_mappings.tsv"))


#: The files that are compiled, in the order of trust, and how each is read (from the folder they are in).
READERS: dict[str, Callable[[Path], Iterable[Entry]]] = {
    "mesh_id_label_mappings.tsv": _headings,
    "mesh_supp_id_label_mappings.tsv": lambda f: mesh_supplements(f / "mesh_supp_id_label_mappings.tsv", _headings(f)),
    "hgnc_entries.tsv": lambda f: (
        *(genes := tuple(hgnc(f / "hgnc_entries.tsv"))),
        *gene_products(_headings(f), genes),
    ),
    "go.json": lambda f: ontology(f / "go.json", "GO", MentionType.PROCESS, namespace="biological_process"),
    "doid.json": lambda f: ontology(f / "doid.json", "DOID", MentionType.DISEASE),
    "mondo.json": lambda f: ontology(f / "mondo.json", "MONDO", MentionType.DISEASE),
    "hp.json": lambda f: ontology(f / "hp.json", "HP", MentionType.DISEASE),
    "UNII_Names.txt": lambda f: substances(f / "UNII_Names.txt", _headings(f)),
    "corpora": lambda f: usage(sorted((f / "corpora").glob("*.pubtator"))),
}
