"""The lines of `sicca extract`: their schema, their offsets, and that nothing but the input decides their bytes."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline import documents
from pipeline.config import Extraction as Settings
from pipeline.config import load
from pipeline.extracted import Extraction
from pipeline.output import to_json, to_pubtator
from pipeline.workers import extract_all

SCHEMA = Path(__file__).parents[2] / "docs" / "extract.schema.json"


@pytest.fixture(scope="module")
def extractions() -> list[Extraction]:
    (sample,) = load("sample").medline_files
    results = list(extract_all(documents.read(str(sample)), Settings()))
    assert all(isinstance(result, Extraction) for result in results)
    return [result for result in results if isinstance(result, Extraction)]


@pytest.fixture(scope="module")
def lines(extractions: list[Extraction]) -> list[dict[str, Any]]:
    return [json.loads(to_json(extraction)) for extraction in extractions]


def test_output_fits_its_schema(lines: list[dict[str, Any]]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert not [error.message for line in lines for error in validator.iter_errors(line)]


def test_output_says_something_of_most_records(lines: list[dict[str, Any]]) -> None:
    assert sum(1 for line in lines if line["mentions"]) > 0.8 * len(lines)
    assert sum(1 for line in lines if line["claims"]) > 0.6 * len(lines)


def test_output_offsets_are_those_of_the_text(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        text = f"{line['title']}\n{line['abstract']}"
        for mention in line["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
        for claim in line["claims"]:
            start, end = claim["sentence"]
            assert 0 <= start < end <= len(text)
            spans = [*claim["subject"]["spans"], *claim["object"]["spans"]]
            assert all(0 <= a < b <= len(text) for a, b in spans)


def test_output_claims_tell_whose_finding_they_are(lines: list[dict[str, Any]]) -> None:
    told = {(claim["origin"], line["study"]["design"]) for line in lines for claim in line["claims"]}
    assert {origin for origin, _ in told} == {"novel", "background"}
    assert {origin for origin, design in told if design in {"review", "guideline"}} == {"background"}


def test_output_claims_are_named_once_a_document(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        keys = [
            (claim["subject"]["id"] or claim["subject"]["name"].lower(), claim["predicate"],
             claim["object"]["id"] or claim["object"]["name"].lower())
            for claim in line["claims"]
        ]  # fmt: skip
        assert len(keys) == len(set(keys)), line["id"]


def test_output_does_not_depend_on_the_number_of_processes(extractions: list[Extraction]) -> None:
    (sample,) = load("sample").medline_files
    parallel = extract_all(documents.read(str(sample)), Settings(), jobs=2)
    assert [to_json(result) for result in parallel if isinstance(result, Extraction)] == [
        to_json(result) for result in extractions
    ]


def test_output_pubtator_is_read_back(extractions: list[Extraction], tmp_path: Path) -> None:
    path = tmp_path / "out.pubtator"
    path.write_text("\n".join(to_pubtator(extraction) for extraction in extractions), encoding="utf-8")
    back = list(documents.read(str(path)))
    assert [article.text for article in back] == [extraction.article.text for extraction in extractions]
    for block, extraction in zip(path.read_text(encoding="utf-8").split("\n\n"), extractions, strict=True):
        rows = [row.split("\t") for row in block.strip().split("\n")[2:]]
        assert [(int(row[1]), int(row[2])) for row in rows] == [m.span for m in extraction.mentions]
        assert all(len(row) == 6 for row in rows)
