"""What `sicca serve` was asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

#: Names under which a browser on this machine reaches a loopback server.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """A run to show, where to listen, and what a single question may cost."""

    #: The folder of the run; its store is opened for reading only.
    run: Path
    host: str = "127.0.0.1"
    port: int = 8765
    #: Names by which browsers may call this server, besides those of the loopback.
    names: frozenset[str] = frozenset()
    #: Seconds that SQLite may work on one page.
    seconds: float = 10.0
    #: Rows of a table on one page.
    rows: int = 100
    #: Who judges what was extracted; empty where nobody may.
    curator: str = ""

    @property
    def hosts(self) -> frozenset[str]:
        """The names that a request's Host header may have, without the port."""
        given = {self.host} if self.host not in {"0.0.0.0", "::"} else set()  # noqa: S104 (compared, not bound)
        return LOOPBACK | self.names | given
