"""Stores for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphs.store import Store
from tests.graphs.fieldnotes import CONCEPTS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store that knows the concepts of the tests."""
    with Store(tmp_path / "sicca.db") as opened:
        opened.put_concepts(CONCEPTS)
        yield opened
