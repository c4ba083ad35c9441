"""What the store's earlier runs say: from which day revisions are asked for, and with what they read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graphs.store import Store

#: PubMed's modification dates are days in Maryland, and its servers are not updated all at once.
OVERLAP = timedelta(days=3)
#: Before the first record of PubMed: asks for all that is held once more.
EVER = date(1700, 1, 1)

#: A manifest as it lies in the store.
Past = dict[str, Any]


def past_runs(store: Store) -> tuple[tuple[int, Past], ...]:
    """Return (number, manifest) of every run, oldest first."""
    return tuple((number, json.loads(text)) for number, text in store.runs())


def asked_since(runs: tuple[tuple[int, Past], ...], *, left: str | None, today: date | None = None) -> date | None:
    """Return from which day on revisions of what is held are asked for, None where nothing was fetched before.

    That is the day of the last run that had all it found, with an overlap; failing one, the day of the first run that
    fetched anything, of the killed one (`left`) too. A day that is still to come shows a clock that was wrong and
    counts for nothing.
    """
    today = today or datetime.now(UTC).date()
    asked = [past for _, past in runs if any(source["kind"] == "query" for source in past.get("sources", ()))]
    whole = [past for past in asked if not any(source["missing"] for source in past["sources"])]
    days = [day for day in map(_day, whole) if day <= today]
    if days:
        return days[-1] - OVERLAP
    begun = [_day(past) for past in asked]
    if left is not None:
        begun.append(datetime.fromisoformat(left).date())
    if not begun:
        return None
    return min(begun) - OVERLAP if min(begun) <= today else EVER


def _day(past: Past) -> date:
    return datetime.fromisoformat(past["started"]).date()
