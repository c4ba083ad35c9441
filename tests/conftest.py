"""Hypothesis looks at the same cases every time: a red build says that something changed; and one run of the sample."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("sicca", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("sicca")


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of the embedded sample, `runs/sample` in a folder of its own; only to be read."""
    from pipeline import config
    from pipeline.run import run

    folder = tmp_path_factory.mktemp("of the sample") / "runs" / "sample"
    run(config.load("sample"), out=folder)
    return folder
