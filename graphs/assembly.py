"""Evidence to claims, courses to findings: what each amounts to, written beside it where something of it changed.

With them, what the pages show of the whole: contradictions and counts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby

from graphs import cohorts, contradictions, findings
from graphs.answers import Reading
from graphs.belief import SECONDARY, Belief, Strength, Weights, assess, load_weights
from graphs.store import Store, articles, claims, counts, walks
from graphs.store.conflicts import Conflict

#: Claims read and written at a time.
BATCH = 5000


def assemble(store: Store) -> int:
    """Bring every claim up to date with its evidence and return how many had changed.

    The result depends on the store's content alone, not on the order or number of the runs that filled it.
    """
    weights = load_weights()
    with store.transaction() as connection:
        cohorts.assign(connection)
        articles.prune(connection)
        claims.name_nodes(connection)
        walks.unrank(connection)
        changed, last = array("q"), 0
        while keys := claims.stale_keys(connection, after=last, limit=BATCH):
            changed.extend(keys)
            last = keys[-1]
            rows: list[tuple[object, ...]] = []
            conflicts: list[Conflict] = []
            for key, readings, belief in _assessed(claims.readings(connection, keys), weights):
                rows.append((*summarise(readings, belief), key))
                if conflict := contradictions.within(key, belief):
                    conflicts.append(conflict)
            claims.write_assembled(connection, rows)
            contradictions.renew(connection, keys, conflicts)
        walks.rank(connection)
        contradictions.renew_opposites(connection, changed)
        findings.refresh(connection)
        counts.keep(connection)
    return len(changed)


def _assessed(
    found: Iterable[tuple[int, str, Reading]], weights: Weights
) -> Iterator[tuple[int, list[Reading], Belief]]:
    for (key, predicate), group in groupby(found, key=lambda row: row[:2]):
        readings = [reading for _, _, reading in group]
        yield key, readings, assess(predicate, readings, weights)


def summarise(readings: list[Reading], belief: Belief) -> tuple[object, ...]:
    """Return a claim's columns: verdict, belief, opposed, counts, patients, retracted, years, quote."""
    standing = [reading for reading in readings if not reading.retracted]
    years = [reading.year for reading in standing if reading.year is not None]
    low, high = patients(standing)
    quote = best_reading(belief.strengths) or readings[0]
    return (
        belief.verdict,
        belief.belief,
        belief.opposed,
        len(standing),
        len({reading.article for reading in standing}),
        len({strength.witness for strength in belief.strengths}),
        low,
        high,
        len({reading.article for reading in readings if reading.retracted}),
        min(years, default=None),
        max(years, default=None),
        quote.row,
    )


def patients(readings: Iterable[Reading]) -> tuple[int | None, int | None]:
    """Return the participants behind the readings, each counted once: at least and at most.

    Articles of one cluster report one study: its largest number counts. Articles of one cohort may share patients: the
    lower figure takes the largest of them, the upper one their sum. Reviews retell and are left out.
    """
    clusters: dict[tuple[str, str], int] = {}
    for reading in readings:
        if reading.n is not None and reading.design not in SECONDARY:
            cluster = reading.cluster or reading.article
            place = reading.cohort or cluster, cluster
            clusters[place] = max(clusters.get(place, 0), reading.n)
    if not clusters:
        return None, None
    largest: dict[str, int] = {}
    for (cohort, _), n in clusters.items():
        largest[cohort] = max(largest.get(cohort, 0), n)
    return sum(largest.values()), sum(clusters.values())


def best_reading(strengths: Iterable[Strength]) -> Reading | None:
    """Return the reading to show first: the strongest, then the newest, then by article and id; None for none."""
    order = sorted(strengths, key=lambda s: (-s.value, -(s.reading.year or 0), s.reading.article, s.reading.id))
    return order[0].reading if order else None
