"""Whole runs against a server that fails in every way we know: each ends right or with a clear line, and none lies.

After the fault is gone, the same command brings the folder to what an undisturbed run makes.
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from extractors.errors import SiccaError
from graphs.store import Store
from graphs.store.logical import lines
from pipeline import config as configs
from pipeline.config import Config
from pipeline.fetch import pubmed_http
from pipeline.fetch.archive import Archive
from pipeline.fetch.pubmed_answers import TransientError
from pipeline.products import products_of
from pipeline.run import ARCHIVE, STORE, run
from pipeline.run_folder import UNFINISHED
from tests.eutilities.citations import PROLOG, article_set, citation
from tests.eutilities.faults import (
    BACKEND_FAILED,
    RATE_LIMIT_JSON,
    WEB_PAGE,
    Body,
    Dripping,
    Fault,
    Reset,
    Stalled,
    Status,
    Truncated,
)  # fmt: skip
from tests.eutilities.server import Eutilities, Served, records
from tests.pipeline.conftest import QUICK

COUNT, BATCH = 12, 5
LOST = "990000003"


@dataclass(frozen=True, slots=True)
class Case:
    """What fails, and how the run ends: well (`says` empty) or with this in its one line."""

    utility: str
    faults: tuple[Fault | None, ...]
    says: str = ""
    retries: int = 2
    marks: tuple[pytest.MarkDecorator, ...] = field(default=())


NEW_YEAR = Body(
    article_set([citation(str(990000001 + i)) for i in range(COUNT)])
    .replace(b"January 2025", b"January 2027")
    .replace(b"pubmed_250101", b"pubmed_270101")
)
MALFORMED = Body(f"{PROLOG}<PubmedArticleSet><PubmedArticle></PubmedArticleSet>".encode())
MIDWAY: tuple[Fault | None, ...] = (None,)

CASES = {
    "429 with Retry-After": Case("efetch", (Status(429, "0"), Status(429, "0"))),
    "429 without Retry-After": Case("efetch", (Status(429), Status(429))),
    "429 with a pause of an hour": Case("efetch", (None, Status(429, "3600")), "asks for a pause of 3600 s"),
    "429 for ever": Case("efetch", (None, *[Status(429)] * 3), "HTTP 429"),
    "500": Case("esearch", (Status(500),)),
    "502": Case("efetch", (Status(502), Status(502))),
    "503 for ever": Case("efetch", (None, None, *[Status(503)] * 3), "HTTP 503"),
    "400": Case("efetch", (None, Status(400)), "was refused: HTTP 400"),
    "silence": Case("efetch", (Stalled(),)),
    "silence midway in a body": Case("efetch", (Stalled(share=0.5),)),
    "silence for ever": Case("efetch", (None, *[Stalled()] * 3), "no answer for 0.3 s"),
    "a body that never ends": Case("efetch", (None, *[Dripping(0.02)] * 3), "an answer not finished after"),
    "connection reset": Case("efetch", (Reset(), Reset(0.5))),
    "connection reset for ever": Case("esearch", (Reset(),) * 3, "the connection broke"),
    "cut off, length given": Case("efetch", (Truncated(),)),
    "cut off, no length": Case("efetch", (Truncated(announced=False),)),
    "cut off for ever": Case("efetch", (None, *[Truncated(announced=False)] * 3), "cut off"),
    "malformed XML": Case("efetch", (MALFORMED,)),
    "malformed XML for ever": Case("efetch", (None, *[MALFORMED] * 3), "cut off or damaged"),
    "a web page with status 200": Case("efetch", (WEB_PAGE,)),
    "a web page for ever": Case("esearch", (WEB_PAGE,) * 3, "a web page instead of XML"),
    "search backend down": Case("esearch", (BACKEND_FAILED,) * 3, "Search Backend failed"),
    "rate limit as JSON": Case("efetch", (RATE_LIMIT_JSON,)),
    "an empty body": Case("efetch", (Body(b""),)),
    "a DTD of a new year": Case("efetch", (NEW_YEAR,)),
}  # fmt: skip


def config(folder: Path, server: Eutilities, retries: int = 2) -> Config:
    path = folder / "fault.toml"
    path.write_text(
        f'[question]\ntitle = "Faults"\n[pubmed]\nbase_url = "{server.base_url}"\nbatch_size = {BATCH}\ntimeout = 0.3\n'
        f'retries = {retries}\nemail = "ada@example.org"\n'
        f'[[pubmed.query]]\nname = "all"\nterm = "rituximab[tiab]"\n{QUICK}',
        encoding="utf-8",
    )
    return configs.load(path)


def outcome(out: Path) -> tuple[list[str], list[bytes]]:
    with Store(out / STORE, readonly=True) as store:
        return list(lines(store.connection)), [path.read_bytes() for path in products_of(out)]


def check_nothing_is_marked_that_is_not_done(out: Path) -> None:
    """Hold the ledger against the archive: what is done is archived, and stored whole."""
    with Archive(out / ARCHIVE, read_only=True) as archive, Store(out / STORE, readonly=True) as store:
        hashes = {f"PMID:{revision.pmid}": revision.sha256 for revision in archive.current()}
        done = store.connection.execute("SELECT article, raw_hash FROM extraction WHERE status = 'done'").fetchall()
        assert {article: hashes[article] for article, _ in done} == dict(done)
        stored = {id_ for (id_,) in store.connection.execute("SELECT id FROM article")}
        assert stored == {article for article, _ in done}


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait as a person in a hurry would: pauses are shortened, their order and number are not."""
    monkeypatch.setenv("NCBI_API_KEY", "SECRET-KEY")
    ask = pubmed_http.EutilitiesServer._pause

    def short(self: pubmed_http.EutilitiesServer, tries: int, error: TransientError) -> float:
        return min(ask(self, tries, error), 0.01)

    monkeypatch.setattr(pubmed_http.EutilitiesServer, "_pause", short)
    monkeypatch.setattr(pubmed_http, "WHOLE_ANSWER", 3)
    monkeypatch.setattr("pipeline.fetch.rate_limit.RateLimiter.wait", lambda *_: None)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[bytes]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    with Eutilities(records(COUNT)) as server:
        run(config(folder, server), out=folder / "out")
    return outcome(folder / "out")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_run_survives(case: Case, tmp_path: Path, undisturbed: tuple[list[str], list[bytes]]) -> None:
    out = tmp_path / "out"
    with Eutilities(records(COUNT)) as server:
        server.spoil(case.utility, *case.faults)
        settings = config(tmp_path, server, case.retries)
        if case.says:
            with pytest.raises(SiccaError) as error:
                run(settings, out=out)
            assert case.says in str(error.value)
            assert "\n" not in str(error.value)
            assert "SECRET-KEY" not in str(error.value)
            assert (out / UNFINISHED).exists()
            check_nothing_is_marked_that_is_not_done(out)
            run(settings, out=out)
        else:
            run(settings, out=out)
    assert outcome(out) == undisturbed
    assert not (out / UNFINISHED).exists()
    check_nothing_is_marked_that_is_not_done(out)
    assert "SECRET-KEY" not in (out / "run.log").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the server's data, and what the manifest says of the run under it."""

    spoil: Callable[[Eutilities], None]
    missing: tuple[str, ...] = ()
    repeated: int = 0


