"""Requests to one server, spaced out over the whole process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import cache


class RateLimiter:
    """Gives each caller its turn, never two closer than the interval; any number of threads may ask."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self, per_second: float) -> None:
        """Return when it is the caller's turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + 1 / per_second
        if turn > now:
            self._sleep(turn - now)


@cache
def limiter_of(host: str) -> RateLimiter:  # noqa: ARG001 (the cache's key)
    """Return the limiter that all clients of this process share for a server."""
    return RateLimiter()
