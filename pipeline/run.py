"""The main job, as prose: archive what came, read what is new or changed, store it, assemble, write what people take.

Everything right of the archive can be repeated without a network, and a run that is killed goes on where it was: an
article is either in the store with all that was read off it, or not at all.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from extractors.errors import SiccaError
from graphs.assembly import assemble
from graphs.store import Store
from pipeline import history, ledger, manifest
from pipeline.acquisition import Source, from_file
from pipeline.config import Config
from pipeline.fetch.archive import Archive
from pipeline.history import Past
from pipeline.ledger import Task
from pipeline.manifest import Manifest
from pipeline.notify import notify
from pipeline.products import products_of, write_products
from pipeline.progress import track
from pipeline.report_pages import html_of, markdown_of
from pipeline.run_folder import ARCHIVE, FOUND, MANIFEST, REPORT, REPORT_HTML, STORE, Unfinished, logged, make, write
from pipeline.run_report import SHOWN, Report, report_on
from pipeline.stage_key import Parts, assembly_key, changed, key_of, stage_parts

__all__ = ["ARCHIVE", "MANIFEST", "STORE", "Finished", "run", "unread"]

log = logging.getLogger("sicca")


@dataclass(frozen=True, slots=True)
class Finished:
    """A run's manifest, and the files it wrote or, where nothing had changed, left as they were."""

    folder: Path
    manifest: Manifest
    products: tuple[Path, ...]
    report: Path = field(default=Path())


def run(
    config: Config, *, out: Path, files: Sequence[Path] = (), jobs: int = 1, scheduler: str | None = None
) -> Finished:
    """Do the whole job into a folder; what is there already is not done again.

    Records come from `files` or else from the config's files or else from PubMed; `scheduler` is the address of a Dask
    scheduler whose workers read the articles. Raises SiccaError; whatever was finished before it stays.
    """
    started = manifest.now()
    make(out)
    with ledger.lock(out), logged(out), Archive(out / ARCHIVE) as archive, Store(out / STORE) as store:
        log.info("run of %s into %s", config.path, out)
        mark = Unfinished(out)
        left = mark.begin(started)
        past = history.past_runs(store)
        since = history.asked_since(past, left=left)
        sources = _acquire(config, files or config.medline_files, archive, since, out)
        withdrawn = ledger.withdraw(archive, store)
        parts = stage_parts(config.extraction)
        key = key_of(parts)
        causes, first_read = _look(ledger.pending(archive, store, stage_key=key))
        failures = _read(causes.total(), config, archive, store, key=key, jobs=jobs, scheduler=scheduler)
        assembly = assembly_key()
        if causes or withdrawn or left or not _up_to_date(past, assembly, out):
            _refresh(store, out)
        did = _manifest(config, sources, store, causes, failures, withdrawn, parts, assembly, past, started)
        store.record_run(did.to_json())
        question = config.question
        report = report_on(store, did, disease=question.disease, title=question.title, first_read=first_read)
        _write_report(report, did, out)
        mark.end()
        log.info("%s: %d articles, %d read in this run", out, did.articles, did.extracted)
        if config.notify.command:
            notify(config.notify.command, out / REPORT_HTML)
    return Finished(out, did, products_of(out), out / REPORT)


def _acquire(
    config: Config, files: Sequence[Path], archive: Archive, since: date | None, out: Path
) -> tuple[Source, ...]:
    if files:
        return tuple(from_file(path, archive) for path in track(files, "reading files", total=len(files)))
    if not config.pubmed.query:
        raise SiccaError(f"{config.path}: neither input.medline nor pubmed.query is set, and no --from was given")
    from pipeline.acquisition_pubmed import from_pubmed  # Bio.Entrez is slow to import, and most runs need no network

    return from_pubmed(config.pubmed, archive, since=since, found_before=out / FOUND)


def _look(tasks: Iterable[Task]) -> tuple[Counter[str], tuple[str, ...]]:
    """Return how many articles are to be read for which cause, and the first of them, as many as a report lists."""
    causes: Counter[str] = Counter()
    first: list[str] = []
    for task in tasks:
        causes[str(task.cause)] += 1
        if len(first) < SHOWN:
            first.append(f"PMID:{task.revision.pmid}")
    return causes, tuple(first)


def _read(
    total: int, config: Config, archive: Archive, store: Store, *, key: str, jobs: int, scheduler: str | None
) -> tuple[tuple[str, str], ...]:
    log.info("%d articles to read", total)
    if not total:
        return ()
    from pipeline.reading import read  # spaCy takes a second to import, and often nothing is to be read

    # Found anew, one after the other: a list of them would grow with PubMed. Storing one does not change the next.
    tasks = ledger.pending(archive, store, stage_key=key)
    return read(tasks, total, config, archive, store, key=key, jobs=jobs, scheduler=scheduler)


def _up_to_date(past: tuple[tuple[int, Past], ...], assembly: str, out: Path) -> bool:
    """Whether the last run assembled with this very code, and all it wrote is still there."""
    return bool(past) and past[-1][1].get("assembly_key") == assembly and all(p.exists() for p in products_of(out))


def _refresh(store: Store, out: Path) -> None:
    """Bring all that hangs on the articles up to date with them."""
    from pipeline.concepts import concepts_of

    store.put_concepts(concepts_of(store.concept_ids()))
    assemble(store)
    write_products(store, out)


def _manifest(
    config: Config,
    sources: tuple[Source, ...],
    store: Store,
    causes: Counter[str],
    failures: tuple[tuple[str, str], ...],
    withdrawn: tuple[str, ...],
    parts: Parts,
    assembly: str,
    past: tuple[tuple[int, Past], ...],
    started: str,
) -> Manifest:
    counts = dict(store.counts())
    before = past[-1][1] if past else {}
    differ = changed(tuple(map(tuple, before["parts"])), parts) if "parts" in before else ()
    if before.get("assembly_key", assembly) != assembly:
        differ = (*differ, "assembly")
    return Manifest(
        started=started,
        ended=manifest.now(),
        config=config.name,
        config_hash=config.hash,
        extraction_key=key_of(parts),
        parts=parts,
        assembly_key=assembly,
        changed=differ,
        versions=manifest.versions(),
        queries=manifest.queries(config),
        sources=sources,
        read=manifest.counted(causes),
        unchanged=counts["article"] - causes.total(),
        withdrawn=withdrawn,
        quarantined=failures,
        articles=counts["article"],
        claims=counts["claim"],
        evidence=counts["evidence"],
        courses=counts["course"],
    )


def _write_report(report: Report, did: Manifest, out: Path) -> None:
    write(out / REPORT, markdown_of(report))
    write(out / REPORT_HTML, html_of(report))
    write(out / MANIFEST, did.to_json())


def unread(sources: Sequence[Source]) -> Iterator[str]:
    """Yield a line for everything that came and was not read, and for what PubMed did not understand."""
    for source in sources:
        for warning in source.warnings:
            yield f"{source.name}: PubMed says of the query: {warning}"
        for reason, count in source.skipped:
            yield f"{source.name}: {count} skipped: {reason}"
        if source.missing:
            shown = ", ".join(source.missing[:5])
            yield f"{source.name}: {len(source.missing)} records found but not delivered, e.g. {shown}; run again"
