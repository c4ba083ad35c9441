"""Records of a config's PubMed queries into the archive: new ones, and those that NLM has revised since."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.acquisition import Source
from pipeline.config import Pubmed
from pipeline.fetch.archive import Archive
from pipeline.fetch.pubmed import PubmedClient
from pipeline.fetch.pubmed_batch import Batch
from pipeline.fetch.pubmed_search import SearchResult
from pipeline.fetch.pubmed_settings import PubmedSettings
from pipeline.progress import track
from pipeline.unfound import follow_up


def settings_of(pubmed: Pubmed) -> PubmedSettings:
    """Return how PubMed is asked: the config's settings, with NCBI_EMAIL and NCBI_API_KEY in force where set."""
    settings = PubmedSettings(
        base_url=pubmed.base_url,
        email=pubmed.email,
        tool=pubmed.tool,
        timeout=pubmed.timeout,
        retries=pubmed.retries,
        batch_size=pubmed.batch_size,
    )
    return settings.with_environment(os.environ)


def from_pubmed(
    pubmed: Pubmed, archive: Archive, *, since: date | None, found_before: Path | None = None
) -> tuple[Source, ...]:
    """Archive what the queries find and the archive lacks and, where `since` is given, what was modified from that day.

    `found_before` is the file that remembers what they found, to follow up what they find no more; a run in which
    PubMed counted more than it named follows up nothing, because what it did not name may be among that.

    Every batch is on the disk before the next is asked for, so that a run that is stopped goes on from there. Raises
    SiccaError where the server cannot be had.
    """
    client = PubmedClient(settings_of(pubmed))
    sources, found, whole = [], set[str](), True
    for query in pubmed.query:
        search = client.search(query.term)
        found.update(search.pmids)
        whole = whole and not search.missing
        sources.append(_from_query(client, query.name, query.term, search, archive, since))
    if found_before is not None and whole:
        sources += follow_up(client, archive, found_before, found)
    return tuple(sources)


def _from_query(
    client: PubmedClient, name: str, term: str, found: SearchResult, archive: Archive, since: date | None
) -> Source:
    revised = client.search(term, since=since) if since else None
    records = new = repeated = 0
    skipped: Counter[str] = Counter()
    missing = [f"{found.missing} not named by the server"] if found.missing else []
    for batch in track(_batches(client, found, revised, archive), f"fetching {name}"):
        for record in batch.records:
            records += 1
            new += archive.put(record)
        archive.flush()
        repeated += len(batch.repeated)
        skipped.update(item.reason for item in batch.skipped)
        missing += batch.missing
    return Source(
        name,
        "query",
        records,
        new,
        repeated,
        tuple(sorted(skipped.items())),
        missing=tuple(missing),
        found=found.count,
        warnings=found.warnings,
    )


def _batches(
    client: PubmedClient, found: SearchResult, revised: SearchResult | None, archive: Archive
) -> Iterator[Batch]:
    withdrawn = frozenset(archive.deleted())
    held = frozenset(pmid for pmid in found.pmids if pmid in archive and pmid not in withdrawn)
    if len(held) < len(found.pmids):
        yield from client.fetch(found, skip=held)
    if revised is not None:
        yield from client.fetch_pmids(pmid for pmid in revised.pmids if pmid in held)
