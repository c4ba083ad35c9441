"""All PMIDs of a PubMed query, however many: sliced by date, because ESearch names 9,999 at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.fetch.pubmed_answers import SearchAnswer, read_search
from pipeline.fetch.pubmed_http import EutilitiesServer
from pipeline.fetch.pubmed_settings import MOST_RESULTS

#: Before the first and after the last date of any record: PubMed starts in 1781.
EARLIEST, LATEST = date(1700, 1, 1), date(3000, 12, 31)
#: Nearly all Entrez and modification dates are in here: where halving begins.
USUAL = date(1960, 1, 1), date(2040, 1, 1)
#: Kinds of dates to slice by: Entrez date (every record has one), then publication date for a day with too many.
SLICED_BY = ("edat", "pdat")


@dataclass(frozen=True, slots=True)
class Slice:
    """Part of a search small enough to be had: PMIDs in the server's order, and where its history keeps them."""

    count: int
    pmids: tuple[str, ...]
    web_env: str
    query_key: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a query found. `count` is PubMed's; `warnings` are its own words on phrases that it did not find."""

    query: str
    count: int
    slices: tuple[Slice, ...]
    translation: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def pmids(self) -> tuple[str, ...]:
        """All PMIDs, once each, in numeric order."""
        return tuple(sorted({pmid for part in self.slices for pmid in part.pmids}, key=int))

    @property
    def missing(self) -> int:
        """How many records PubMed counts but does not name."""
        return max(0, self.count - len(self.pmids))


def search(server: EutilitiesServer, query: str, since: date | None) -> SearchResult:
    """Return all PMIDs of a query, or those modified since a day; halves a stretch of time until each part fits."""
    term = " ".join(query.split())
    whole = None if since is None else _Span("mdat", since, LATEST)
    answer = _ask(server, term, whole)
    if answer.count <= MOST_RESULTS:
        slices: tuple[Slice, ...] = (_all_of(server, term, whole, answer),)
    else:
        kind, *others = SLICED_BY if since is None else ("mdat", *SLICED_BY)
        slices = tuple(_halved(server, term, whole or _Span(kind, EARLIEST, LATEST), others))
    result = SearchResult(query, answer.count, slices, answer.translation, answer.warnings)
    if len(result.pmids) != result.count:  # PubMed changed under our hands, or holds something back
        result = replace(result, count=_ask(server, term, whole).count)
    return result


def _ask(server: EutilitiesServer, term: str, span: _Span | None, *, start: int = 0) -> SearchAnswer:
    parameters = {"db": "pubmed", "term": term, "usehistory": "y", "retmode": "xml"}
    parameters |= {"retstart": str(start), "retmax": str(MOST_RESULTS)}
    if span is not None:
        parameters |= {"datetype": span.kind, "mindate": _slashed(span.first), "maxdate": _slashed(span.last)}
    return server.ask("esearch", parameters, read_search)


def _all_of(server: EutilitiesServer, term: str, span: _Span | None, answer: SearchAnswer) -> Slice:
    """Return the slice with all PMIDs, page by page where the server names fewer at a time than we ask for."""
    pmids = list(answer.pmids)
    while len(pmids) < min(answer.count, MOST_RESULTS):
        page = _ask(server, term, span, start=len(pmids)).pmids
        if not page:
            break
        pmids += page
    return Slice(answer.count, tuple(pmids), answer.web_env, answer.query_key)


def _halved(server: EutilitiesServer, term: str, span: _Span, others: Sequence[str]) -> Iterator[Slice]:
    """Yield the slices of a span that has too many; a single day is sliced by the next kind of date."""
    for half in span.halves():
        answer = _ask(server, term, half)
        if answer.count <= MOST_RESULTS:
            if answer.count:
                yield _all_of(server, term, half, answer)
        elif half.first < half.last:
            yield from _halved(server, term, half, others)
        elif others:
            of_the_day = f'({term}) AND "{_slashed(half.first)}"[{half.kind}]'
            yield from _halved(server, of_the_day, _Span(others[0], EARLIEST, LATEST), others[1:])
        else:
            yield _all_of(server, term, half, answer)  # the first 9,999; `missing` counts the others


@dataclass(frozen=True, slots=True)
class _Span:
    """Days from first to last, both included, of one kind of date."""

    kind: str
    first: date
    last: date

    def halves(self) -> tuple[_Span, _Span]:
        """Return the two parts, the usual years being halved first."""
        low, high = max(self.first, USUAL[0]), min(self.last, USUAL[1])
        if low >= high:
            low, high = self.first, self.last
        middle = low + (high - low) // 2
        return _Span(self.kind, self.first, middle), _Span(self.kind, middle + timedelta(days=1), self.last)


def _slashed(day: date) -> str:
    """Return a date as E-utilities write it."""
    return f"{day.year:04}/{day.month:02}/{day.day:02}"
