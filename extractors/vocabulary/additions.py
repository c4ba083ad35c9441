"""Sources that add names to the concepts of others: UNII, MeSH for gene products, annotated corpora."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from extractors.values import MentionType
from extractors.vocabulary.folding import fold
from extractors.vocabulary.keys import is_short_form, key
from extractors.vocabulary.sources import Entry, rows

#: UNII's types of names: common, official, code, brand; systematic names are left out by their length too.
SUBSTANCE_NAMES = frozenset({"cn", "of", "cd", "bn"})
LONGEST_SUBSTANCE = 40
#: "[INN]", "[USAN]" after a name.
QUALIFIER = re.compile(r"\s*\[[^\]]*\]$")
DRUG = frozenset({MentionType.DRUG})
#: Cells of a PubTator annotation; an id of MeSH, alone.
ANNOTATION = 6
MESH_ID = re.compile(r"(?:MESH:)?[CD]\d{6,9}")
#: The share of a name's mentions that must be of one concept.
AGREEMENT = 0.7
#: Articles in which a short form must mean the same.
ARTICLES = 2


def substances(path: Path, headings: Iterable[Entry]) -> Iterator[Entry]:
    """Read the common and official names and codes of FDA's substances that share a name with just one MeSH drug."""
    drugs: dict[str, str] = {}
    for entry in headings:
        if MentionType.DRUG in entry.types:
            drugs |= {name.lower(): entry.curie for name in (entry.name, *entry.synonyms)}
    groups: dict[str, list[str]] = {}
    for name, kind, unii, *_ in rows(path, columns=4):
        if kind in SUBSTANCE_NAMES and len(name) <= LONGEST_SUBSTANCE:
            groups.setdefault(unii, []).append(QUALIFIER.sub("", name))
    for unii, names in sorted(groups.items()):
        same = sorted({drugs[name.lower()] for name in names if name.lower() in drugs})
        if len(same) == 1:
            yield Entry(f"UNII:{unii}", names[0], tuple(names), DRUG, (5, 6), same=same[0])


def gene_products(headings: Iterable[Entry], genes: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the names of MeSH's proteins that are called like just one gene, as names of the gene."""
    approved: dict[int, set[str]] = {}
    for gene in genes:
        for name in (gene.name, *gene.synonyms[:1]):
            approved.setdefault(key(fold(name)), set()).add(gene.curie)
    for heading in headings:
        if MentionType.PROTEIN in heading.types:
            names = (heading.name, *heading.synonyms)
            same = sorted(set().union(*(approved.get(key(fold(name)), set()) for name in names)))
            if len(same) == 1:
                yield replace(heading, curie=f"PRODUCT:{heading.curie}", trust=(3, 4), same=same[0], former=())


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
        few = is_short_form(written[pieces]) and len(articles[pieces]) < ARTICLES
        if count >= AGREEMENT * counts[pieces].total() and not few:
            yield Entry(f"USAGE:{'-'.join(pieces)}", written[pieces], (), frozenset(), (0, 0), same=curie)
