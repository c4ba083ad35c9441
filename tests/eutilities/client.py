"""A client of the loopback E-utilities whose pauses are noted, not made."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime

from pipeline.fetch.pubmed import PubmedClient
from pipeline.fetch.pubmed_batch import Batch
from tests.eutilities.server import Eutilities

KEY = "SECRET-KEY"
SEEDED = random.Random(1)
NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


class Clock:
    """Pauses that are noted, not made."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


def client_of(server: Eutilities, clock: Clock | None = None, **changes: object) -> PubmedClient:
    sleep = (clock or Clock()).sleep
    return PubmedClient(server.settings(**changes), sleep=sleep, rng=SEEDED, now=lambda: NOON)


def pmids_of(batches: Iterable[Batch]) -> list[str]:
    return [record.article.pmid or "" for batch in batches for record in batch.records]
