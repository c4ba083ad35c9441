"""What a worker process keeps between chunks: the extractors, built once for each settings."""

from __future__ import annotations

from functools import lru_cache
from threading import local

from extractors.records import Article
from pipeline.config import Extraction as Settings
from pipeline.extraction import Extraction, Extractor, Failure


def _build(settings: str) -> Extractor:
    return Extractor(Settings.model_validate_json(settings))


class _Thread(local):
    """The extractor of this thread: spaCy's pipelines are not for two threads at once."""

    def __init__(self) -> None:
        self.extractor = lru_cache(maxsize=1)(_build)


_thread = _Thread()


def extract_chunk(articles: tuple[Article, ...], settings: Settings) -> list[Extraction | Failure]:
    """Read each article with this process's extractors."""
    extractor = _thread.extractor(settings.model_dump_json())
    return [extractor.attempt(article) for article in articles]
