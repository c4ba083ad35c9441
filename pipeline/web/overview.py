"""What stands on every page: the run, how much it holds, how fresh it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graphs import query
from graphs.query import Change, Named
from graphs.store import Store, counts
from graphs.store.claims import stale
from pipeline.history import Past, past_runs
from pipeline.report_parts import kind_of

#: Names offered on the start page.
MOST_SPOKEN_OF = 24
#: Changed claims on the start page.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """A run at a glance."""

    name: str
    articles: int
    claims: int
    evidence: int
    courses: int
    synthetic: int
    retracted: int
    #: Claims that await assembly: a run is under way, or was stopped.
    waiting: int
    runs: tuple[tuple[int, Past], ...]
    #: When the last run ended; None where none has.
    ended: datetime | None
    statistics: tuple[tuple[str, str, int], ...]
    names: tuple[Named, ...]
    #: What the last run changed most, and how many claims it changed.
    new: tuple[tuple[str, Change], ...]
    changed: int

    @property
    def all_synthetic(self) -> bool:
        """Whether nothing here is published evidence."""
        return self.articles > 0 and self.synthetic == self.articles

    def by(self, what: str) -> tuple[tuple[str, int], ...]:
        """Return (value, count) of one of the statistics."""
        return tuple((value, count) for name, value, count in self.statistics if name == what)


def fingerprint(store: Path) -> tuple[int, ...]:
    """Return what changes when the store is written to."""
    found = [path for path in (store, store.with_name(store.name + "-wal")) if path.exists()]
    return tuple(number for path in found for number in (path.stat().st_mtime_ns, path.stat().st_size))


def read(run: Path, path: Path) -> Overview:
    """Count what the store holds."""
    with Store(path, readonly=True) as store:
        runs = past_runs(store)
        statistics = query.statistics(store.connection)
        before = runs[-1][0] - 1 if runs else 0
        new = query.new_since(store.connection, before, limit=SHOWN) if runs else ()
        articles = {value: count for what, value, count in statistics if what == "articles"}

        def all_of(what: str) -> int:
            return sum(count for name, _, count in statistics if name == what)

        return Overview(
            name=run.resolve().name,
            articles=articles["all"],
            claims=all_of("claims by predicate"),
            evidence=all_of("evidence by predicate"),
            courses=all_of("courses by outcome"),
            synthetic=articles.get("synthetic", 0),
            retracted=articles.get("retracted", 0),
            waiting=stale(store.connection),
            runs=runs,
            ended=_ended(runs),
            statistics=statistics,
            names=query.names(store.connection, limit=MOST_SPOKEN_OF),
            new=tuple((kind_of(change), change) for change in new if change.claim),
            changed=counts.changed_since(store.connection, before) if runs else 0,
        )


def _ended(runs: tuple[tuple[int, Past], ...]) -> datetime | None:
    return datetime.fromisoformat(runs[-1][1]["ended"]) if runs and "ended" in runs[-1][1] else None
