"""Stand-off annotations and the texts they are of."""

import json
from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.training.annotated import read_annotations, read_records

RECORD = {
    "id": "X:1",
    "entities": [
        {"key": "r", "type": "Drug", "spans": [[0, 9]], "mentions": ["Rituximab"]},
        {"key": "p", "type": "Disease", "spans": [[18, 25]], "mentions": ["purpura"]},
    ],
    "claims": [
        {"subject": "r", "predicate": "treats", "object": "p", "effect": "effective", "negated": False,
         "certainty": "asserted", "evidence": [0, 26]}
    ],
    "courses": [],
    "study": {"design": "other", "n": None},
}  # fmt: skip
TEXT = {"id": "X:1", "title": "Rituximab", "abstract": "It helps purpura."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / "a.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    return tmp_path


def test_annotations_get_their_texts_and_spans(folder: Path) -> None:
    texts = folder / "texts.jsonl"
    texts.write_text(json.dumps(TEXT) + "\n", encoding="utf-8")
    (record,) = read_records(folder / "annotations", [texts])
    assert (record["title"], record["abstract"]) == ("Rituximab", "It helps purpura.")
    (gold,) = read_annotations(folder / "annotations", [texts])
    assert [(c.subject, c.object, c.evidence) for c in gold.claims] == [(((0, 9),), ((18, 25),), (0, 26))]


def test_annotations_without_a_text_are_told_by_file_and_article(folder: Path) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl: no text for X:1; give a file that has it with --texts"):
        list(read_records(folder / "annotations", []))
