"""What the routes share: the store of the run, its templates, and what stands on every page."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from importlib.metadata import version
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from extractors.values import MentionType
from graphs import query
from graphs.topics import Topic, understand
from pipeline.web import database, overview, rendering
from pipeline.web.overview import Overview
from pipeline.web.settings import Settings

#: Characters of a typed name that are read.
LONGEST_NAME = 300


class Explorer:
    """A run opened for looking at."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = settings.run / "sicca.db"
        self.templates: Environment = rendering.environment()
        self.version = version("sicca")
        self._overview: tuple[tuple[int, ...], Overview] | None = None

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Open the store for reading, for as long as a page may take."""
        return database.reading(self.store, seconds=self.settings.seconds)

    def overview(self) -> Overview:
        """Return what the run holds; read again when the store's file has changed."""
        key = overview.fingerprint(self.store)
        if self._overview is None or self._overview[0] != key:
            self._overview = key, overview.read(self.settings.run, self.store)
        return self._overview[1]

    def page(self, request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Return a page made from a template."""
        text = self.templates.get_template(template).render(
            {
                "request": request,
                "here": request.url.path,
                "overview": self.overview(),
                "settings": self.settings,
                "version": self.version,
                **context,
            }
        )
        return HTMLResponse(text, status_code=status)


def of(request: Request) -> Explorer:
    """Return the explorer that a request came to."""
    found: Explorer = request.app.state.explorer
    return found


def topic(connection: sqlite3.Connection, typed: str, kind: str = "", *, exact: bool = False) -> Topic:
    """Return what a typed name stands for; control characters and what is too long for a name are dropped.

    Raises InputError where nothing has this name.
    """
    types: tuple[MentionType, ...] = query.TYPES.get(kind, ())
    return understand(connection, plain(typed), types=types, kinds=not exact)


def plain(typed: str) -> str:
    """Return a typed text on one line, without what cannot be seen."""
    return "".join(c if c.isprintable() else " " for c in typed)[:LONGEST_NAME].strip()
