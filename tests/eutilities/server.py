"""E-utilities on the loopback interface: ESearch with history and dates, EFetch by history or ids, faults by script.

with Eutilities(records(30)) as server:
    server.spoil("efetch", Status(429, retry_after="0"))
    client = PubmedClient(server.settings())
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from pipeline.fetch.pubmed_settings import PubmedSettings
from tests.eutilities.citations import article_set, citation
from tests.eutilities.faults import Fault, answer

#: A day that a term asks for besides its words, as the client writes it: (…) AND "2020/01/02"[edat].
DAY = re.compile(r'^\((?P<term>.*)\) AND "(?P<day>[\d/]+)"\[(?P<kind>\w+)\]$')


@dataclass(frozen=True, slots=True)
class Served:
    """A record as PubMed holds it; ISO dates by which it can be searched; `xml` or else one made up."""

    pmid: str
    edat: str = "2020-01-02"
    pdat: str = "2020-03-01"
    mdat: str = "2024-05-06"
    xml: str | None = None

    @property
    def record(self) -> str:
        return self.xml or citation(self.pmid, revised=self.mdat, entered=self.edat)


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came."""

    utility: str
    method: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)


def records(count: int, *, first: int = 990_000_001) -> list[Served]:
    """Return so many records with PMIDs of the synthetic range."""
    return [Served(str(first + number)) for number in range(count)]


class Eutilities:
    """The server, up within its `with`; attributes may be changed while it runs."""

    def __init__(self, served: Iterable[Served] = (), *, cap: int = 9_999) -> None:
        self.served = {record.pmid: record for record in served}
        #: term → PMIDs that it finds; other terms find all.
        self.queries: dict[str, list[str]] = {}
        #: ESearch names no more than this.
        self.cap = cap
        #: ESearch names no more than this at a time.
        self.page = cap
        #: PMIDs that EFetch leaves out so many times, sends twice, or sends unasked.
        self.withheld: dict[str, int] = {}
        self.doubled: set[str] = set()
        self.unasked: list[str] = []
        #: Added to the counts of the searches, one after the other; then nothing.
        self.count_drift: deque[int] = deque()
        self.calls: list[Call] = []
        self._faults: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        self._history: dict[tuple[str, str], list[str]] = {}
        self._lock = Lock()
        self._stopped = Event()

    def __enter__(self) -> Self:
        self._httpd = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._httpd.daemon_threads = True
        self._thread = Thread(target=self._httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._httpd.shutdown()
        self._thread.join()
        self._httpd.server_close()

    @property
    def base_url(self) -> str:
        """The address to put into `pubmed.base_url`."""
        return f"http://127.0.0.1:{self._httpd.server_address[1]}/entrez/eutils/"

    def settings(self, **changes: object) -> PubmedSettings:
        """Return settings for this server, quick enough for tests."""
        quick: dict[str, object] = {"email": "ada@example.org", "timeout": 5.0, "backoff": 0.001}
        quick |= {"base_url": self.base_url, "requests_per_second": 10_000.0}
        return PubmedSettings(**{**quick, **changes})  # type: ignore[arg-type] # a test's own names

    def spoil(self, utility: str, *faults: Fault | None) -> None:
        """Let the next requests of a utility fail so, one after the other; None lets one pass."""
        self._faults[utility].extend(faults)

    def expire_history(self) -> None:
        """Forget all searches."""
        self._history.clear()

    def called(self, utility: str) -> list[Call]:
        """Return the requests of a utility."""
        return [call for call in self.calls if call.utility == utility]

    def handle(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        """Answer a request."""
        parts = urlsplit(handler.path)
        utility = parts.path.rpartition("/")[2].removesuffix(".fcgi")
        pairs = parse_qs(body.decode() if handler.command == "POST" else parts.query, keep_blank_values=True)
        parameters = {key: values[0] for key, values in pairs.items()}
        with self._lock:
            self.calls.append(Call(utility, handler.command, parameters, dict(handler.headers)))
            fault = self._faults[utility].popleft() if self._faults[utility] else None
            known = {"esearch": self._esearch, "efetch": self._efetch}
            content = known[utility](parameters) if utility in known else b"<ERROR>no such utility</ERROR>"
        if fault is None:
            answer(handler, content)
        else:
            fault.send(handler, content, self._stopped)

    def _esearch(self, parameters: Mapping[str, str]) -> bytes:
        term = parameters.get("term", "")
        if not term:
            return b"<eSearchResult><ERROR>Empty term and query_key - nothing todo</ERROR></eSearchResult>"
        found = self._found(term, parameters)
        count = len(found) + (self.count_drift.popleft() if self.count_drift else 0)
        start, size = int(parameters.get("retstart", 0)), int(parameters.get("retmax", 20))
        named = found[start : min(start + size, start + self.page, self.cap)]
        web_env, key = "", ""
        if parameters.get("usehistory") == "y":
            web_env, key = f"MCID_{len(self._history) + 1:024x}", "1"
            self._history[web_env, key] = found[: self.cap]
        ids = "".join(f"<Id>{pmid}</Id>" for pmid in named)
        lost = "<ErrorList><PhraseNotFound>nosuchword</PhraseNotFound></ErrorList>" if "nosuchword" in term else ""
        return (
            '<?xml version="1.0" encoding="UTF-8" ?><!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
            '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
            f"<eSearchResult><Count>{count}</Count><RetMax>{len(named)}</RetMax><RetStart>{start}</RetStart>"
            f"<QueryKey>{key}</QueryKey><WebEnv>{web_env}</WebEnv><IdList>{ids}</IdList><TranslationSet/>"
            f"<QueryTranslation>{escape(term)}</QueryTranslation>{lost}</eSearchResult>"
        ).encode()

    def _found(self, term: str, parameters: Mapping[str, str]) -> list[str]:
        """Return what a term finds, the newest first, within the dates of term and parameters."""
        if match := DAY.match(term):
            day, kind = match["day"].replace("/", "-"), match["kind"]
            return [p for p in self._found(match["term"], parameters) if getattr(self.served[p], kind) == day]
        pmids = self.queries.get(term, list(self.served))
        if "mindate" in parameters:
            kind = parameters["datetype"]
            low, high = (parameters[name].replace("/", "-") for name in ("mindate", "maxdate"))
            pmids = [pmid for pmid in pmids if low <= getattr(self.served[pmid], kind) <= high]
        return sorted(pmids, reverse=True)

    def _efetch(self, parameters: Mapping[str, str]) -> bytes:
        if "id" in parameters:
            wanted = parameters["id"].split(",")
        else:
            key = parameters.get("WebEnv", ""), parameters.get("query_key", "")
            if key not in self._history:
                return b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>"
            start = int(parameters.get("retstart", 0))
            wanted = self._history[key][start : start + int(parameters.get("retmax", 10_000))]
        sent = []
        for pmid in [*wanted, *self.unasked]:
            if self.withheld.get(pmid, 0) > 0:
                self.withheld[pmid] -= 1
            elif pmid in self.served:
                sent += [self.served[pmid].record] * (2 if pmid in self.doubled else 1)
        return article_set(sent)


def _handler_of(server: Eutilities) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def _answer(self, body: bytes) -> None:
            with suppress(BrokenPipeError, ConnectionResetError):  # the client has given up, as it should
                server.handle(self, body)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

        def finish(self) -> None:
            with suppress(OSError, ValueError):  # a fault has closed the socket
                super().finish()

    return Handler
