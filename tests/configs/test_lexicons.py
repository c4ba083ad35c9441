"""The curated lexicons: their form, their identifiers, and that no name of theirs points two ways."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from extractors.values import MentionType
from extractors.vocabulary import lexicon
from extractors.vocabulary.folding import fold

HEADER = ["curie", "name", "synonyms", "parents", "xrefs", "note"]
#: The form of each source's identifiers.
WELL_FORMED = {
    "MESH": r"[CD]\d{6}|[CD]\d{9}",
    "HGNC": r"\d{1,5}",
    "GO": r"\d{7}",
    "CL": r"\d{7}",
    "MONDO": r"\d{7}",
    "HP": r"\d{7}",
    "UNII": r"[A-Z0-9]{10}",
    "UniProt": r"[A-Z0-9]{6}|[A-Z0-9]{10}",
    "SICCA": r"[a-z0-9]+(-[a-z0-9]+)*",
}
#: Where the concepts of each lexicon come from; SICCA is everywhere the list of last resort.
SOURCES = {
    "drugs": {"MESH", "UNII"},
    "drug_classes": {"MESH"},
    "diseases": {"MESH", "MONDO", "HP"},
    "proteins": {"HGNC", "MESH"},
    "cells": {"CL", "MESH"},
    "processes": {"GO", "MESH"},
    "outcomes": {"MESH"},
    "procedures": {"MESH"},
}
#: Concepts that the field speaks of most, each with a name that must lead to it.
KNOWN = [
    ("Rituxan", MentionType.DRUG, "MESH:D000069283"),
    ("anti-CD20 monoclonal antibody", MentionType.DRUG, "SICCA:anti-cd20-antibodies"),
    ("VAY736", MentionType.DRUG, "MESH:C000656267"),
    ("LY2127399", MentionType.DRUG, "MESH:C575974"),
    ("Sjögren's syndrome", MentionType.DISEASE, "MESH:D012859"),
    ("Sjogren disease", MentionType.DISEASE, "MESH:D012859"),
    ("primary Sjögren's syndrome", MentionType.DISEASE, "SICCA:primary-sjogren-syndrome"),
    ("mixed cryoglobulinemia", MentionType.DISEASE, "SICCA:mixed-cryoglobulinaemia"),
    ("cryoglobulinaemic vasculitis", MentionType.DISEASE, "MONDO:0007407"),
    ("B-lymphocyte stimulator", MentionType.PROTEIN, "HGNC:11929"),
    ("TNFSF13", MentionType.PROTEIN, "HGNC:11928"),
    ("anti-Ro/SSA", MentionType.PROTEIN, "SICCA:anti-ssa-ro-antibodies"),
    ("plasmablasts", MentionType.CELL, "CL:0000980"),
    ("B-lymphocyte activation", MentionType.PROCESS, "GO:0042113"),
    ("ESSDAI score", MentionType.OUTCOME, "SICCA:essdai"),
    ("plasmapheresis", MentionType.PROCEDURE, "MESH:D010951"),
]


@cache
def rows(stem: str) -> tuple[dict[str, str], ...]:
    text = (files("configs") / "lexicons" / f"{stem}.tsv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def parts(cell: str) -> list[str]:
    return cell.split(" | ") if cell else []


def every() -> list[tuple[str, dict[str, str]]]:
    return [(stem, row) for stem in lexicon.TYPES for row in rows(stem)]


def well_formed(curie: str) -> bool:
    prefix, _, local = curie.partition(":")
    return prefix in WELL_FORMED and re.fullmatch(WELL_FORMED[prefix], local) is not None


@pytest.mark.parametrize("stem", lexicon.TYPES)
def test_lexicon_has_the_columns_and_full_rows(stem: str) -> None:
    lines = (files("configs") / "lexicons" / f"{stem}.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == HEADER
    assert [line for line in lines[1:] if len(line.split("\t")) != len(HEADER)] == []
    assert [row for row in rows(stem) if not row["curie"] or not row["name"]] == []


@pytest.mark.parametrize("stem", lexicon.TYPES)
def test_cells_of_the_table_carry_no_stray_blanks_or_empty_parts(stem: str) -> None:
    cells = [part for row in rows(stem) for column in ("synonyms", "parents", "xrefs") for part in parts(row[column])]
    assert [cell for cell in cells if cell != cell.strip() or not cell or "|" in cell] == []
    assert [row["name"] for row in rows(stem) if row["name"] != row["name"].strip() or row["name"][0] in "=?"] == []


def test_lexicons_hold_the_field() -> None:
    assert len(every()) >= 1_500


def test_a_curie_occurs_once_over_all_lexicons() -> None:
    seen: dict[str, list[str]] = defaultdict(list)
    for stem, row in every():
        seen[row["curie"]].append(f"{stem}: {row['name']}")
    assert {curie: where for curie, where in seen.items() if len(where) > 1} == {}


def test_curies_and_cross_references_are_well_formed() -> None:
    curies = [curie for _, row in every() for curie in [row["curie"], *parts(row["xrefs"])]]
    assert [curie for curie in curies if not well_formed(curie)] == []


@pytest.mark.parametrize("stem", lexicon.TYPES)
def test_concepts_come_from_the_sources_of_their_kind(stem: str) -> None:
    allowed = SOURCES[stem] | {"SICCA"}
    assert [row["curie"] for row in rows(stem) if row["curie"].partition(":")[0] not in allowed] == []


def test_no_concept_refers_to_itself_or_to_another_concept_as_the_same() -> None:
    curies = {row["curie"] for _, row in every()}
    assert [row["name"] for _, row in every() if set(parts(row["xrefs"])) & curies] == []


def test_parents_are_concepts_of_the_same_type() -> None:
    kinds = {row["curie"]: lexicon.TYPES[stem] for stem, row in every()}
    strangers = [
        (row["name"], parent)
        for stem, row in every()
        for parent in parts(row["parents"])
        if kinds.get(parent) is not lexicon.TYPES[stem]
    ]
    assert strangers == []


def test_no_concept_is_its_own_ancestor() -> None:
    parents = {row["curie"]: parts(row["parents"]) for _, row in every()}

    def ancestors(curie: str) -> set[str]:
        found: set[str] = set()
        waiting = list(parents[curie])
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(parents[current])
        return found

    assert [curie for curie in parents if curie in ancestors(curie)] == []


def test_a_name_leads_to_one_concept_of_a_type() -> None:
    """Names marked "?" need the article's definition; those marked "=" are told apart by their case."""
    meant: dict[tuple[MentionType, object], set[str]] = defaultdict(set)
    for name in lexicon.load():
        if not name.defined:
            meant[name.concept.type, name.text if name.exact else fold(name.text)].add(name.concept.curie)
    assert {name: curies for name, curies in meant.items() if len(curies) > 1} == {}


