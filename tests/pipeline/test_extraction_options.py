"""Whether courses are read with the encoder: as claims are, unless they say otherwise."""

import json
import subprocess
import sys

import pytest

#: Without the library that the encoder runs on, whoever asks for it says so.
SCRIPT = """
import json, sys
sys.modules["onnxruntime"] = None
from extractors.errors import ConfigError
from pipeline.config import Extraction
from pipeline.extraction import Extractor
for settings in json.loads(sys.argv[1]):
    try:
        Extractor(Extraction.model_validate_json(json.dumps(settings)))
        print("built")
    except ConfigError as error:
        print(str(error).partition(":")[0])
"""
NO_ENCODER = {"classifier": {"encoder": False}}
ROWS: list[tuple[dict[str, object], str]] = [
    ({}, "extraction.options.classifier.encoder"),
    ({"options": NO_ENCODER}, "built"),
    ({"claims": ["patterns"]}, "built"),
    ({"claims": ["patterns"], "options": {"courses": {"encoder": True}}}, "extraction.options.courses.encoder"),
    ({"options": NO_ENCODER | {"courses": {"encoder": True}}}, "extraction.options.courses.encoder"),
    ({"options": NO_ENCODER | {"courses": {"encoder": True}}, "courses": False}, "built"),
]


@pytest.fixture(scope="module")
def answers() -> list[str]:
    settings = json.dumps([row for row, _ in ROWS])
    done = subprocess.run([sys.executable, "-c", SCRIPT, settings], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_courses_are_read_with_the_encoder_where_claims_are(answers: list[str], number: int) -> None:
    assert answers[number] == ROWS[number][1]
