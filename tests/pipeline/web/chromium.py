"""Debian's Chromium on the explorer as a server of its own, with everything noted that should never happen."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
]  # fmt: skip
BINARY = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(
    BINARY is None, reason="Chromium is not installed: apt-get install chromium runs the tests in a real browser"
)


@contextmanager
def serving(run: Path, *arguments: str) -> Iterator[str]:
    """Run `sicca serve` on a free port and yield its address."""
    command = [sys.executable, "-m", "pipeline", "serve", "--run", str(run), "--port", "0", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            address = line.partition(" at ")[2].partition("/ (")[0]
            assert address.startswith("http://127.0.0.1:"), line
            # A pipe that nobody empties is full one day, and the server waits for ever to say another line.
            Thread(target=process.stderr.read, daemon=True).start()
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


class Watched:
    """A page of a browser, and what went wrong on it."""

    def __init__(self, page: Any, base: str) -> None:
        self.page = page
        self.base = base
        self.faults: list[str] = []
        self.outside: list[str] = []
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def go(self, address: str) -> Any:
        """Open an address of the explorer and return the answer."""
        return self.page.goto(self.base + address, wait_until="load")

    def healthy(self) -> None:
        """Assert that nothing was refused by the policy, broke, popped up or called outside."""
        assert not self.faults, self.faults[:5]
        assert not self.outside, self.outside[:5]

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        # A page with status 404 is told of on the console; that is no fault of the page.
        if message.type in {"error", "warning"} and "the server responded with a status of" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.outside.append(request.url)
