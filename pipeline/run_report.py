"""A run told to a person: what is new for the question, which articles were read and why, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graphs import query
from graphs.store import Store, reads
from pipeline.manifest import Manifest
from pipeline.report_findings import findings
from pipeline.report_parts import Section, counted, kind_of, named

#: Rows of a table; of articles, runs that read more list none.
SHOWN = 20
#: Why articles were read, after their number.
CAUSES = {
    "new": "for the first time",
    "revised": "again, for PubMed's record of them has changed",
    "pipeline changed": "again, for sicca, its vocabulary or its settings have changed",
    "failed before": "again, for an earlier try failed",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A run told to a person; Markdown and HTML are written from it."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]


def report_on(store: Store, did: Manifest, *, disease: str, title: str, first_read: Sequence[str] = ()) -> Report:
    """Return the report on the last run of the store, whose manifest is `did`.

    `first_read` are the ids of the articles that it read, or of the first of them.
    """
    number = store.runs()[-1][0]
    counts = Counter(map(kind_of, query.each_change(store.connection, number - 1)))
    lines = (
        _headline(did, counts),
        f"In store: {did.articles} articles, {did.claims} claims from {did.evidence} sentences,"
        f" {did.courses} treatment courses.",
    )
    sections = (
        *findings(store, number, disease),
        *_read(store, did, first_read),
        _came(did),
        *_left_out(store, did),
        _record(did, number),
    )
    return Report(title, lines, sections)


def _headline(did: Manifest, counts: Counter[str]) -> str:
    if not did.extracted and not did.withdrawn and not counts:
        return "Nothing new: no article had to be read, and no claim changed."
    return f"{_articles_were(did.extracted)} read; claims: {counted(counts)}."


def _articles_were(number: int) -> str:
    return f"{number} article{'s were' if number != 1 else ' was'}"


def _read(store: Store, did: Manifest, first_read: Sequence[str]) -> tuple[Section, ...]:
    if not did.read and not did.changed:
        return ()
    lines = [f"{_articles_were(count)} read {CAUSES.get(cause, cause)}." for cause, count in did.read]
    if did.unchanged:
        lines.append(f"{_articles_were(did.unchanged)} as before and not read again.")
    if did.changed:
        lines.append(f"What reads them differs from the run before in: {', '.join(did.changed)}.")
    rows: tuple[tuple[str, ...], ...] = ()
    if did.extracted <= len(first_read):  # of a first run's thousands, the first twenty would tell nothing
        rows = tuple(row for id_ in first_read if (row := _article(store, id_)))
    return (Section("Articles read", tuple(lines), ("article", "year", "study", "patients", "PMID"), rows),)


def _article(store: Store, id_: str) -> tuple[str, ...] | None:
    article, study = reads.article(store.connection, id_), reads.study(store.connection, id_)
    if article is None or study is None:
        return None
    design = str(study.design).replace("_", " ").replace("not stated", "")
    marks = [mark for mark, given in (("synthetic", article.synthetic), ("retracted", article.retracted)) if given]
    shown = f"{article.pmid} ({', '.join(marks)})" if marks else str(article.pmid)
    return article.title, str(article.year or ""), design, str(study.n or ""), shown


def _came(did: Manifest) -> Section:
    columns = ("source", "found", "records", "new or revised", "repeated", "skipped", "withdrawn", "not delivered")
    rows = [
        (
            source.name,
            "" if source.found is None else str(source.found),
            str(source.records),
            str(source.new),
            str(source.repeated or ""),
            ", ".join(f"{count} {reason}" for reason, count in source.skipped),
            str(source.withdrawn or ""),
            named(source.missing),
        )
        for source in did.sources
    ]
    lines = tuple(
        f"{source.name}: PubMed says of the query: {text}" for source in did.sources for text in source.warnings
    )
    # What did not happen needs no column.
    kept = [i for i, column in enumerate(columns) if column in columns[2:4] or any(row[i] for row in rows)]
    return Section("What came", lines, tuple(columns[i] for i in kept), tuple(tuple(r[i] for i in kept) for r in rows))


def _left_out(store: Store, did: Manifest) -> tuple[Section, ...]:
    sections = []
    if did.withdrawn:
        lines = ("Taken out of the store: withdrawn by NLM, or neither found nor delivered by PubMed any more.",)
        sections.append(Section("No longer in PubMed", (*lines, named(did.withdrawn))))
    if unfound := tuple(f"PMID:{pmid}" for source in did.sources for pmid in source.unfound):
        lines = (f"{len(unfound)} that earlier runs found; PubMed still delivers them, and they stay in the store:",)
        sections.append(Section("No longer found by any query", (*lines, named(unfound))))
    if waiting := store.quarantined():
        lines = (f"{len(waiting)} articles broke an extractor; they are tried again when record or sicca change.",)
        rows = tuple((state.article, state.error) for state in waiting[:SHOWN])
        sections.append(Section("Quarantined", lines, ("article", "error"), rows))
    return tuple(sections)


def _record(did: Manifest, number: int) -> Section:
    versions = ", ".join(f"{name} {version}" for name, version in did.versions)
    lines = (
        f"Run {number} of {did.config}, {_clock(did.started)} to {_clock(did.ended)} (UTC).",
        f"Made with {versions}.",
        f"Settings {did.config_hash}, extraction {did.extraction_key}.",
    )
    return Section("For the record", lines)


def _clock(time: str) -> str:
    return time.replace("T", " ").removesuffix("+00:00")
