"""Records from files or PubMed into the archive, counting what came and what was left out."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import InputError
from pipeline.fetch import medline
from pipeline.fetch.archive import Archive

#: An MD5 digest in hex.
MD5 = re.compile(r"\b[0-9a-f]{32}\b")


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a query, and what it gave."""

    name: str
    #: "file", "query" or "follow-up" (what queries found before and not now).
    kind: str
    records: int = 0
    #: Records, or revisions of records, that the archive did not hold yet.
    new: int = 0
    #: Records whose PMID came before in the same source.
    repeated: int = 0
    #: (reason, count): books, records without a PMID.
    skipped: tuple[tuple[str, int], ...] = ()
    #: Archived records that NLM withdrew, or that PubMed neither finds nor delivers any more.
    withdrawn: int = 0
    #: PMIDs found by the query that the server did not deliver.
    missing: tuple[str, ...] = ()
    #: What the server counts for a query; None for a file.
    found: int | None = None
    #: PubMed's own words on the query: phrases and fields that it did not find.
    warnings: tuple[str, ...] = ()
    #: PMIDs that an earlier run found, that no query finds now, and that PubMed still delivers.
    unfound: tuple[str, ...] = ()


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
    """Archive the records of a MEDLINE file, once it is what its .md5 says, if one lies beside it."""
    _check_md5(path)
    return archive_items(medline.read(path), archive, name=path.name, kind="file")


def _check_md5(path: Path) -> None:
    """Hold a file against NLM's sidecar, `MD5(name)= digest` or md5sum's `digest  name`; raises InputError."""
    beside = path.with_name(path.name + ".md5")
    try:
        said = beside.read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise InputError(f"{beside}: cannot be read: {error.strerror or error}") from error
    digest = MD5.search(said.lower())
    if digest is None:
        raise InputError(f"{beside}: holds no MD5 digest; fetch it again, or remove it")
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if found != digest.group():
        raise InputError(f"{path}: is not what {beside.name} says (MD5 {found}); fetch the file again")
