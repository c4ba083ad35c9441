"""RO-Crate 1.1: what a run's folder holds, so that an archive (Zenodo, WorkflowHub) can take it as it is."""

from __future__ import annotations

import hashlib
import json
import mimetypes
from pathlib import Path
from typing import Any

from extractors.errors import SiccaError

#: The file that makes a folder a crate.
METADATA = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
#: Files that come and go while the folder is used.
PASSING = (".part", "-wal", "-shm", ".lock", ".stamp")


def write(folder: Path) -> tuple[Path, ...]:
    """Describe every file of a run's folder in its ro-crate-metadata.json; the only clock is the run's own manifest."""
    manifest = folder / "manifest.json"
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SiccaError(f"{manifest}: missing; finish the run with `sicca run` first") from error
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != METADATA and not p.name.endswith(PASSING))
    entities = [_file(path, folder) for path in files]
    versions = dict(told.get("versions", ()))
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"sicca run: {told.get('config', folder.name)}",
        "description": "Evidence graph extracted from PubMed records: store, tables and exports.",
        "datePublished": told.get("ended", ""),
        "license": {"@id": "https://www.apache.org/licenses/LICENSE-2.0"},
        "hasPart": [{"@id": entity["@id"]} for entity in entities],
        "mentions": [{"@id": "#run"}],
    }
    run = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": "sicca run",
        "startTime": told.get("started", ""),
        "endTime": told.get("ended", ""),
        "instrument": {"@id": "#sicca"},
        "result": [{"@id": entity["@id"]} for entity in entities],
    }
    software = {"@id": "#sicca", "@type": "SoftwareApplication", "name": "sicca", "version": versions.get("sicca", "")}
    licence = {"@id": "https://www.apache.org/licenses/LICENSE-2.0", "@type": "CreativeWork", "name": "Apache-2.0"}
    descriptor = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    crate = {"@context": CONTEXT, "@graph": [descriptor, root, run, software, licence, *entities]}
    path = folder / METADATA
    path.write_text(json.dumps(crate, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return (path,)


def _file(path: Path, folder: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "@id": path.relative_to(folder).as_posix(),
        "@type": "File",
        "name": path.name,
        "contentSize": str(path.stat().st_size),
        "encodingFormat": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        "sha256": digest,
    }
