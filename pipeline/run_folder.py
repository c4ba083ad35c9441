"""A run's folder: the names of its files, its log, and the mark of a run that has not come to its end."""

from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from extractors.errors import SiccaError

#: The files of a run's folder.
STORE, ARCHIVE, MANIFEST, LOG = "sicca.db", "archive.xml.gz", "manifest.json", "run.log"
REPORT, REPORT_HTML = "report.md", "report.html"
#: What the queries found the last time, to tell what they no longer find.
FOUND = "found.json"
#: There from a run's start until all is written; holds when the first of the unfinished runs started.
UNFINISHED = "unfinished"


def make(folder: Path) -> None:
    """Create a run's folder; raises SiccaError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SiccaError(f"{folder}: cannot be made: {error.strerror or error}; choose another --out") from error


def write(path: Path, text: str) -> None:
    """Write a file that gets its name only when it is complete; raises SiccaError where it cannot be."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        raise SiccaError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


class Unfinished:
    """The mark of a run under way; a kill leaves it behind, and the next run does again what may lack.

    Its first line is when the first of the unfinished runs started, its second who runs now.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / UNFINISHED

    def begin(self, started: str) -> str | None:
        """Set the mark; returns when the run started that left one behind, None where none did."""
        left = self._lines()[0]
        write(self._path, f"{left or started}\nprocess {os.getpid()} on {socket.gethostname()} since {started}\n")
        return left or None

    def holder(self) -> str:
        """Return who runs, or ran when it was killed; empty where no run is unfinished."""
        return self._lines()[1]

    def end(self) -> None:
        """Take the mark away."""
        self._path.unlink(missing_ok=True)

    def _lines(self) -> tuple[str, str]:
        try:
            first, _, second = self._path.read_text(encoding="utf-8").partition("\n")
            datetime.fromisoformat(first)
        except FileNotFoundError:
            return "", ""
        except (OSError, ValueError):  # a power cut may leave anything behind, and a day long ago does no harm
            return datetime.fromtimestamp(0, UTC).isoformat(), ""
        return first, second.strip()


@contextmanager
def logged(folder: Path) -> Iterator[None]:
    """Add what is logged to the folder's log, a JSON object a line."""
    logger = logging.getLogger("sicca")
    level = logger.level
    try:
        handler = _Lines(folder / LOG, encoding="utf-8")
    except OSError as error:
        raise SiccaError(f"{folder / LOG}: cannot be written: {error.strerror or error}") from error
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
        handler.close()


class _Lines(logging.FileHandler):
    """Writes JSON lines; a log that cannot be written (disk full) stops no run."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(line, ensure_ascii=False)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's signature)
        pass
