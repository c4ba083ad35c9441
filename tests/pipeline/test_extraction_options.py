"""Options that reach the extractors of courses."""

import subprocess
import sys

import pytest

from extractors import registry
from pipeline.config import Extraction as Settings
from pipeline.extraction import Extractor

WITHOUT = """
import sys
sys.modules["onnxruntime"] = None
from pipeline.config import Extraction
from pipeline.extraction import Extractor
Extractor(Extraction(options={"classifier": {"encoder": False}}))
Extractor(Extraction(claims=("patterns",)))
print("built")
"""


@pytest.mark.parametrize(
    ("settings", "encoder"),
    [
        (Settings(), True),
        (Settings(options={"classifier": {"encoder": False}}), False),
        (Settings(claims=("patterns",)), False),
        (Settings(claims=("patterns",), options={"courses": {"encoder": True}}), True),
        (Settings(options={"courses": {"encoder": False}}), False),
        (Settings(courses=False), None),
    ],
)
def test_courses_are_read_with_the_encoder_where_claims_are(
    settings: Settings, encoder: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(registry, "build_courses", lambda options: asked.append(options["encoder"]))
    monkeypatch.setattr(registry, "build_claims", lambda *_: None)
    Extractor(settings)
    assert asked == ([] if encoder is None else [encoder])


def test_without_the_encoder_its_libraries_are_not_needed() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert done.stdout == "built\n"
