"""What went wrong, as a page that says what to do; under /api as JSON."""

from __future__ import annotations

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from extractors.errors import InputError, SiccaError
from pipeline.web.database import TooSlowError
from pipeline.web.explorer import of

LOG = logging.getLogger(__name__)
#: Headings by status.
HEADINGS = {
    403: "Refused",
    404: "Nothing here by that name",
    405: "Not that way",
    422: "That question cannot be read",
    500: "Something broke",
    503: "That took too long",
}
API = "/api/"


def install(app: FastAPI) -> None:
    """Let an application answer errors so."""

    @app.exception_handler(SiccaError)
    def refused(request: Request, error: SiccaError) -> Response:
        status = 503 if isinstance(error, TooSlowError) else 404 if isinstance(error, InputError) else 500
        return _answer(request, status, str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        faults = [f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors()]
        return _answer(request, 422, "; ".join(faults))

    @app.exception_handler(HTTPException)
    def plain(request: Request, error: HTTPException) -> Response:
        answer = _answer(request, error.status_code, str(error.detail))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        LOG.error("%s: %s", request.url.path, type(error).__name__, exc_info=error)
        return _answer(request, 500, "this is a fault of the program; its log says where")


def _answer(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith(API):
        return JSONResponse({"detail": message}, status_code=status)
    heading = HEADINGS.get(status, "Not possible")
    return of(request).page(request, "error.html", status=status, heading=heading, message=message, code=status)
