"""Extraction over several processes, with results in the order of the input and bounded memory.

What the workers do not do is done one article after another here, and limits what more of them gain. So the process
that hands out the work loads no extractors, and what is made of a result (a line of JSON) is made where it was read.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from extractors.errors import SiccaError
from extractors.records import Article
from pipeline.config import Extraction as Settings
from pipeline.extracted import Extraction, Failure, itself

#: Articles sent to a worker at a time: enough to hide the cost of sending, few enough to keep all workers busy.
CHUNK = 8
#: Chunks under way per worker; more only takes memory.
AHEAD = 3

T = TypeVar("T")


def extract_all(
    articles: Iterable[Article], settings: Settings, *, jobs: int = 1, scheduler: str | None = None
) -> Iterator[Extraction | Failure]:
    """Yield what is read off each article, in their order, whatever the number of processes or machines.

    `scheduler` is the address of a Dask scheduler, whose workers are used instead of processes here. Raises SiccaError
    where a worker process died (killed, out of memory); what was yielded before stands.
    """
    return produce(articles, settings, itself, jobs=jobs, scheduler=scheduler)


def produce(
    articles: Iterable[Article],
    settings: Settings,
    product: Callable[[Extraction], T],
    *,
    jobs: int = 1,
    scheduler: str | None = None,
) -> Iterator[T | Failure]:
    """Yield what `product` makes of each article's extraction, made by the process that read it; as `extract_all`.

    `product` is a function of a module, which the workers can import by its name.
    """
    if scheduler is not None:
        from pipeline.cluster import extract_on_cluster  # the extra sicca[cluster]

        return extract_on_cluster(articles, settings, product, scheduler)
    return _alone(articles, settings, product) if jobs == 1 else _together(articles, settings, product, jobs)


def _alone(
    articles: Iterable[Article], settings: Settings, product: Callable[[Extraction], T]
) -> Iterator[T | Failure]:
    from pipeline.extraction import Extractor  # loads spaCy, as does the module of the workers
    from pipeline.worker_process import products

    yield from products(Extractor(settings), articles, product)


def _together(
    articles: Iterable[Article], settings: Settings, product: Callable[[Extraction], T], jobs: int
) -> Iterator[T | Failure]:
    # Spawned, not forked: the parent runs threads (progress, SQLite) that a fork would copy half-way.
    context = multiprocessing.get_context("spawn")
    others = frozenset(multiprocessing.active_children())
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting: deque[Future[list[T | Failure]]] = deque()
        source = iter(articles)
        try:
            while True:
                while len(waiting) < jobs * AHEAD and (chunk := tuple(islice(source, CHUNK))):
                    waiting.append(_hand_out(pool, chunk, settings, product))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            # The executor ends the workers it knows of when one dies, but not one that it was starting just then; it
            # would wait for more work for ever, and this process, at its exit, for it.
            for worker in frozenset(multiprocessing.active_children()) - others:
                worker.terminate()
            raise SiccaError(
                "a worker process died, perhaps for want of memory; run again with fewer --jobs, it goes on from there"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _hand_out(
    pool: ProcessPoolExecutor, chunk: tuple[Article, ...], settings: Settings, product: Callable[[Extraction], T]
) -> Future[list[T | Failure]]:
    """Give a chunk to the pool, which may start a worker for it.

    Raises BrokenProcessPool where none could be started, too: for want of memory, or as another died just then.
    """
    try:
        return pool.submit(_chunk, chunk, settings, product)
    except (OSError, ValueError) as error:  # ValueError: the pool has closed the pipes that the new worker was to get
        raise BrokenProcessPool(str(error)) from error


def _chunk(articles: tuple[Article, ...], settings: Settings, product: Callable[[Extraction], T]) -> list[T | Failure]:
    """Read a chunk, in a worker: its module is imported there, not where the chunks are handed out."""
    from pipeline.worker_process import extract_chunk

    return extract_chunk(articles, settings, product)
