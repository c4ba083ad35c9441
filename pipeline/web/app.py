"""Puts the explorer together: pages for people, and the same questions as JSON under /api."""

from __future__ import annotations

from fastapi import FastAPI

from pipeline.web import assets, errors
from pipeline.web.api import questions, store
from pipeline.web.assets import Assets
from pipeline.web.explorer import Explorer
from pipeline.web.routes import (
    api_page,
    article,
    claim,
    claims,
    concept,
    conflicts,
    courses,
    curation,
    failure,
    graph,
    paths,
    runs,
    search,
    start,
    tables,
)
from pipeline.web.security import Guard
from pipeline.web.settings import Settings

API = "The questions of the explorer as JSON. Every row stands beside its PMID and verbatim sentence."
PAGES = (
    start,
    search,
    concept,
    claim,
    article,
    courses,
    failure,
    claims,
    graph,
    paths,
    conflicts,
    tables,
    runs,
    api_page,
    curation,
)


def create_app(settings: Settings) -> FastAPI:
    """Return the explorer of a run as an ASGI application."""
    explorer = Explorer(settings)
    app = FastAPI(
        title="sicca",
        description=API,
        version=explorer.version,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.explorer = explorer
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    for router in (questions.router, store.router):
        app.include_router(router)
    app.mount(assets.address(), Assets(), name="static")
    errors.install(app)
    app.add_middleware(Guard, hosts=settings.hosts)
    return app
