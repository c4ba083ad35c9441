"""What a worker process keeps between chunks: the extractors, built once for each settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from threading import local
from typing import TypeVar

from extractors.records import Article
from pipeline.config import Extraction as Settings
from pipeline.extracted import Extraction, Failure
from pipeline.extraction import Extractor

T = TypeVar("T")


def _build(settings: str) -> Extractor:
    return Extractor(Settings.model_validate_json(settings))


class _Thread(local):
    """The extractor of this thread: spaCy's pipelines are not for two threads at once."""

    def __init__(self) -> None:
        self.extractor = lru_cache(maxsize=1)(_build)


_thread = _Thread()


def extract_chunk(
    articles: tuple[Article, ...], settings: Settings, product: Callable[[Extraction], T]
) -> list[T | Failure]:
    """Read each article with this process's extractors and return what `product` makes of what was read."""
    return list(products(_thread.extractor(settings.model_dump_json()), articles, product))


def products(
    extractor: Extractor, articles: Iterable[Article], product: Callable[[Extraction], T]
) -> Iterator[T | Failure]:
    """Yield what `product` makes of each article's extraction; a failure is passed on as it is."""
    for article in articles:
        result = extractor.attempt(article)
        yield result if isinstance(result, Failure) else product(result)
