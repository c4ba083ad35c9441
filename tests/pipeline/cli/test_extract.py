"""`sicca extract` as a command: UTF-8 whatever the locale, and a word on what it left out."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.eutilities.citations import article_set, book, citation

CONFIG = (
    '[question]\ntitle = "Quick"\n[extraction]\nmentions = ["dictionary"]\nclaims = ["cooccurrence"]\ncourses = false\n'
)


def test_extract_writes_utf8_in_any_locale_and_counts_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "quick.toml").write_text(CONFIG, encoding="utf-8")
    parts = [citation("990008001", title="β-blockade in Sjögren syndrome"), book("990008002")]
    (tmp_path / "a.xml").write_bytes(article_set(parts))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pipeline",
            "extract",
            tmp_path / "a.xml",
            "-o",
            "-",
            "--config",
            tmp_path / "quick.toml",
        ],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    (line,) = done.stdout.decode("utf-8").splitlines()
    assert json.loads(line)["title"] == "β-blockade in Sjögren syndrome"
    assert f"{tmp_path / 'a.xml'}: 1 left out: book" in done.stderr.decode()
