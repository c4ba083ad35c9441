from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from docs.manual import notebook


@pytest.fixture(scope="module")
def executed(sample_run: Path) -> nbformat.NotebookNode:
    return notebook.make(sample_run.parent.parent)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_notebook_of_the_manual_is_what_its_cells_answer_today(executed: nbformat.NotebookNode) -> None:
    kept = nbformat.read(notebook.NOTEBOOK, as_version=4)
    for cell, now in zip(kept.cells, executed.cells, strict=True):
        assert cell == now, f"cell {cell.id} has another answer now; run `make manual` and look at the difference"
    assert notebook.PAGE.read_text(encoding="utf-8") == notebook.page(executed)


def test_every_code_cell_shows_something_and_none_failed(executed: nbformat.NotebookNode) -> None:
    for cell in executed.cells:
        if cell.cell_type == "code":
            assert [output.output_type for output in cell.outputs] == ["execute_result"], cell.source