def set_drift(server: Eutilities) -> None:
    server.count_drift.extend([1])


TROUBLES = {
    "an expired history": Trouble(
        lambda server: server.spoil(
            "efetch", None, Body(b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>")
        )
    ),
    "a count that changes after the search": Trouble(set_drift),
    "a PMID that comes at the second time": Trouble(lambda server: server.withheld.update({LOST: 1})),
    "a PMID that never comes": Trouble(lambda server: server.withheld.update({LOST: 99}), missing=(LOST,)),
    "PMIDs that come twice": Trouble(lambda server: server.doubled.update({LOST, "990000009"}), repeated=2),
    "a PMID that comes with every batch": Trouble(lambda server: server.unasked.append("990000001"), repeated=1),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
def test_run_accounts_for_every_record(
    trouble: Trouble, tmp_path: Path, undisturbed: tuple[list[str], list[bytes]]
) -> None:
    out = tmp_path / "out"
    with Eutilities(records(COUNT)) as server:
        trouble.spoil(server)
        first = run(config(tmp_path, server), out=out).manifest
        check_nothing_is_marked_that_is_not_done(out)
        assert first.articles == COUNT - len(trouble.missing)
        assert first.sources[0].missing == trouble.missing
        assert first.sources[0].repeated == trouble.repeated
        server.withheld.clear()
        run(config(tmp_path, server), out=out)
    assert outcome(out) == undisturbed


def test_run_says_that_nothing_listens(tmp_path: Path) -> None:
    with Eutilities(records(COUNT)) as server:
        settings = config(tmp_path, server)
    with pytest.raises(SiccaError, match=r"could not reach 127\.0\.0\.1:\d+: Connection refused; check the network"):
        run(settings, out=tmp_path / "out")


def test_run_reports_phrases_that_pubmed_did_not_find(tmp_path: Path) -> None:
    with Eutilities(records(COUNT)) as server:
        path = config(tmp_path, server).path
        path.write_text(
            path.read_text(encoding="utf-8").replace("rituximab[tiab]", "nosuchword[tiab]"), encoding="utf-8"
        )
        finished = run(configs.load(path), out=tmp_path / "out")
    assert finished.manifest.sources[0].warnings == ("PhraseNotFound: nosuchword",)
    assert "PhraseNotFound: nosuchword" in finished.report.read_text(encoding="utf-8")


def test_run_picks_up_revisions_and_retractions(tmp_path: Path) -> None:
    with Eutilities(records(3)) as server:
        run(config(tmp_path, server), out=tmp_path / "out")
        retracted = citation(LOST, revised="2030-01-01").replace(
            "</PublicationTypeList>",
            '<PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>',
        )
        server.served[LOST] = Served(LOST, mdat="2999-01-01", xml=retracted)
        again = run(config(tmp_path, server), out=tmp_path / "out").manifest
    assert again.read == (("revised", 1),)
    with Store(tmp_path / "out" / STORE, readonly=True) as store:
        found = store.connection.execute("SELECT id FROM article WHERE retracted").fetchall()
    assert found == [(f"PMID:{LOST}",)]


def damaged_store(out: Path) -> Iterator[str]:
    (out / STORE).write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
    yield "sicca.db"


def damaged_archive(out: Path) -> Iterator[str]:
    (out / ARCHIVE).write_bytes(b"\x1f\x8b\x08\x00" + b"junk" * 400)
    yield "archive.xml.gz"


def no_file(out: Path) -> Iterator[str]:
    (out / "tables").mkdir(exist_ok=True)
    shutil.rmtree(out / "tables")
    (out / "tables").write_bytes(b"")
    yield "tables"


@pytest.mark.parametrize("spoil", [damaged_store, damaged_archive, no_file])
def test_run_names_the_file_that_is_damaged(spoil: Callable[[Path], Iterator[str]], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Eutilities(records(2)) as server:
        run(config(tmp_path, server), out=out)
        (name,) = spoil(out)
        server.served |= {record.pmid: record for record in records(3)}
        with pytest.raises(SiccaError) as error:
            run(config(tmp_path, server), out=out)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


def test_run_names_the_host_that_has_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with Eutilities(records(2)) as server:
        settings = config(tmp_path, server)
        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with pytest.raises(SiccaError, match="could not reach"):
            run(settings, out=tmp_path / "out")
