"""Compiles published vocabularies into the one file that is shipped; the same sources give the same bytes."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np

from extractors.errors import InputError
from extractors.vocabulary.compiled import FORMAT, SHORT, TYPES
from extractors.vocabulary.folding import fold
from extractors.vocabulary.keys import is_short_form, key
from extractors.vocabulary.readers import READERS
from extractors.vocabulary.sources import Entry

#: Names shorter or longer than this many pieces are not looked for.
MAX_PIECES = 20
#: What a former name is trusted less than the source's synonyms.
FORMER = 2


def compile_vocabulary(folder: Path, target: Path, *, check: bool = True) -> tuple[int, int]:
    """Compile the sources in a folder; return the numbers of concepts and names.

    Raises InputError where a source is missing or, with `check`, is not the version of configs/vocabulary/sources.toml.
    """
    manifest = tomllib.loads((files("configs") / "vocabulary" / "sources.toml").read_text(encoding="utf-8"))
    entries: list[Entry] = []
    for name, read in READERS.items():
        path = folder / name
        if not path.exists():
            raise InputError(f"{path}: missing; the sources are listed in configs/vocabulary/sources.toml")
        if check and (found := checksum(path)) != manifest[name]["sha256"]:
            raise InputError(
                f"{path}: sha256 is {found}, not that of sources.toml; use --any-version to compile it anyway"
            )
        entries.extend(read(folder))
    return write(entries, target)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hex, or of the checksums of a folder's corpora, one after the other."""
    if path.is_dir():
        return hashlib.sha256("".join(checksum(p) for p in sorted(path.glob("*.pubtator"))).encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(entries: Iterable[Entry], target: Path) -> tuple[int, int]:
    """Write the compiled form of entries; of two with one CURIE the first counts, `same` concepts share their names."""
    entries = tuple(entries)
    known = {entry.curie for entry in entries}
    concepts: dict[str, Entry] = {}
    for entry in entries:
        if entry.types and entry.same not in known:
            concepts.setdefault(entry.curie, entry)
    order = sorted(concepts)
    place = {curie: i for i, curie in enumerate(order)}
    rows = sorted(_names(entries, place))
    names = [row for i, row in enumerate(rows) if i == 0 or row[:2] != rows[i - 1][:2]]
    _save(target, [concepts[curie] for curie in order], place, names)
    return len(order), len(names)


def _names(entries: Iterable[Entry], place: dict[str, int]) -> Iterator[tuple[int, int, int]]:
    """Yield (key, place of the concept, trust) of every name that can be looked for."""
    for entry in entries:
        concept = place.get(entry.same or "", place.get(entry.curie, -1))
        if concept < 0:
            continue
        preferred, other = entry.trust
        yield from _keys((entry.name,), concept, preferred)
        yield from _keys(entry.synonyms, concept, other)
        yield from _keys(entry.former, concept, other + FORMER)


def _keys(names: Iterable[str], concept: int, trust: int) -> Iterator[tuple[int, int, int]]:
    for name in names:
        pieces = fold(name)
        if pieces and len(pieces) <= MAX_PIECES and any(not p.isdigit() for p in pieces) and len(name) > 1:
            yield key(pieces), concept, trust | (SHORT if is_short_form(name) else 0)


def _save(target: Path, concepts: list[Entry], place: dict[str, int], names: list[tuple[int, int, int]]) -> None:
    texts = [entry.name.encode() for entry in concepts]
    parents = [[place[p] for p in entry.parents if p in place] for entry in concepts]
    bits = [sum(1 << TYPES.index(kind) for kind in entry.types) for entry in concepts]
    steps = np.diff(np.array([0, *(row[0] for row in names)], dtype=np.uint64))
    with target.open("wb") as file:
        np.savez_compressed(
            file,
            format=np.array(FORMAT),
            curies=np.array([entry.curie.encode() for entry in concepts]),
            names=np.frombuffer(b"".join(texts), dtype=np.uint8),
            name_lengths=np.array([len(text) for text in texts], dtype=np.uint16),
            types=np.array(bits, dtype=np.uint16),
            parents=np.array([p for above in parents for p in above], dtype=np.uint32),
            parent_counts=np.array([len(above) for above in parents], dtype=np.uint8),
            key_steps=steps.astype(np.min_scalar_type(steps.max(initial=0))),
            concepts=np.array([row[1] for row in names], dtype=np.uint32),
            trusts=np.array([row[2] for row in names], dtype=np.uint8),
        )
