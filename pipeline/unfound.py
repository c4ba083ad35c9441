"""What the queries found in earlier runs and find no more: still in PubMed, or gone from it (deleted, merged).

A query loses a record when NLM changes its terms, when the config's query was changed, or when the record is no more.
Which of them it was is asked of PubMed itself: what it still delivers stays in the store and is named; what it neither
finds nor delivers is withdrawn. Two answers must agree, so that one bad day of a server takes nothing out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.acquisition import Source
from pipeline.fetch.archive import Archive
from pipeline.fetch.pubmed import PubmedClient
from pipeline.run_folder import write

#: The name under which a run reports on them, and the kind of that source.
NAME, KIND = "found before, not now", "follow-up"


@dataclass(frozen=True, slots=True)
class Findings:
    """PMIDs that a folder's queries found the last time, and those that they found before and no longer do."""

    found: frozenset[str] = frozenset()
    unfound: frozenset[str] = frozenset()

    def to_json(self) -> str:
        """Return both as JSON, in numeric order."""
        both = {"found": sorted(self.found, key=int), "unfound": sorted(self.unfound, key=int)}
        return json.dumps(both, separators=(",", ":")) + "\n"


def remembered(path: Path) -> Findings:
    """Return what an earlier run wrote; nothing where there was none or the file is no longer readable.

    Then only what the next run loses can be told.
    """
    with suppress(OSError, ValueError, TypeError, KeyError):
        past = json.loads(path.read_text(encoding="utf-8"))
        return Findings(*(frozenset(pmid for pmid in past[key] if pmid.isdecimal()) for key in ("found", "unfound")))
    return Findings()


def follow_up(client: PubmedClient, archive: Archive, path: Path, found: Iterable[str]) -> tuple[Source, ...]:
    """Fetch again what earlier runs found and this one does not, and remember what this one found.

    Returns a source that names them, or nothing where there are none.
    """
    past, now = remembered(path), frozenset(found)
    lost = sorted((past.found | past.unfound) - now - frozenset(archive.deleted()), key=int)
    lost = [pmid for pmid in lost if pmid in archive]
    records = new = 0
    gone: set[str] = set()
    for batch in client.fetch_pmids(lost):
        records += len(batch.records)
        new += sum(archive.put(record) for record in batch.records)
        gone.update(batch.missing)
    withdrawn = sum(archive.delete(pmid) for pmid in sorted(gone, key=int))
    archive.flush()
    still = tuple(pmid for pmid in lost if pmid not in gone)
    write(path, Findings(now, frozenset(still)).to_json())
    return (Source(NAME, KIND, records, new, withdrawn=withdrawn, unfound=still),) if lost else ()
