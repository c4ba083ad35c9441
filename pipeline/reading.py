"""Reads articles and stores what was read, one transaction each; one that breaks an extractor is kept apart."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from itertools import tee

from graphs.store import Store
from pipeline.config import Config
from pipeline.extracted import Extraction, Failure
from pipeline.fetch import medline
from pipeline.fetch.archive import Archive
from pipeline.ledger import Task
from pipeline.progress import track
from pipeline.workers import extract_all

#: Articles that broke an extractor and get a line of their own; of the others there is a count.
NAMED = 5

log = logging.getLogger("sicca")


def read(
    tasks: Iterable[Task],
    total: int,
    config: Config,
    archive: Archive,
    store: Store,
    *,
    key: str,
    jobs: int,
    scheduler: str | None,
) -> tuple[tuple[str, str], ...]:
    """Extract and store each task's article; return (article, error) of those that broke an extractor.

    Of the tasks, `total` in all, only those under way are held.
    """
    waiting, tasks = tee(tasks)
    articles = (medline.parse(archive.read(t.revision), name=t.revision.name) for t in waiting)
    results = extract_all(articles, config.extraction, jobs=jobs, scheduler=scheduler)
    failures = []
    for task, result in zip(tasks, track(results, "reading articles", total=total), strict=True):
        if isinstance(result, Failure):
            failures.append((result.article.id, result.error))
            _quarantine(store, result, task, key)
            if len(failures) <= NAMED:
                log.warning("%s: not read: %s (kept for a later version of sicca)", result.article.id, result.error)
        else:
            _store(store, result, task, key)
    if len(failures) > NAMED:
        log.warning("%d articles in all were not read; `sicca status` lists them", len(failures))
    return tuple(failures)


def _store(store: Store, result: Extraction, task: Task, key: str) -> None:
    store.put(
        result.article,
        result.sentences,
        result.mentions,
        result.evidence,
        result.courses,
        result.study,
        stage_key=key,
        raw_hash=task.revision.sha256,
    )


def _quarantine(store: Store, failure: Failure, task: Task, key: str) -> None:
    store.quarantine(failure.article, failure.error, failure.traceback, stage_key=key, raw_hash=task.revision.sha256)
