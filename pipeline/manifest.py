"""What a run did: the one data file with a clock in it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from pipeline.acquisition import Source
from pipeline.config import Config


@dataclass(frozen=True, slots=True)
class Manifest:
    """A run's question, inputs, counts and versions. Times are UTC, ISO 8601."""

    started: str
    ended: str
    config: str
    config_hash: str
    extraction_key: str
    #: (part, hash or version) of all that reading depends on, and the hash of what turns evidence into claims.
    parts: tuple[tuple[str, str], ...]
    assembly_key: str
    #: The parts that differ from those of the run before; nothing for a first run.
    changed: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]
    queries: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    #: (cause, articles read for it)
    read: tuple[tuple[str, int], ...]
    unchanged: int
    withdrawn: tuple[str, ...]
    #: (article, error)
    quarantined: tuple[tuple[str, str], ...]
    articles: int
    claims: int
    evidence: int
    courses: int

    @property
    def extracted(self) -> int:
        """How many articles this run read."""
        return sum(count for _, count in self.read)

    def to_json(self) -> str:
        """Return the manifest as indented JSON."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"


def now() -> str:
    """Return the time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def versions() -> tuple[tuple[str, str], ...]:
    """Return the versions that a result may depend on."""
    packages = ("sicca", "biopython", "lxml", "networkx", "numpy", "scispacy", "spacy")
    return (("python", platform.python_version()), *((name, version(name)) for name in packages))


def queries(config: Config) -> tuple[tuple[str, str], ...]:
    """Return the config's PubMed queries as (name, term on one line)."""
    return tuple((query.name, " ".join(query.term.split())) for query in config.pubmed.query)


def counted(causes: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return counts sorted by name."""
    return tuple(sorted((str(cause), count) for cause, count in causes.items()))