def test_short_names_are_marked() -> None:
    """Up to three letters name too much: they count in their case only, or only where they are defined."""
    bare = [n.text for n in lexicon.load() if re.fullmatch(r"[A-Za-z]{1,3}", n.text) and not (n.exact or n.defined)]
    assert [text for text in bare if text not in {row["name"] for _, row in every()}] == []


@pytest.mark.parametrize(("text", "kind", "curie"), KNOWN)
def test_the_names_of_the_field_lead_where_they_should(text: str, kind: MentionType, curie: str) -> None:
    found = {n.concept.curie for n in lexicon.load() if n.concept.type is kind and fold(n.text) == fold(text)}
    assert found == {curie}


def test_members_of_a_class_lead_up_to_it() -> None:
    parents = {row["curie"]: parts(row["parents"]) for _, row in every()}
    waiting, above = ["MESH:D000069283"], set()
    while waiting:
        for parent in parents[waiting.pop()]:
            above.add(parent)
            waiting.append(parent)
    classes = {"SICCA:anti-cd20-antibodies", "SICCA:b-cell-depletion-therapy", "SICCA:b-cell-targeted-therapy"}
    assert classes <= above


def test_licences_are_stated_for_every_source_with_its_number_of_concepts() -> None:
    """A source without a line in docs/data-licences.md would be data without terms."""
    text = (Path(__file__).parents[2] / "docs" / "data-licences.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"^\| `(\w+):` \|.*?\| (\d+) \|", text, re.MULTILINE))
    counted = Counter(row["curie"].partition(":")[0] for _, row in every())
    assert stated == {prefix: str(number) for prefix, number in counted.items()}
