"""PubMed over E-utilities: all PMIDs of a query, and their records, with nothing lost on the way unsaid."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from pipeline.fetch import medline
from pipeline.fetch.pubmed_answers import ExpiredError, TransientError, read_records
from pipeline.fetch.pubmed_batch import Batch, Found
from pipeline.fetch.pubmed_http import EutilitiesServer
from pipeline.fetch.pubmed_search import SearchResult, Slice, search
from pipeline.fetch.pubmed_settings import PubmedSettings
from pipeline.fetch.rate_limit import RateLimiter

#: EFetch parameters of whole records.
RECORDS_AS_XML = {"db": "pubmed", "retmode": "xml"}

log = logging.getLogger("sicca.pubmed")


class PubmedClient:
    """Searches and fetches. `sleep`, `rng`, `limiter` and `now` are for tests."""

    def __init__(
        self,
        settings: PubmedSettings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        rng: random.Random | None = None,
        limiter: RateLimiter | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self._server = EutilitiesServer(settings, sleep=sleep, rng=rng, limiter=limiter, now=now)

    def search(self, query: str, *, since: date | None = None) -> SearchResult:
        """Return all PMIDs of a query; with `since`, of records new or modified from that day on.

        ESearch names 9,999 at most. More are had by dates: a stretch of time with too many is halved until each part
        fits. Raises SiccaError where the server cannot be had.
        """
        return search(self._server, query, since)

    def fetch(self, found: SearchResult, *, skip: Container[str] = frozenset()) -> Iterator[Batch]:
        """Yield the records of a search in batches, each PMID once, without those to skip.

        Reads from the history server while it has the search, else asks by PMID. Raises SiccaError when the server
        cannot be had; the batches before it stand, and what they held can be skipped the next time.
        """
        done: set[str] = set()
        for part in found.slices:
            wanted = [pmid for pmid in dict.fromkeys(part.pmids) if pmid not in skip and pmid not in done]
            done.update(wanted)
            started = 0
            if part.web_env and len(wanted) == len(part.pmids):
                for batch in self._from_history(part):
                    yield batch
                    started += self.settings.batch_size
            yield from self.fetch_pmids(wanted[started:])

    def fetch_pmids(self, pmids: Iterable[str]) -> Iterator[Batch]:
        """Yield the records of these PMIDs in batches, each once; raises SiccaError as `fetch` does."""
        wanted = tuple(dict.fromkeys(pmids))
        size = self.settings.batch_size
        for start in range(0, len(wanted), size):
            ids = wanted[start : start + size]
            yield self._batch(ids, self._fetch_ids(ids))

    def _from_history(self, part: Slice) -> Iterator[Batch]:
        """Yield a slice's batches until the history server has forgotten it."""
        size = self.settings.batch_size
        for start in range(0, len(part.pmids), size):
            place = {"WebEnv": part.web_env, "query_key": part.query_key, "retstart": str(start), "retmax": str(size)}
            try:
                items = self._server.ask("efetch", {**RECORDS_AS_XML, **place}, read_records)
            except ExpiredError as error:
                log.warning("the history server has dropped the search (%s); asking by PMID", error)
                return
            yield self._batch(part.pmids[start : start + size], items)

    def _fetch_ids(self, pmids: Sequence[str]) -> tuple[medline.Item, ...]:
        return self._server.ask("efetch", {**RECORDS_AS_XML, "id": ",".join(pmids)}, _read_by_ids)

    def _batch(self, wanted: Sequence[str], items: Iterable[medline.Item]) -> Batch:
        """Sort out what came; what did not is asked for once more by its PMIDs."""
        found = Found(wanted)
        found.add(items)
        if missing := found.missing():
            log.warning("%d of %d records did not come; asking for them again", len(missing), len(wanted))
            found.add(self._fetch_ids(missing))
        return found.batch()


def _read_by_ids(body: bytes) -> tuple[medline.Item, ...]:
    try:
        return read_records(body)
    except ExpiredError as error:  # no history was asked for
        raise TransientError(str(error)) from error
