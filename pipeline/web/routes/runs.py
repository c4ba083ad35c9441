"""The runs: when, what was read and why, what changed since, and against another run's folder."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from extractors.errors import InputError
from graphs import changes, query
from graphs.store import Store, counts
from pipeline.report_parts import kind_of
from pipeline.run_folder import REPORT_HTML, STORE
from pipeline.web import choices, explorer, report_text

router = APIRouter()


@router.get("/runs")
def page(request: Request) -> HTMLResponse:
    """List the runs of this store, the last run's report, and the other runs beside it."""
    here = explorer.of(request)
    report = report_text.read(here.settings.run / REPORT_HTML)
    return here.page(request, "runs.html", report=report, others=[path.name for path in siblings(here.settings.run)])


@router.get("/runs/new")
def new(request: Request, since: str = "") -> HTMLResponse:
    """Show the claims that changed after a run of this store."""
    here = explorer.of(request)
    runs = [number for number, _ in here.overview().runs]
    chosen = choices.number(since, "since")
    number = chosen if chosen is not None else max(runs[-1] - 1, 0) if runs else 0
    rows = here.settings.rows
    with here.reading() as connection:
        found = query.new_since(connection, number, limit=rows)
        total = counts.changed_since(connection, number)
    return here.page(
        request,
        "new.html",
        since=number,
        runs=(0, *runs),
        total=total,
        found=[(kind_of(change), change) for change in found],
    )


@router.get("/runs/diff")
def diff(request: Request, against: str = "") -> HTMLResponse:
    """Show what changed from another run's folder, beside this one, to this one; and why."""
    here = explorer.of(request)
    others = {path.name: path for path in siblings(here.settings.run)}
    if against not in others:
        raise InputError(
            f"{explorer.plain(against)[:60]!r}: no run of this name lies beside this one; "
            + (f"there are {', '.join(sorted(others))}" if others else "make another with `sicca run … --out DIR`")
        )
    rows = here.settings.rows
    with Store(others[against] / STORE, readonly=True) as before, Store(here.store, readonly=True) as after:
        found = changes.diff(before, after)
    return here.page(request, "diff.html", against=against, diff=found, most=rows)


def siblings(run: Path) -> list[Path]:
    """Return the other runs' folders beside this one, sorted."""
    folder = run.resolve()
    found = (path.parent for path in folder.parent.glob(f"*/{STORE}"))
    return sorted(path for path in found if path.resolve() != folder)
