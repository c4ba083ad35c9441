"""The options that commands share: which run is read, how an answer is shown."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import click

from extractors.errors import InputError
from graphs.store import Store
from graphs.store.claims import stale

P = ParamSpec("P")
R = TypeVar("R")

#: The file that holds a run's graph, in the run's folder.
STORE_NAME = "sicca.db"
#: Where runs are when none is named.
RUNS = Path("runs")


def run_folder(run: Path | None) -> Path:
    """Return the folder of a run; the newest under runs/ where none is named.

    Raises InputError where it holds no store.
    """
    if run is None:
        found = sorted(RUNS.glob(f"*/{STORE_NAME}"), key=lambda path: (path.stat().st_mtime_ns, path))
        if not found:
            raise InputError(f"no run under {RUNS}/ here; make one with `sicca run sample`, or name one with --run DIR")
        return found[-1].parent
    folder = run.parent if run.name == STORE_NAME else run
    if not folder.is_dir():
        raise InputError(f"{run}: no such run; give the folder that `sicca run` wrote")
    if not (folder / STORE_NAME).exists():
        raise InputError(f"{folder}: no {STORE_NAME} in this folder; give the folder that `sicca run` wrote")
    return folder


def run_option(function: Callable[..., R]) -> Callable[..., R]:
    """Add `--run DIR`, passed on as `run`: a folder that holds a store."""
    return click.option(
        "--run",
        type=click.Path(path_type=Path),
        callback=lambda _context, _option, value: run_folder(value),
        metavar="DIR",
        help="The folder of the run to read.  [default: the newest under runs/]",
    )(function)


def reads_store(function: Callable[Concatenate[Store, P], R]) -> Callable[..., R]:
    """Add `--run DIR` and pass the run's store, open for reading, as the first argument."""

    @functools.wraps(function)
    def wrapper(*args: Any, run: Path, **kwargs: Any) -> R:
        with Store(run / STORE_NAME, readonly=True) as store:
            if waiting := stale(store.connection):
                click.echo(f"sicca: note: {waiting} claims await assembly; finish the run with `sicca run`", err=True)
            return function(store, *args, **kwargs)

    return run_option(wrapper)


def format_option(function: Callable[..., R]) -> Callable[..., R]:
    """Add `--format table|brief|json|csv`, passed on as `format`; brief is a table without the sentences."""
    return click.option(
        "--format",
        type=click.Choice(["table", "brief", "json", "csv"]),
        default="table",
        show_default=True,
        help="How the answer is written to standard output; brief leaves the sentences out.",
    )(function)


def limit_option(function: Callable[..., R]) -> Callable[..., R]:
    """Add `--limit N`, passed on as `limit`; `show.rows` says where it cut."""
    return click.option(
        "--limit", type=click.IntRange(1), default=100, show_default=True, help="Show at most so many."
    )(function)
