"""What an extraction depends on besides the article, part by part, so that a run can say what changed.

Nothing of spaCy is imported here: a run that finds nothing to read needs the key and not the extractors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from extractors.records import content_hash
from pipeline.config import Extraction as Settings

#: Versions that a result depends on.
PACKAGES = ("onnxruntime", "scispacy", "sicca", "spacy", "tokenizers")
#: Folders under configs/ that the extractors read.
DATA = ("cues", "lexicons", "vocabulary")
#: Folders whose modules are named one by one, because a config turns them on one by one.
SINGLE = ("claims", "mentions", "models")
#: Not part of what runs: byte code, the recipes, and what is written about the models.
IGNORED = {"__pycache__", "training"}
PROSE = ".md"
#: Bytes hashed at a time.
CHUNK = 1 << 20

Parts = tuple[tuple[str, str], ...]


def stage_parts(settings: Settings) -> Parts:
    """Return (part, hash or version) of all that an extraction depends on, sorted by part.

    Parts are named as people call them: "vocabulary", "claims.classifier", "data: lexicons", "settings", "spacy".
    """
    found = {name: version(name) for name in PACKAGES}
    found["settings"] = content_hash("settings", settings.model_dump_json())
    return tuple(sorted((found | dict(_resources())).items()))


def extraction_key(settings: Settings) -> str:
    """Return the one hash under which the ledger notes what an article was read with."""
    return key_of(stage_parts(settings))


def key_of(parts: Parts) -> str:
    """Return the hash of all parts."""
    return content_hash("extraction", *(f"{name}={value}" for name, value in parts))


def changed(before: Parts, after: Parts) -> tuple[str, ...]:
    """Return the names of the parts that differ, came or went, sorted."""
    old, new = dict(before), dict(after)
    return tuple(name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name))


def assembly_key() -> str:
    """Return a hash of what turns evidence into claims, tables and exports: the package graphs and its rules."""
    digest = hashlib.sha256()
    for root in (files("graphs"), files("configs").joinpath("rules")):
        for place, entry in _entries(root):
            _add(digest, place, entry)
    return digest.hexdigest()[:16]


@cache
def _resources() -> Parts:
    digests: dict[str, hashlib._Hash] = {}
    for place, entry in _entries(files("extractors")):
        _add(digests.setdefault(_part(place), hashlib.sha256()), place, entry)
    for folder in DATA:
        for place, entry in _entries(files("configs").joinpath(folder)):
            _add(digests.setdefault(f"data: {folder}", hashlib.sha256()), place, entry)
    records = hashlib.sha256()
    for place, entry in _entries(files("pipeline").joinpath("fetch")):
        if place[0].startswith("citation"):
            _add(records, place, entry)
    digests["reading of records"] = records
    return tuple((name, digest.hexdigest()[:16]) for name, digest in sorted(digests.items()))


def _part(place: tuple[str, ...]) -> str:
    """Return what a file below extractors/ belongs to."""
    if len(place) == 1:
        return "extractors"
    folder, name, *_ = place
    single = folder in SINGLE and name != "__init__.py"
    return f"{folder}.{name.partition('.')[0]}" if single else folder


def _entries(folder: Traversable, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Traversable]]:
    """Yield the files below a folder with their places, sorted by name; what does not run does not count."""
    for child in sorted(folder.iterdir(), key=lambda c: c.name):
        if child.name in IGNORED or child.name.endswith(PROSE):
            continue
        if child.is_dir():
            yield from _entries(child, (*above, child.name))
        else:
            yield (*above, child.name), child


def _add(digest: hashlib._Hash, place: tuple[str, ...], entry: Traversable) -> None:
    digest.update("/".join(place).encode())
    with entry.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
