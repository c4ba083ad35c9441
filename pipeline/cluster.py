"""Extraction on the workers of a Dask cluster, one writer here: results in the order of the input, bounded memory.

Dask sends a chunk to another worker when its own has died, and an extraction depends on the article alone; so a worker
that is killed changes nothing in the result.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, TypeVar

from extractors.errors import ConfigError, SiccaError
from extractors.records import Article
from pipeline.config import Extraction as Settings
from pipeline.extracted import Extraction, Failure
from pipeline.stage_key import extraction_key
from pipeline.worker_process import extract_chunk

#: Articles sent to a worker at a time: a second or two of work, so that sending costs little.
CHUNK = 32
#: Chunks under way per thread of the cluster; more only takes memory.
AHEAD = 3
#: Seconds to wait for the scheduler, and for the first worker.
PATIENCE = 30.0
#: How often workers are asked what they run, before a cluster that loses them is given up.
TRIES = 5

T = TypeVar("T")


def extract_on_cluster(
    articles: Iterable[Article], settings: Settings, product: Callable[[Extraction], T], scheduler: str
) -> Iterator[T | Failure]:
    """Yield what `product` makes of what is read off each article, in their order.

    Raises ConfigError where Dask is not installed, SiccaError where the scheduler cannot be reached, has no worker,
    or has workers with another sicca than this one; what was yielded before stands.
    """
    try:
        dask: Any = import_module("distributed")  # optional, and without complete types
    except ModuleNotFoundError as error:
        raise ConfigError("--scheduler needs Dask: pip install 'sicca[cluster]'") from error
    try:
        client = dask.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SiccaError(f"{scheduler}: no Dask scheduler answers there; start one with `dask scheduler`") from error
    with client:
        threads = _threads(client, scheduler, settings)
        try:
            yield from _in_order(client, articles, settings, product, ahead=threads * AHEAD)
        except (dask.KilledWorker, dask.CancelledError) as error:
            raise SiccaError(
                f"{scheduler}: the cluster lost its workers over one part of the work, perhaps for want of memory; "
                "give them more and run again, it goes on from there"
            ) from error


def _threads(client: Any, scheduler: str, settings: Settings) -> int:
    """Return how many chunks the cluster reads at once, once it is known that its workers read as we do."""
    ours = extraction_key(settings)
    for address, theirs in sorted(_keys(client, scheduler, settings).items()):
        if theirs != ours:
            raise SiccaError(
                f"{scheduler}: the worker {address} has another version of sicca, spaCy or their data; "
                "install the same on all machines and start the workers again"
            )
    return max(1, int(sum(client.nthreads().values())))


def _keys(client: Any, scheduler: str, settings: Settings) -> dict[str, str]:
    """Return the extraction key of each worker; one that dies while it is asked is not asked again."""
    for _ in range(TRIES):
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise SiccaError(f"{scheduler}: has no worker; start some with `dask worker {scheduler}`") from error
        try:
            return dict(client.run(extraction_key, settings))
        except (ImportError, AttributeError) as error:
            what = f"its workers cannot load sicca ({error})"
            raise SiccaError(f"{scheduler}: {what}; install it on all machines") from error
        except OSError:
            continue
    raise SiccaError(f"{scheduler}: its workers come and go; see why they die, and run again")


def _in_order(
    client: Any, articles: Iterable[Article], settings: Settings, product: Callable[[Extraction], T], *, ahead: int
) -> Iterator[T | Failure]:
    waiting: deque[Any] = deque()
    source = iter(articles)
    while True:
        while len(waiting) < ahead and (chunk := tuple(islice(source, CHUNK))):
            # Not pure: Dask would keep results by a hash of the articles, which takes longer than to send them.
            waiting.append(client.submit(extract_chunk, chunk, settings, product, pure=False))
        if not waiting:
            return
        yield from waiting.popleft().result()
