"""The part of a run's report that its reader came for: what the abstracts now say on the question's condition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest

from extractors.errors import SiccaError
from extractors.values import Predicate
from graphs import query
from graphs.belief import NEUTRAL
from graphs.query import Change
from graphs.store import Store, claims
from graphs.tables.cells import pmid
from graphs.topics import understand
from pipeline.report_parts import KINDS, Section, counted, kind_of

#: Claims looked at, those that changed most, and how many of them a table shows.
LOOKED_AT, SHOWN = 200, 12
#: Verdicts that a reader would not understand as they are.
VERDICTS = {
    "unspecified": "given, result not said",
    "investigated": "under study",
    "stated": "yes",
    "denied": "no",
    "no_difference": "no difference",
    "mixed": "contested",
}
LEGEND = (
    "Belief goes from 0 to 1: more with independent studies, stronger designs, more patients and plainer words. It is"
    " not a patient's chance of benefit. sicca reads abstracts by machine and errs: read the sentence, then the paper."
)


def findings(store: Store, number: int, disease: str) -> tuple[Section, ...]:
    """Return what run `number` brought on a condition, its kinds included; nothing where none is named."""
    if not disease:
        return ()
    first = number == 1
    title = f"{'Known' if first else 'New'} on {disease}"
    try:
        topic = understand(store.connection, disease, types=query.TYPES["disease"], kinds=True)
    except SiccaError as error:
        return (Section(title, (f"Nothing: {error}.",)),)
    counts: Counter[str] = Counter()
    changes = _noted(query.each_change(store.connection, number - 1, about=topic.ids), counts)
    found = query.with_claims(store.connection, nsmallest(LOOKED_AT, changes, _rank))
    if not found:
        return (Section(title, ("Nothing changed since the last run.",)),)
    treatments = [change for change in found if _predicate(change) == Predicate.TREATS]
    rest = [change for change in found if _predicate(change) != Predicate.TREATS]
    tables = (("treatment", "Treatments", treatments), ("claim", "Other findings", rest))
    lines = (f"{counts.total()} claims, all new to this store." if first else f"Claims: {counted(counts)}.", LEGEND)
    sections = [Section(title, lines)]
    for what, name, group in tables:
        if group:
            sections.append(_table(store, f"{name}: {disease}", what, group, first=first))
    return tuple(sections)


def _table(store: Store, title: str, what: str, group: list[Change], *, first: bool) -> Section:
    ordered = sorted(group, key=lambda c: (KINDS.index(kind_of(c)), c.verdict in NEUTRAL, -c.belief, c.id))
    rows = _rows(store, ordered[:SHOWN], what)
    lines: tuple[str, ...] = ()
    if len(ordered) > SHOWN:
        lines = (f"The first {SHOWN}. All are in tables/evidence.csv and on the pages that sicca serve shows.",)
    columns = ("", what, *(("condition",) if what == "treatment" else ()), "finding", "belief", "articles", "PMID")
    columns += ("sentence",)
    if first:  # everything is new
        columns, rows = columns[1:], tuple(row[1:] for row in rows)
    return Section(title, lines, columns, rows)


def _noted(changes: Iterable[Change], counts: Counter[str]) -> Iterator[Change]:
    for change in changes:
        counts[kind_of(change)] += 1
        yield change


def _rank(change: Change) -> tuple[int, float, str]:
    return KINDS.index(kind_of(change)), -abs(change.belief - change.belief_before), change.id


def _predicate(change: Change) -> Predicate | None:
    return change.claim.claim.predicate if change.claim else None


def _rows(store: Store, changes: Sequence[Change], what: str) -> tuple[tuple[str, ...], ...]:
    found = [change.claim for change in changes if change.claim]
    best = {source.evidence.claim.id: source for source in claims.quotes(store.connection, found)}
    rows = []
    for change in changes:
        if change.claim is None:
            continue
        ends, source = change.claim.claim, best.get(change.id)
        name = f"{ends.subject.name} {str(ends.predicate).replace('_', ' ')} {ends.object.name}"
        names = (ends.subject.name, ends.object.name) if what == "treatment" else (name,)
        figures = (
            _moved(_said(change.verdict_before), _said(change.verdict)),
            _moved(f"{change.belief_before:.2f}" if change.verdict_before else "", f"{change.belief:.2f}"),
            _moved(str(change.articles_before or ""), str(change.articles)),
        )
        quote = (pmid(source), source.quote) if source else ("", "")
        rows.append((kind_of(change), *names, *figures, *quote))
    return tuple(rows)


def _said(verdict: str) -> str:
    return VERDICTS.get(verdict, verdict)


def _moved(before: str, after: str) -> str:
    return after if before in {"", after} else f"{before} → {after}"
