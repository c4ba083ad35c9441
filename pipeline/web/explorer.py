"""What the routes share: the store of the run, its templates, and what stands on every page."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from contextlib import AbstractContextManager
from importlib.metadata import version
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from extractors.values import MentionType
from graphs import query
from graphs.topics import Topic, understand
from pipeline.curation import book
from pipeline.curation.book import Book
from pipeline.run_folder import STORE
from pipeline.web import database, overview, rendering
from pipeline.web.overview import Overview
from pipeline.web.settings import Settings

#: Seconds of counting from which it is done beside the pages.
QUICK = 0.3
#: Characters of a typed name that are read.
LONGEST_NAME = 300


class Explorer:
    """A run opened for looking at."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = settings.run / STORE
        self.templates: Environment = rendering.environment()
        self.version = version("sicca")
        #: Known only to the pages of this server: a form that lacks it was made elsewhere.
        self.token = secrets.token_urlsafe(32)
        self._book: tuple[tuple[int, ...], Book] | None = None
        self._counting, self._recounting = threading.Lock(), threading.Lock()
        #: Seconds that counting took.
        self._took = 0.0
        self._overview: tuple[tuple[int, ...], Overview] | None = None

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Open the store for reading, for as long as a page may take."""
        return database.reading(self.store, seconds=self.settings.seconds)

    def overview(self) -> Overview:
        """Return what the run holds, counted anew when the store's file has changed.

        Where counting takes long, pages go on with the last counts until the new ones are there.
        """
        key = overview.fingerprint(self.store)
        with self._counting:
            known = self._overview
            if known is None or (known[0] != key and self._took <= QUICK):
                return self._count(key)
        if known[0] != key and not self._recounting.locked():
            threading.Thread(target=self._recount, args=(key,), daemon=True).start()
        return known[1]

    def _count(self, key: tuple[int, ...]) -> Overview:
        start = time.monotonic()
        found = overview.read(self.settings.run, self.store)
        self._took = time.monotonic() - start
        self._overview = key, found
        return found

    def _recount(self, key: tuple[int, ...]) -> None:
        with self._recounting:
            if self._overview is None or self._overview[0] != key:
                self._count(key)

    def judgements(self) -> Book:
        """Return what readers said of the run; read again when the file has changed."""
        key = overview.fingerprint(self.settings.run / book.NAME)
        if self._book is None or self._book[0] != key:
            self._book = key, book.read(self.settings.run)
        return self._book[1]

    def page(self, request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Return a page made from a template."""
        text = self.templates.get_template(template).render(
            {
                "request": request,
                "here": request.url.path,
                "back": f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path,
                "overview": self.overview(),
                "settings": self.settings,
                "version": self.version,
                "judgements": self.judgements(),
                "token": self.token if self.settings.curator else "",
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
