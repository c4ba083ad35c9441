"""The wheel, installed into an empty environment, does the main job from any folder."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_wheel_runs_the_sample_from_any_folder(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)],
        check=True,
    )
    (wheel,) = tmp_path.glob("sicca-*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    binaries = tmp_path / "env" / "bin"
    install = [
        "install",
        "--quiet",
        "--only-binary",
        ":all:",
        "--constraint",
        str(ROOT / "constraints.txt"),
        str(wheel),
    ]
    subprocess.run([str(binaries / "python"), "-m", "pip", *install], check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run([binaries / "sicca", "run", "sample"], cwd=elsewhere, check=True)
    assert (elsewhere / "runs/sample/sicca.db").is_file()
    command = [
        str(binaries / "sicca"),
        "ask",
        "treatments",
        "--disease",
        "cryoglobulinaemic vasculitis",
        "--format",
        "csv",
    ]
    answer = subprocess.run(command, cwd=elsewhere, check=True, capture_output=True, text=True).stdout
    assert "rituximab" in answer.lower()
    assert answer.count("\n") > 3
