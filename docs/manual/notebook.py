"""The notebook of the manual: its cells, how it is executed, and how it becomes a page.

Run it with `make manual`; tests/manual/test_notebook.py executes it again and compares.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

#: Where the notebook and its page are.
NOTEBOOK = Path(__file__).parent.parent / "notebook" / "answers.ipynb"
PAGE = NOTEBOOK.with_suffix(".md")
#: (kind, text) of each cell; the working folder holds runs/sample.
CELLS: tuple[tuple[str, str], ...] = (
    (
        "markdown",
        "# Answers in a notebook\n\n"
        "The graph that `sicca run sample` wrote, asked from Python. The records of the sample are **synthetic**:"
        " written for this project, nobody's evidence. Data frames need `pip install 'sicca[notebook]'`.",
    ),
    ("code", 'from graphs.notebook import Graph\n\ngraph = Graph("runs/sample")\ngraph.names(limit=8)'),
    (
        "markdown",
        "## What is given, and with what effect\n\nNames are typed as you would say them; the kinds of a condition are"
        " included. Each row carries the sentence that shows the claim best, with what it names marked.",
    ),
    ("code", 'answers = graph.treatments("cryoglobulinaemic vasculitis", limit=5)\nanswers'),
    (
        "markdown",
        "An answer is a sequence of records. A record shows itself too, and holds all that the graph knows: here the"
        " article behind the first row.",
    ),
    (
        "code",
        "first = answers[0]\nfirst.source.pmid, first.source.year, str(first.source.design), first.source.synthetic",
    ),
    ("markdown", "## As a data frame"),
    (
        "code",
        "frame = answers.to_pandas()\n"
        'frame[["subject", "object", "verdict", "belief", "articles", "patients_low", "patients_high"]].round(2)',
    ),
    (
        "code",
        "import polars\n\n"
        'courses = graph.table("courses").to_polars()\n'
        'courses.group_by("condition").agg(polars.len().alias("courses")).sort("courses", "condition").tail(5)',
    ),
    ("markdown", "## After rituximab failed"),
    ("code", 'graph.after_failure("rituximab", reason="refractory")'),
    (
        "markdown",
        "Read the sentence before you believe a row: a course is read by software from one abstract, and which drug was"
        " given first is what it gets wrong most.",
    ),
    ("markdown", "## Where a belief comes from"),
    ("code", 'graph.explain("rituximab increases BAFF")'),
    ("markdown", "## What contradicts what"),
    ("code", "graph.contradictions(limit=2)"),
    ("markdown", "## The mechanism, hop by hop"),
    ("code", 'graph.paths("rituximab", "belimumab", via=["BAFF"], limit=1)'),
)


def make(folder: Path) -> nbformat.NotebookNode:
    """Return the notebook, executed in a folder that holds runs/sample; equal stores give equal notebooks."""
    notebook = nbformat.v4.new_notebook()
    for number, (kind, text) in enumerate(CELLS, start=1):
        new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        # nbformat gives random ids.
        notebook.cells.append(new(text, id=f"cell-{number:02d}"))
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    # The version of Python that ran it is of no interest and differs between machines.
    notebook.metadata.pop("language_info", None)
    return notebook


def page(notebook: nbformat.NotebookNode) -> str:
    """Return the executed notebook as a page: cells as they are, outputs as HTML, else as text."""
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        parts += [_shown(output.data) for output in cell.outputs if "data" in output]
    return "\n\n".join(parts) + "\n"


def _shown(data: dict[str, Any]) -> str:
    if "text/html" in data:
        # A blank line would end the block of HTML for Markdown, and four spaces begin a block of code.
        lines = (line.strip() for line in str(data["text/html"]).splitlines())
        return f'<div class="answer" markdown="0">{" ".join(line for line in lines if line)}</div>'
    return f"```text\n{data['text/plain']}\n```"


def write(folder: Path) -> None:
    """Execute the notebook and write it and its page into docs/."""
    notebook = make(folder)
    NOTEBOOK.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    PAGE.write_text(page(notebook), encoding="utf-8")
