"""Further annotated articles: stand-off annotations in this repository, texts from files that are not part of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractors.errors import InputError
from extractors.training.claims_data import GoldDocument, document


def read_records(folder: Path, texts: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the records of all .jsonl files of a folder of annotations with their titles and abstracts.

    Raises InputError that names an article whose text is in none of the files.
    """
    known = {}
    for path in texts:
        with path.open(encoding="utf-8") as lines:
            known.update({record["id"]: record for record in map(json.loads, lines)})
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if record["id"] not in known:
                    raise InputError(f"{path}: no text for {record['id']}; give a file that has it with --texts")
                text = known[record["id"]]
                yield {**record, "title": text["title"], "abstract": text["abstract"]}


def read_annotations(folder: Path, texts: Iterable[Path]) -> Iterator[GoldDocument]:
    """Yield the annotated articles of a folder as gold documents; raises what `read_records` does."""
    for record in read_records(folder, texts):
        spans = {e["key"]: tuple((start, end) for start, end in e["spans"]) for e in record["entities"]}
        yield document(record, spans, record["title"], record["abstract"])
