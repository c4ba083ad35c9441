"""What can go wrong with an answer: each fault spoils one request of the stand-in server."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from threading import Event


@dataclass(frozen=True, slots=True)
class Status:
    """Answer with a status, say 429 or 503, and perhaps a Retry-After."""

    code: int
    retry_after: str | None = None
    body: bytes = b"<html><body>an error page</body></html>"

    def send(self, handler: BaseHTTPRequestHandler, _: bytes, __: Event) -> None:
        handler.send_response(self.code)
        if self.retry_after is not None:
            handler.send_header("Retry-After", self.retry_after)
        handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body)


@dataclass(frozen=True, slots=True)
class Body:
    """Answer 200 with something else: an error page, an <ERROR>, JSON."""

    body: bytes
    content_type: str = "text/xml"

    def send(self, handler: BaseHTTPRequestHandler, _: bytes, __: Event) -> None:
        answer(handler, self.body, content_type=self.content_type)


@dataclass(frozen=True, slots=True)
class Truncated:
    """Answer 200 with part of the answer; `announced` says whether Content-Length gives it away."""

    share: float = 0.5
    announced: bool = True

    def send(self, handler: BaseHTTPRequestHandler, body: bytes, _: Event) -> None:
        length = len(body) if self.announced else None
        answer(handler, body[: int(len(body) * self.share)], length=length)


@dataclass(frozen=True, slots=True)
class Stalled:
    """Send part of the answer, then nothing for so many seconds (or until the server stops)."""

    seconds: float = 30.0
    share: float = 0.0

    def send(self, handler: BaseHTTPRequestHandler, body: bytes, stopped: Event) -> None:
        part = body[: int(len(body) * self.share)]
        if part:
            answer(handler, part, length=len(body))
        stopped.wait(self.seconds)


@dataclass(frozen=True, slots=True)
class Dripping:
    """Send a few bytes at a time, each within any timeout, and never come to an end."""

    pause: float = 0.05

    def send(self, handler: BaseHTTPRequestHandler, body: bytes, stopped: Event) -> None:
        answer(handler, b"", length=len(body))
        for byte in body:
            if stopped.wait(self.pause):
                return
            handler.wfile.write(bytes([byte]))


@dataclass(frozen=True, slots=True)
class Reset:
    """Break the connection, with RST, after part of the answer."""

    share: float = 0.0

    def send(self, handler: BaseHTTPRequestHandler, body: bytes, _: Event) -> None:
        if self.share:
            answer(handler, body[: int(len(body) * self.share)], length=len(body))
            handler.wfile.flush()
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()


Fault = Status | Body | Truncated | Stalled | Dripping | Reset

#: The error page that a proxy sends with status 200.
WEB_PAGE = Body(
    b"<!DOCTYPE html><html><head><title>Service unavailable</title></head><body>Sorry.<br></body></html>", "text/html"
)
#: What a search backend says when it is down, with status 200.
BACKEND_FAILED = Body(
    b"<?xml version='1.0'?><eSearchResult><ERROR>Search Backend failed: timed out</ERROR></eSearchResult>"
)
RATE_LIMIT_JSON = Body(
    b'{"error":"API rate limit exceeded","api-key":"SECRET-KEY","count":"4","limit":"3"}', "application/json"
)


def answer(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    *,
    content_type: str = "text/xml; charset=UTF-8",
    length: int | None = -1,
) -> None:
    """Send a body with status 200; `length` is what Content-Length says, None sends none."""
    handler.send_response(200)
    handler.send_header("Content-Type", content_type)
    if length is not None:
        handler.send_header("Content-Length", str(len(body) if length < 0 else length))
    handler.end_headers()
    handler.wfile.write(body)
