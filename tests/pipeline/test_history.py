"""From which day on revisions are asked for: never later than what the archive holds is old."""

from datetime import date

import pytest

from pipeline.history import EVER, Past, asked_since

TODAY = date(2026, 6, 15)


def past(day: str, *, kind: str = "query", missing: tuple[str, ...] = ()) -> Past:
    return {"started": f"{day}T10:00:00+00:00", "sources": [{"kind": kind, "missing": list(missing)}]}


@pytest.mark.parametrize(
    ("runs", "left", "since"),
    [
        pytest.param([], None, None, id="first run"),
        pytest.param([past("2026-06-01", kind="file")], None, None, id="nothing was fetched"),
        pytest.param([past("2026-06-01"), past("2026-06-10")], None, date(2026, 6, 7), id="the last run, three days earlier"),
        pytest.param([past("2026-06-01"), past("2026-06-10", missing=("1",))], None, date(2026, 5, 29), id="the last complete run"),
        pytest.param([past("2026-06-10", missing=("1",))], None, date(2026, 6, 7), id="no complete run: the first"),
        pytest.param([], "2026-05-01T10:00:00+00:00", date(2026, 4, 28), id="a killed first run"),
        pytest.param([past("2026-06-01")], "2026-06-12T10:00:00+00:00", date(2026, 5, 29), id="a killed later run"),
        pytest.param([past("2026-06-01"), past("2031-01-01")], None, date(2026, 5, 29), id="a clock that was ahead"),
        pytest.param([past("2031-01-01")], None, EVER, id="a clock that was always ahead"),
    ],
)  # fmt: skip
def test_revisions_are_asked_for_since(runs: list[Past], left: str | None, since: date | None) -> None:
    assert asked_since(tuple(enumerate(runs, start=1)), left=left, today=TODAY) == since
