"""Extraction over several processes, with results in the order of the input and bounded memory."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from extractors.errors import SiccaError
from extractors.records import Article
from pipeline.config import Extraction as Settings
from pipeline.extraction import Extraction, Extractor, Failure
from pipeline.worker_process import extract_chunk

#: Articles sent to a worker at a time: enough to hide the cost of sending, few enough to keep all workers busy.
CHUNK = 8
#: Chunks under way per worker; more only takes memory.
AHEAD = 3

_Results = list[Extraction | Failure]


def extract_all(
    articles: Iterable[Article], settings: Settings, *, jobs: int = 1, scheduler: str | None = None
) -> Iterator[Extraction | Failure]:
    """Yield what is read off each article, in their order, whatever the number of processes or machines.

    `scheduler` is the address of a Dask scheduler, whose workers are used instead of processes here. Raises SiccaError
    where a worker process died (killed, out of memory); what was yielded before stands.
    """
    if scheduler is not None:
        from pipeline.cluster import extract_on_cluster  # the extra sicca[cluster]

        yield from extract_on_cluster(articles, settings, scheduler)
        return
    if jobs == 1:
        extractor = Extractor(settings)
        yield from map(extractor.attempt, articles)
        return
    # Spawned, not forked: the parent runs threads (progress, SQLite) that a fork would copy half-way.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting: deque[Future[_Results]] = deque()
        source = iter(articles)
        try:
            while True:
                while len(waiting) < jobs * AHEAD and (chunk := tuple(islice(source, CHUNK))):
                    waiting.append(pool.submit(extract_chunk, chunk, settings))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise SiccaError(
                "a worker process died, perhaps for want of memory; run again with fewer --jobs, it goes on from there"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
