"""A page that lists the addresses of the JSON, so that they are found without a tool."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.web import explorer

router = APIRouter()


@router.get("/api")
def page(request: Request) -> HTMLResponse:
    """List what can be asked for as JSON, and with what."""
    document = request.app.openapi()
    listed = [
        (
            path,
            operation.get("description") or operation.get("summary", ""),
            [(p["name"], p["required"]) for p in operation.get("parameters", ())],
        )
        for path, operations in document["paths"].items()
        for operation in operations.values()
    ]
    return explorer.of(request).page(request, "api.html", listed=listed)
