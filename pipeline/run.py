"""The main job, as prose: archive what came, read what is new or changed, store it, assemble, write what people take.

Everything right of the archive can be repeated without a network, and a run that is killed goes on where it was: an
article is either in the store with all that was read off it, or not at all.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from extractors.errors import SiccaError
from graphs.assembly import assemble
from graphs.store import Store
from pipeline import ledger, manifest
from pipeline.acquisition import Source, from_file
from pipeline.config import Config
from pipeline.extraction import Extraction, Failure, concepts_of, extraction_key
from pipeline.fetch import medline
from pipeline.fetch.archive import Archive
from pipeline.ledger import Task
from pipeline.manifest import Manifest
from pipeline.products import write_products
from pipeline.progress import track
from pipeline.workers import extract_all

#: The files of a run's folder.
STORE, ARCHIVE, MANIFEST = "sicca.db", "archive.xml.gz", "manifest.json"

#: PubMed's modification dates are days in Maryland, and its servers are not updated all at once.
OVERLAP = timedelta(days=3)

log = logging.getLogger("sicca")


@dataclass(frozen=True, slots=True)
class Finished:
    """A run's manifest, and the files it wrote."""

    folder: Path
    manifest: Manifest
    products: tuple[Path, ...]


def run(config: Config, *, out: Path, files: Sequence[Path] = (), jobs: int = 1) -> Finished:
    """Do the whole job into a folder; what is there already is not done again.

    Records come from `files` or else from the config's files or else from PubMed. Raises SiccaError; whatever was
    finished before it stays.
    """
    started = manifest.now()
    _make(out)
    with ledger.lock(out), Archive(out / ARCHIVE) as archive, Store(out / STORE) as store:
        sources = _acquire(config, files or config.medline_files, archive, store)
        withdrawn = ledger.withdraw(archive, store)
        key = extraction_key(config.extraction)
        tasks = tuple(ledger.pending(archive, store, stage_key=key))
        log.info("%d articles to read", len(tasks))
        failures = _read(tasks, config, archive, store, key=key, jobs=jobs)
        store.put_concepts(concepts_of(store.concept_ids()))
        assemble(store)
        report = _report(config, sources, store, tasks, failures, withdrawn, key=key, started=started)
        store.record_run(report.to_json())
        products = write_products(store, out)
        (out / MANIFEST).write_text(report.to_json(), encoding="utf-8")
    return Finished(out, report, products)


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SiccaError(f"{out}: cannot be made: {error.strerror or error}; choose another --out") from error


def _acquire(config: Config, files: Sequence[Path], archive: Archive, store: Store) -> tuple[Source, ...]:
    if files:
        return tuple(from_file(path, archive) for path in track(files, "reading files", total=len(files)))
    if not config.pubmed.query:
        raise SiccaError(f"{config.path}: neither input.medline nor pubmed.query is set, and no --from was given")
    from pipeline.acquisition_pubmed import from_pubmed  # Bio.Entrez is slow to import, and most runs need no network

    return from_pubmed(config.pubmed, archive, since=_last_asked(store))


def _last_asked(store: Store) -> date | None:
    """Return from which day on revisions are asked for: that of the last complete run on PubMed, with an overlap."""
    for _, text in reversed(store.runs()):
        last = json.loads(text)
        asked = [source for source in last["sources"] if source["kind"] == "query"]
        if asked and not any(source["missing"] for source in asked):
            return datetime.fromisoformat(last["started"]).date() - OVERLAP
    return None


def _read(
    tasks: Sequence[Task], config: Config, archive: Archive, store: Store, *, key: str, jobs: int
) -> tuple[Failure, ...]:
    """Extract and store each task's article; return those that broke an extractor."""
    articles = (medline.parse(archive.read(t.revision), name=t.revision.name) for t in tasks)
    results = extract_all(articles, config.extraction, jobs=jobs)
    failures = []
    for task, result in zip(tasks, track(results, "reading articles", total=len(tasks)), strict=True):
        if isinstance(result, Failure):
            failures.append(result)
            _quarantine(store, result, task, key)
        else:
            _store(store, result, task, key)
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
    log.warning("%s: not read: %s (kept for a later version of sicca)", failure.article.id, failure.error)
    store.quarantine(failure.article, failure.error, failure.traceback, stage_key=key, raw_hash=task.revision.sha256)


def _report(
    config: Config,
    sources: tuple[Source, ...],
    store: Store,
    tasks: Sequence[Task],
    failures: Sequence[Failure],
    withdrawn: tuple[str, ...],
    *,
    key: str,
    started: str,
) -> Manifest:
    counts = dict(store.counts())
    return Manifest(
        started=started,
        ended=manifest.now(),
        config=config.name,
        config_hash=config.hash,
        extraction_key=key,
        versions=manifest.versions(),
        queries=manifest.queries(config),
        sources=sources,
        read=manifest.counted(Counter(task.cause for task in tasks)),
        unchanged=counts["article"] - len(tasks),
        withdrawn=withdrawn,
        quarantined=tuple((f.article.id, f.error) for f in failures),
        articles=counts["article"],
        claims=counts["claim"],
        evidence=counts["evidence"],
        courses=counts["course"],
    )


def unread(sources: Sequence[Source]) -> Iterator[str]:
    """Yield a line for everything that came and was not read."""
    for source in sources:
        for reason, count in source.skipped:
            yield f"{source.name}: {count} skipped: {reason}"
        if source.missing:
            shown = ", ".join(source.missing[:5])
            yield f"{source.name}: {len(source.missing)} records found but not delivered, e.g. {shown}; run again"
