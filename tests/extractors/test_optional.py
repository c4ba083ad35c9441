"""Without the encoder's libraries: what asks for it says what to do, all else works."""

import subprocess
import sys

import pytest

WITHOUT = """
import sys
sys.modules["onnxruntime"] = None
from extractors.errors import ConfigError
from extractors import registry
def build(encoder):
    return {}
build(False)
try:
    build(True)
except ConfigError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("option", "call"),
    [
        ("classifier", 'registry.build_claims("classifier", {"encoder": encoder})'),
        ("courses", 'registry.build_courses({"encoder": encoder})'),
    ],
)
def test_the_encoder_names_the_missing_library_and_the_way_out(option: str, call: str) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT.format(call)], capture_output=True, text=True, check=True)
    assert f"extraction.options.{option}.encoder: onnxruntime is not installed" in done.stdout
    assert "encoder = false" in done.stdout


def test_an_unknown_extractor_is_answered_with_the_others_all_the_same() -> None:
    script = WITHOUT.format("encoder and registry.build_claims('magic', {})")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "'magic' is not one of the extractors; available: classifier, cooccurrence, patterns" in done.stdout
