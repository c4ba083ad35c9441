"""What people take away from a run: tables and graph, written anew from the store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from extractors.errors import SiccaError
from graphs.store import Store

#: File in the run's folder → what writes it.
EVIDENCE, GRAPH = "tables/evidence.csv", "graph.graphml"


def products_of(out: Path) -> tuple[Path, ...]:
    """Return where a run's products are."""
    return out / EVIDENCE, out / GRAPH


def write_products(store: Store, out: Path) -> tuple[Path, ...]:
    """Write every product and return the files; each gets its name only when it is complete."""
    return tuple(_write(out / name, product, store) for name, product in ((EVIDENCE, _evidence), (GRAPH, _graph)))


def _write(path: Path, product: Callable[[Store, Path], None], store: Store) -> Path:
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(exist_ok=True)
        product(store, part)
        part.replace(path)
    except OSError as error:
        raise SiccaError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return path


def _evidence(store: Store, path: Path) -> None:
    from graphs import evidence_table  # in here, as below: a run that changed nothing needs neither
    from graphs.store import claims

    with path.open("w", encoding="utf-8", newline="") as stream:
        evidence_table.write(claims.all_sources(store.connection), stream)


def _graph(store: Store, path: Path) -> None:
    from graphs.exports import graphml

    graphml.write(store.connection, path)
