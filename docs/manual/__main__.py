"""`make manual`: writes the executed notebook, and what the manual's commands print, into docs/."""

from __future__ import annotations

import tempfile
from pathlib import Path

from docs.manual import notebook, pages
from pipeline import config
from pipeline.run import run


def main() -> None:
    """Run the sample in a folder of its own and write what is made from it."""
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "runs" / "sample"
        run(config.load("sample"), out=sample)
        notebook.write(Path(folder))
        for page in pages.followed():
            with tempfile.TemporaryDirectory() as empty:
                page.path.write_text(pages.replay(page, Path(empty), sample), encoding="utf-8")


if __name__ == "__main__":
    main()
