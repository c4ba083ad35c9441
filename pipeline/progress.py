"""Progress of long work: a bar with rate and time left on a terminal, a plain line now and then otherwise."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

_T = TypeVar("_T")

#: Seconds between plain lines where standard error is no terminal.
PLAIN_INTERVAL = 15.0

log = logging.getLogger("sicca")


def track(items: Iterable[_T], what: str, *, total: int | None = None) -> Iterator[_T]:
    """Yield the items, showing on standard error how far the work is."""
    console = Console(stderr=True)
    follow = _on_terminal if console.is_terminal else _in_lines
    return follow(items, what, total, console)


def _on_terminal(items: Iterable[_T], what: str, total: int | None, console: Console) -> Iterator[_T]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=total)
        for item in items:
            yield item
            progress.advance(task)


def _in_lines(items: Iterable[_T], what: str, total: int | None, _: Console) -> Iterator[_T]:
    started = last = time.monotonic()
    of = f" of {total}" if total is not None else ""
    for count, item in enumerate(items, start=1):
        yield item
        if (now := time.monotonic()) - last > PLAIN_INTERVAL:
            last = now
            log.info("%s: %d%s, %.1f/s", what, count, of, count / (now - started))


class _Rate(ProgressColumn):
    """Items a second; nothing before the first has come."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")
