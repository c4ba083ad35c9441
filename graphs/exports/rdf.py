"""RDF in TriG: each evidence a nanopublication-like trio of named graphs, what is said, by whom, and who wrote it down.

Assertion: the claim as a statement (subject, predicate, object, verdict on the claim's own node). Provenance: PROV, the
sentence it was derived from and its article. Publication info: the software. Literals are escaped as Turtle wants it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from extractors.records import Argument, content_hash
from graphs.answers import AssembledClaim, Source
from graphs.store import claims, concepts

PREFIXES = (
    ("sicca", "https://w3id.org/sicca/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("np", "http://www.nanopub.org/nschema#"),
)
#: Where a CURIE's prefix leads; others become https://bioregistry.io/PREFIX:ID.
HOMES = {
    "MESH": "http://id.nlm.nih.gov/mesh/",
    "HGNC": "http://identifiers.org/hgnc/",
    "PMID": "https://pubmed.ncbi.nlm.nih.gov/",
    "SICCA": "https://w3id.org/sicca/concept/",
    "GO": "http://purl.obolibrary.org/obo/GO_",
    "CL": "http://purl.obolibrary.org/obo/CL_",
    "HP": "http://purl.obolibrary.org/obo/HP_",
    "MONDO": "http://purl.obolibrary.org/obo/MONDO_",
    "CHEBI": "http://purl.obolibrary.org/obo/CHEBI_",
}
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def write(connection: sqlite3.Connection, path: Path) -> tuple[Path, ...]:
    """Write one TriG file; equal content gives equal bytes."""
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in lines(connection))
    return (path,)


def lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the file's lines: concepts and claims in the default graph, then three graphs for each evidence."""
    for prefix, home in PREFIXES:
        yield f"@prefix {prefix}: <{home}> ."
    found = [claim for claim in claims.read(connection) if claim.evidence]
    parents = {concept.curie: concept.parents for concept in concepts.read(connection)}
    ends = {end.key: end for item in found for end in (item.claim.subject, item.claim.object)}
    for _, end in sorted(ends.items()):
        yield f"{iri(end)} a sicca:{end.type} ; rdfs:label {literal(end.name)} ."
        for parent in parents.get(end.concept or "", ()):
            yield f"{iri(end)} skos:broader {curie_iri(parent)} ."
    for item in found:
        yield from _claim(item)
    standing = {item.id for item in found}
    for source in claims.all_sources(connection):
        if not source.retracted and source.evidence.claim.id in standing:
            yield from _evidence(source)


def iri(argument: Argument) -> str:
    """Return the IRI of what a claim is about."""
    return curie_iri(argument.concept) if argument.concept else f"<{HOMES['SICCA']}text-{content_hash(argument.key)}>"


def curie_iri(curie: str) -> str:
    """Return the IRI of a CURIE."""
    prefix, _, local = curie.partition(":")
    home = HOMES.get(prefix)
    return f"<{home}{quote(local, safe='')}>" if home else f"<https://bioregistry.io/{quote(curie, safe=':')}>"


def literal(text: str) -> str:
    """Return a Turtle string."""
    return f'"{text.translate(ESCAPES)}"'


def _claim(item: AssembledClaim) -> Iterator[str]:
    yield (
        f"sicca:claim-{item.id} a sicca:Claim, rdf:Statement ; rdf:subject {iri(item.claim.subject)} ;"
        f" rdf:predicate sicca:{item.claim.predicate} ; rdf:object {iri(item.claim.object)} ;"
        f" sicca:verdict {literal(item.verdict)} ; sicca:belief {item.belief:.6f} ; sicca:opposed {item.opposed:.6f} ;"
        f" sicca:articles {item.articles} ; sicca:studies {item.studies} ."
    )


def _evidence(source: Source) -> Iterator[str]:
    item = source.evidence
    name = f"sicca:evidence-{item.id}"
    negated = "true" if item.negated else "false"
    effect = f" ; sicca:effect {literal(item.effect)}" if item.effect else ""
    origin = f" ; sicca:origin {literal(item.origin)}" if item.origin else ""
    yield (
        f"{name}-head {{ {name} a np:Nanopublication ; np:hasAssertion {name}-assertion ;"
        f" np:hasProvenance {name}-provenance ; np:hasPublicationInfo {name}-info . }}"
    )
    yield (
        f"{name}-assertion {{ sicca:claim-{item.claim.id} sicca:statedWith [ sicca:negated {negated} ;"
        f" sicca:certainty {literal(item.certainty)}{effect} ] . }}"
    )
    yield (
        f"{name}-provenance {{ {name}-assertion prov:wasDerivedFrom {curie_iri(item.article)} ;"
        f" prov:value {literal(source.quote)} ; sicca:section {literal(source.section)} ;"
        f" sicca:design {literal(source.design)}{origin} . }}"
    )
    yield (
        f"{name}-info {{ {name} prov:wasGeneratedBy sicca:extractor-{quote(item.extractor, safe='')} ;"
        f" sicca:score {item.score:.6f} . }}"
    )
