"""What is still to be done: the archive's current records against what the store says was read, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

from extractors.errors import SiccaError
from graphs.store import Store
from pipeline.fetch.archive import Archive
from pipeline.fetch.archive_index import Revision
from pipeline.run_folder import Unfinished


class Cause(StrEnum):
    """Why an article is read (again)."""

    NEW = "new"
    REVISED = "revised"
    PIPELINE = "pipeline changed"
    RETRY = "failed before"


@dataclass(frozen=True, slots=True)
class Task:
    """An archived record that is to be read, and why."""

    revision: Revision
    cause: Cause


def pending(archive: Archive, store: Store, *, stage_key: str) -> Iterator[Task]:
    """Yield what is to be read, in the order of the PMIDs.

    A record that broke an extractor is tried again when record or pipeline has changed.
    """
    for revision in archive.current():
        state = store.extracted(f"PMID:{revision.pmid}")
        if state is None:
            yield Task(revision, Cause.NEW)
        elif state.raw_hash != revision.sha256:
            yield Task(revision, Cause.REVISED)
        elif state.stage_key != stage_key:
            yield Task(revision, Cause.RETRY if state.status == "quarantined" else Cause.PIPELINE)


def withdraw(archive: Archive, store: Store) -> tuple[str, ...]:
    """Take the articles that NLM withdrew out of the store; returns their ids, sorted."""
    return tuple(sorted(id_ for pmid in archive.deleted() if store.delete(id_ := f"PMID:{pmid}")))


def lock(folder: Path) -> FileLock:
    """Take the run's lock; raises SiccaError that names the holder where another run has it.

    The operating system frees it when its holder dies, so that a killed run never locks out the next.
    """
    held = FileLock(folder / "run.lock", timeout=0)
    try:
        held.acquire()
    except Timeout as error:
        raise SiccaError(
            f"{folder}: another run is at work here ({Unfinished(folder).holder() or 'just started'}); "
            "wait for it to end, or choose another --out"
        ) from error
    except OSError as error:
        raise SiccaError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return held
