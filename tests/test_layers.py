"""pipeline → graphs → extractors, never back."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: What a package must not import.
FORBIDDEN = {
    "extractors": {"graphs", "pipeline", "tests", "benchmarks"},
    "graphs": {"pipeline", "tests", "benchmarks"},
    "pipeline": {"tests", "benchmarks"},
    "configs": {"extractors", "graphs", "pipeline", "tests", "benchmarks"},
}
SOURCES = [(package, path) for package in FORBIDDEN for path in sorted((ROOT / package).rglob("*.py"))]


def modules(path: Path) -> set[str]:
    """Return the full names of the modules a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def imported(path: Path) -> set[str]:
    """Return the top-level packages a file imports, anywhere in it."""
    return {name.partition(".")[0] for name in modules(path)}


@pytest.mark.parametrize(("package", "path"), SOURCES, ids=lambda value: str(value).removeprefix(str(ROOT)))
def test_layers_never_point_back(package: str, path: Path) -> None:
    assert not imported(path) & FORBIDDEN[package]


def test_layers_training_is_never_imported_at_run_time() -> None:
    for _, path in SOURCES:
        if "training" not in path.parts:
            assert not [name for name in modules(path) if name.startswith("extractors.training")], path


def test_layers_find_the_sources() -> None:
    assert {package for package, _ in SOURCES} == set(FORBIDDEN)
