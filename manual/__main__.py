"""`make manual`: writes the executed notebook and the reference into docs/."""

from __future__ import annotations

import tempfile
from pathlib import Path

from manual import notebook
from pipeline import config
from pipeline.run import run


def main() -> None:
    """Run the sample in a folder of its own and write what is made from it."""
    with tempfile.TemporaryDirectory() as folder:
        run(config.load("sample"), out=Path(folder) / "runs" / "sample")
        notebook.write(Path(folder))


if __name__ == "__main__":
    main()
