"""The explorer's own files, under an address that changes with their bytes, so that a browser may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
#: A year, and no question whether the file is still the same: under this address it always is.
KEPT = "public, max-age=31536000, immutable"


@cache
def address() -> str:
    """Return the path under which the files are served; relative addresses in style sheets stay under it."""
    digest = hashlib.sha256()
    for path in sorted(p for p in FOLDER.rglob("*") if p.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(FOLDER).as_posix()}\n{len(content)}\n".encode())
        digest.update(content)
    return f"/static/{digest.hexdigest()[:12]}"


class Assets(StaticFiles):
    """Serves the files to be kept."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file; what is not there raises the usual 404, which is not kept."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = KEPT
        return response
