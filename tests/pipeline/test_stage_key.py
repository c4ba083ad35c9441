"""What an article is read again for: code, weights and tables that change a result, and nothing else."""

from pathlib import Path

import pytest

from pipeline import stage_key


def names(folder: Path) -> list[str]:
    return ["/".join(place) for place, _ in stage_key._entries(folder)]


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("models/weights.npz", True),
        ("models/course.json", True),
        ("claims/pairs.py", True),
        ("models/MODEL_CARD.md", False),
        ("models/encoder/README.md", False),
        ("training/claims.py", False),
        ("claims/__pycache__/pairs.cpython-311.pyc", False),
    ],
)
def test_only_what_runs_counts(tmp_path: Path, file: str, counts: bool) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text("x", encoding="utf-8")
    assert (file in names(tmp_path)) is counts
