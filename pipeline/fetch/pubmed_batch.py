"""What a fetch asked for against what came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.fetch import medline


@dataclass(frozen=True, slots=True)
class Batch:
    """What one fetch gave. `missing` were asked for twice in vain; `repeated` came twice, `unasked` unbidden."""

    records: tuple[medline.Record, ...]
    skipped: tuple[medline.Skipped, ...] = ()
    missing: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()


class Found:
    """What came of what was wanted."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self.wanted = tuple(dict.fromkeys(wanted))
        self.records: dict[str, medline.Record] = {}
        self.skipped: list[medline.Skipped] = []
        self.repeated: list[str] = []
        self.unasked: list[str] = []

    def add(self, items: Iterable[medline.Item]) -> None:
        """Sort the items in; of a PMID that comes twice the first counts."""
        asked = set(self.wanted)
        for item in items:
            if isinstance(item, medline.Skipped):
                self.skipped.append(item)
            elif isinstance(item, medline.Record):
                pmid = item.article.pmid or ""
                if pmid not in asked:
                    self.unasked.append(pmid)
                elif pmid in self.records:
                    self.repeated.append(pmid)
                else:
                    self.records[pmid] = item

    def missing(self) -> tuple[str, ...]:
        """Return what was wanted and came neither as a record nor as a book."""
        books = {item.pmid for item in self.skipped}
        return tuple(pmid for pmid in self.wanted if pmid not in self.records and pmid not in books)

    def batch(self) -> Batch:
        """Return what there is by now."""
        return Batch(
            tuple(self.records.values()),
            tuple(self.skipped),
            self.missing(),
            tuple(self.repeated),
            tuple(self.unasked),
        )
