"""Records from files or PubMed into the archive, counting what came and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.fetch import medline
from pipeline.fetch.archive import Archive


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a query, and what it gave."""

    name: str
    #: "file" or "query".
    kind: str
    records: int = 0
    #: Records, or revisions of records, that the archive did not hold yet.
    new: int = 0
    #: Records whose PMID came before in the same source.
    repeated: int = 0
    #: (reason, count): books, records without a PMID.
    skipped: tuple[tuple[str, int], ...] = ()
    #: Archived records that NLM withdrew.
    withdrawn: int = 0
    #: PMIDs found by the query that the server did not deliver.
    missing: tuple[str, ...] = ()
    #: What the server counts for a query; None for a file.
    found: int | None = None
    #: PubMed's own words on the query: phrases and fields that it did not find.
    warnings: tuple[str, ...] = ()


def archive_items(items: Iterable[medline.Item], archive: Archive, *, name: str, kind: str) -> Source:
    """Put every record into the archive and return what came."""
    records = new = repeated = withdrawn = 0
    skipped: Counter[str] = Counter()
    for item in items:
        if isinstance(item, medline.Record):
            records += 1
            new += archive.put(item)
            repeated += item.repeated
        elif isinstance(item, medline.Deletion):
            withdrawn += sum(archive.delete(pmid) for pmid in item.pmids)
        else:
            skipped[item.reason] += 1
    archive.flush()
    return Source(name, kind, records, new, repeated, tuple(sorted(skipped.items())), withdrawn)


def from_file(path: Path, archive: Archive) -> Source:
    """Archive the records of a MEDLINE file."""
    return archive_items(medline.read(path), archive, name=path.name, kind="file")
