"""Every evidence as a row of CSV, with the verbatim sentence and where it stands."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from graphs.answers import Source

#: A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
HEADER = (
    "pmid",
    "year",
    "journal",
    "section",
    "sentence",
    "subject",
    "predicate",
    "object",
    "effect",
    "negated",
    "certainty",
    "design",
    "n",
    "score",
    "extractor",
    "why",
    "retracted",
    "concern",
    "synthetic",
    "study",
    "subject_id",
    "object_id",
    "subject_text",
    "object_text",
    "start",
    "end",
    "claim_id",
    "evidence_id",
    "origin",
)


def write(sources: Iterable[Source], stream: TextIO) -> int:
    """Write the table and return its number of rows; equal content gives equal bytes."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    count = 0
    for source in sources:
        writer.writerow([neutralise(cell) for cell in row(source)])
        count += 1
    return count


def row(source: Source) -> tuple[str, ...]:
    """Return an evidence as cells, in the order of `HEADER`; what is not stated is empty."""
    item = source.evidence
    subject, object_ = item.claim.subject, item.claim.object
    start, end = item.sentence
    cells: tuple[object, ...] = (
        source.pmid,
        source.year,
        source.journal,
        source.section,
        source.quote,
        subject.name,
        item.claim.predicate,
        object_.name,
        item.effect,
        "yes" if item.negated else "no",
        item.certainty,
        source.design,
        source.n,
        f"{item.score:.4f}",
        item.extractor,
        item.why,
        "yes" if source.retracted else "no",
        "yes" if source.concern else "no",
        "yes" if source.synthetic else "no",
        source.cluster or item.article,
        subject.key,
        object_.key,
        _words(source, subject.spans),
        _words(source, object_.spans),
        start,
        end,
        item.claim.id,
        item.id,
        item.origin,
    )
    return tuple("" if cell is None else str(cell) for cell in cells)


def neutralise(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula; numbers stay numbers.

    A carriage return becomes a blank: `csv` leaves it unquoted, and what follows it would begin a row.
    """
    cell = cell.replace("\r", " ")
    if not cell.lstrip().startswith(FORMULA_STARTS):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def _words(source: Source, spans: Iterable[tuple[int, int]]) -> str:
    """Return the words of an argument as the sentence has them."""
    start, end = source.evidence.sentence
    return " … ".join(source.quote[s - start : e - start] for s, e in spans if start <= s and e <= end)
