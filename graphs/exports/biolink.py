"""Our predicates and types in the terms of the Biolink model, by a table that a curator can review."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

from extractors.values import MentionType
from graphs.answers import AssembledClaim

#: Our types as Biolink categories (Biolink model 4.4).
CATEGORIES = {
    MentionType.DRUG: "biolink:ChemicalEntity",
    MentionType.PROCEDURE: "biolink:Procedure",
    MentionType.DISEASE: "biolink:DiseaseOrPhenotypicFeature",
    MentionType.PROTEIN: "biolink:Gene|biolink:Protein",
    MentionType.CELL: "biolink:Cell",
    MentionType.PROCESS: "biolink:BiologicalProcess",
    MentionType.OUTCOME: "biolink:ClinicalAttribute",
    MentionType.SPECIES: "biolink:OrganismTaxon",
    MentionType.VARIANT: "biolink:SequenceVariant",
    MentionType.CELL_LINE: "biolink:CellLine",
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """A row of the table: how a predicate with a verdict ("*": any other) is said in Biolink."""

    predicate: str
    verdict: str
    biolink_predicate: str
    qualified_predicate: str
    object_aspect: str
    object_direction: str
    negated: bool


def load() -> tuple[Mapping, ...]:
    """Read configs/rules/biolink.tsv."""
    text = files("configs").joinpath("rules", "biolink.tsv").read_text(encoding="utf-8")
    return tuple(
        Mapping(
            row["predicate"],
            row["verdict"],
            row["biolink_predicate"],
            row["qualified_predicate"],
            row["object_aspect"],
            row["object_direction"],
            row["negated"] == "true",
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
    )


def mapped(claim: AssembledClaim, table: tuple[Mapping, ...]) -> Mapping:
    """Return the row for a claim: that of its verdict, else of any; a denied claim is negated."""
    predicate = str(claim.claim.predicate)
    rows = {row.verdict: row for row in table if row.predicate == predicate}
    return rows.get(claim.verdict) or rows.get("*") or rows["unspecified"]


def negated(claim: AssembledClaim, row: Mapping) -> bool:
    """Tell whether the edge is to be read as denied."""
    return row.negated or claim.verdict == "denied"
