"""Requests are spaced out, for all clients of a host together."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest

from pipeline.fetch.rate_limit import RateLimiter, limiter_of


def test_rate_limiter_spaces_requests_out() -> None:
    time = 100.0
    turns: list[float] = []

    def sleep(seconds: float) -> None:
        nonlocal time
        time += seconds

    limiter = RateLimiter(clock=lambda: time, sleep=sleep)
    for _ in range(10):
        limiter.wait(3)
        turns.append(time)
    assert turns[0] == 100.0
    assert all(later - earlier >= 1 / 3 - 1e-9 for earlier, later in pairwise(turns))
    time += 60
    limiter.wait(10)
    assert time == pytest.approx(turns[-1] + 60)


def test_rate_limiter_is_shared_by_threads_and_clients() -> None:
    assert limiter_of("one") is limiter_of("one")
    assert limiter_of("one") is not limiter_of("two")
    waits: list[float] = []
    limiter = RateLimiter(clock=lambda: 5.0, sleep=waits.append)
    threads = [threading.Thread(target=limiter.wait, args=(10,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == pytest.approx([n / 10 for n in range(1, 20)])
