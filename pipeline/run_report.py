"""What a person wants to know after a run: what came, what was read and why, what is new for the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

from extractors.errors import SiccaError
from graphs import query
from graphs.belief import NEUTRAL
from graphs.query import Change
from graphs.store import Store, claims
from graphs.tables.cells import pmid
from graphs.topics import understand
from pipeline.manifest import Manifest

#: Claims shown in full, those whose belief changed most; of the others there is a count.
SHOWN = 20
#: Articles and PMIDs named in a line.
NAMED = 10
#: What became of a claim, in the order in which a reader wants to know.
KINDS = ("reversed", "retracted", "new", "strengthened", "weakened", "gone")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and perhaps a table."""

    title: str
    lines: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A run told to a person; Markdown and HTML are written from it."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]


def report_on(store: Store, did: Manifest, *, disease: str, title: str) -> Report:
    """Return the report on the last run of the store, whose manifest is `did`."""
    number = store.runs()[-1][0]
    counts = Counter(map(kind_of, query.each_change(store.connection, number - 1)))
    lines = (
        f"Run {number} of {did.config}, {_clock(did.started)} to {_clock(did.ended)} (UTC).",
        f"{did.articles} articles, {did.claims} claims from {did.evidence} sentences, {did.courses} treatment courses.",
        _headline(did, counts),
    )
    sections = (
        *_question(store, number, disease),
        _read(did),
        _came(did),
        *_left_out(store, did),
        _versions(did),
    )
    return Report(title, lines, sections)


def kind_of(change: Change) -> str:
    """Return what became of a claim since the run before."""
    if not change.verdict_before:
        return "new"
    if not change.verdict:
        return "gone"
    if change.verdict == "retracted" != change.verdict_before:
        return "retracted"
    sided = not {change.verdict, change.verdict_before} & ({*NEUTRAL, "retracted"})
    if sided and change.verdict != change.verdict_before:
        return "reversed"
    return "strengthened" if change.belief >= change.belief_before else "weakened"


def _clock(time: str) -> str:
    return time.replace("T", " ").removesuffix("+00:00")


def _headline(did: Manifest, counts: Counter[str]) -> str:
    if not did.extracted and not did.withdrawn and not counts:
        return "Nothing new: no article had to be read, and no claim changed."
    return f"{did.extracted} articles were read; claims: {_counted(counts)}."


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]) or "none changed"


def _question(store: Store, number: int, disease: str) -> tuple[Section, ...]:
    """Return what is new for the question's condition, its kinds included."""
    if not disease:
        return ()
    title = f"{'Known' if number == 1 else 'New'} on {disease}"
    try:
        topic = understand(store.connection, disease, types=query.TYPES["disease"], kinds=True)
    except SiccaError as error:
        return (Section(title, (f"Nothing: {error}.",)),)
    counts: Counter[str] = Counter()
    first = nsmallest(SHOWN, _noted(query.each_change(store.connection, number - 1, about=topic.ids), counts), _rank)
    if not first:
        return (Section(title, ("Nothing changed since the last run.",)),)
    shown, more = query.with_claims(store.connection, first), counts.total() - len(first)
    lines = [f"{_counted(counts)}."]
    if more:
        lines.append(f"The {len(shown)} that changed most; `sicca ask new` lists the other {more}.")
    columns = ("", "claim", "verdict", "belief", "articles", "PMID", "sentence")
    return (Section(title, tuple(lines), columns, _rows(store, shown)),)


def _noted(changes: Iterable[Change], counts: Counter[str]) -> Iterator[Change]:
    for change in changes:
        counts[kind_of(change)] += 1
        yield change


def _rank(change: Change) -> tuple[int, float, str]:
    return KINDS.index(kind_of(change)), -abs(change.belief - change.belief_before), change.id


def _rows(store: Store, changes: list[Change]) -> tuple[tuple[str, ...], ...]:
    found = [change.claim for change in changes if change.claim]
    best = {source.evidence.claim.id: source for source in claims.quotes(store.connection, found)}
    rows = []
    for change in changes:
        if change.claim is None:
            continue
        ends, source = change.claim.claim, best.get(change.id)
        name = f"{ends.subject.name} {str(ends.predicate).replace('_', ' ')} {ends.object.name}"
        figures = (
            _moved(change.verdict_before, change.verdict),
            _moved(f"{change.belief_before:.2f}" if change.verdict_before else "", f"{change.belief:.2f}"),
            _moved(str(change.articles_before or ""), str(change.articles)),
        )
        quote = (pmid(source), source.quote) if source else ("", "")
        rows.append((kind_of(change), name, *figures, *quote))
    return tuple(rows)


def _moved(before: str, after: str) -> str:
    return after if before in {"", after} else f"{before} → {after}"


def _read(did: Manifest) -> Section:
    lines = [f"{count} {cause}" for cause, count in did.read]
    lines.append(f"{did.unchanged} as before, not read again")
    if did.changed:
        lines.append(f"what reads them differs from the run before in: {', '.join(did.changed)}")
    return Section("Read, and why", tuple(lines))


def _came(did: Manifest) -> Section:
    columns = ("source", "found", "records", "new or revised", "repeated", "skipped", "withdrawn", "not delivered")
    rows = tuple(
        (
            source.name,
            "" if source.found is None else str(source.found),
            str(source.records),
            str(source.new),
            str(source.repeated),
            ", ".join(f"{count} {reason}" for reason, count in source.skipped),
            str(source.withdrawn),
            _named(source.missing),
        )
        for source in did.sources
    )
    lines = tuple(
        f"{source.name}: PubMed says of the query: {text}" for source in did.sources for text in source.warnings
    )
    return Section("What came", lines, columns, rows)


def _left_out(store: Store, did: Manifest) -> tuple[Section, ...]:
    sections = []
    if did.withdrawn:
        lines = ("Taken out of the store: withdrawn by NLM, or neither found nor delivered by PubMed any more.",)
        sections.append(Section("No longer in PubMed", (*lines, _named(did.withdrawn))))
    if unfound := tuple(f"PMID:{pmid}" for source in did.sources for pmid in source.unfound):
        lines = (f"{len(unfound)} that earlier runs found; PubMed still delivers them, and they stay in the store:",)
        sections.append(Section("No longer found by any query", (*lines, _named(unfound))))
    if waiting := store.quarantined():
        lines = (f"{len(waiting)} articles broke an extractor; they are tried again when record or sicca change.",)
        rows = tuple((state.article, state.error) for state in waiting[:SHOWN])
        sections.append(Section("Quarantined", lines, ("article", "error"), rows))
    return tuple(sections)


def _named(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _versions(did: Manifest) -> Section:
    versions = ", ".join(f"{name} {version}" for name, version in did.versions)
    return Section("Made with", (versions, f"settings {did.config_hash}, extraction {did.extraction_key}"))
