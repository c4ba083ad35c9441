"""Quick configs for runs whose reading does not matter."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import config as configs
from pipeline.config import Config

#: How well the articles are read does not matter; that something is read off them does.
QUICK = '[extraction]\nmentions = ["dictionary"]\nclaims = ["cooccurrence"]\ncourses = false\n'


@pytest.fixture
def quick(tmp_path: Path) -> Callable[..., Config]:
    """Write a config with some more TOML and load it."""

    def load(more: str = "", *, name: str = "quick", disease: str = "sicca syndrome") -> Config:
        path = tmp_path / f"{name}.toml"
        path.write_text(f'[question]\ntitle = "Test"\ndisease = "{disease}"\n{QUICK}{more}', encoding="utf-8")
        return configs.load(path)

    return load
