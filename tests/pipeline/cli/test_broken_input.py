"""Whatever a user hands over: one clear line, exit status 1 or 2, no traceback, and the store as it was."""

import gzip
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from graphs.store import Store
from graphs.store.logical import lines
from pipeline.cli.main import main

XML = (
    '<?xml version="1.0" encoding="UTF-8"?><PubmedArticleSet><PubmedArticle><MedlineCitation>'
    '<PMID Version="1">990009001</PMID><Article><ArticleTitle>Rituximab in purpura.</ArticleTitle></Article>'
    "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
)
CONFIG = '[question]\ntitle = "Broken"\n[input]\nmedline = ["good.xml"]\n'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>990009001</PMID><Article><ArticleTitle>&b;</ArticleTitle>"
    "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)
OUTSIDE = BOMB.replace('"ha"', 'SYSTEM "file:///etc/hostname"')


def run_sicca(*words: str) -> int:
    """Run the command in this process and return its exit status; a traceback would be raised."""
    before = sys.argv
    sys.argv = ["sicca", *words]
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    finally:
        sys.argv = before
    return 0


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a good config, and a run of it under runs/good."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "good.xml").write_text(XML, encoding="utf-8")
    (folder / "good.toml").write_text(CONFIG, encoding="utf-8")
    assert run_sicca("run", str(folder / "good.toml"), "--out", str(folder / "runs/good"), "-q") == 0
    return folder


@pytest.fixture
def home(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the prepared folder, and the place the command is called from."""
    monkeypatch.chdir(shutil.copytree(prepared, tmp_path / "home"))
    return tmp_path / "home"


def content(home: Path) -> list[str]:
    with Store(home / "runs/good/sicca.db", readonly=True) as store:
        return list(lines(store.connection))


def file(name: str, content: bytes | str) -> Callable[[Path], None]:
    def write(home: Path) -> None:
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_bytes(content.encode() if isinstance(content, str) else content)

    return write


def folder(name: str) -> Callable[[Path], None]:
    return lambda home: (home / name).mkdir()


def nothing(_: Path) -> None:
    return


def newer_schema(home: Path) -> None:
    with Store(home / "newer.db"):
        pass
    connection = sqlite3.connect(home / "newer.db")
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    (home / "newer").mkdir()
    (home / "newer.db").rename(home / "newer/sicca.db")


def config(name: str, text: str) -> Callable[[Path], None]:
    return file(name, CONFIG + text)


FROM = ("run", "good.toml", "--from")
#: what is broken: (what makes it, the command's words, exit status, what the line must say)
BROKEN: dict[str, tuple[Callable[[Path], None], tuple[str, ...], int, str]] = {
    "truncated gzip": (file("x.gz", gzip.compress(XML.encode() * 50)[:-20]), (*FROM, "x.gz"), 1, "x.gz: gzip data is cut off"),
    "gzip of garbage": (file("x.gz", b"\x1f\x8b" + b"garbage" * 9), (*FROM, "x.gz"), 1, "x.gz: "),
    "web page saved as XML": (file("x.xml", "<html><body>503 Sorry</body></html>"), (*FROM, "x.xml"), 1, "x.xml: a web page"),
    "web page, not well-formed": (file("x.xml", "<!DOCTYPE html><html><br>Sorry"), (*FROM, "x.xml"), 1, "x.xml: "),
    "empty file": (file("x.xml", b""), (*FROM, "x.xml"), 1, "x.xml: "),
    "blank file": (file("x.xml", b" \n\n"), (*FROM, "x.xml"), 1, "x.xml: "),
    "cut-off XML": (file("x.xml", XML[:-60]), (*FROM, "x.xml"), 1, "x.xml: cut off"),
    "wrong encoding": (file("x.xml", XML.replace("purpura", "Sjögren").encode("latin-1")), (*FROM, "x.xml"), 1, "encoding"),
    "another kind of XML": (file("x.xml", "<records/>"), (*FROM, "x.xml"), 1, "its root is <records>"),
    "entity bomb": (file("x.xml", BOMB), (*FROM, "x.xml"), 1, "declares entities"),
    "external entity": (file("x.xml", OUTSIDE), (*FROM, "x.xml"), 1, "declares entities"),
    "zip archive": (file("x.xml", b"PK\x03\x04" + b"\0" * 60), (*FROM, "x.xml"), 1, "x.xml: "),
    "binary file": (file("x.xml", bytes(range(256))), (*FROM, "x.xml"), 1, "x.xml: "),
    "directory as input": (folder("x.xml"), (*FROM, "x.xml"), 1, "x.xml: "),
    "input that is not there": (nothing, (*FROM, "none.xml"), 1, "none.xml: "),
    "input under a file": (nothing, (*FROM, "good.xml/x.xml"), 1, "good.xml/x.xml: "),
    "config that is not there": (nothing, ("run", "none"), 1, "shipped ones: "),
    "config that is a directory": (folder("x.toml"), ("run", "x.toml"), 1, "x.toml: "),
    "config that is not UTF-8": (file("x.toml", b'[question]\ntitle = "\xff"\n'), ("run", "x.toml"), 1, "x.toml: "),
    "bad TOML": (file("x.toml", "[question\n"), ("run", "x.toml"), 1, "x.toml: not valid TOML"),
    "unknown key": (config("x.toml", "[extracton]\n"), ("run", "x.toml"), 1, "extracton: unknown key"),
    "wrong type": (config("x.toml", '[pubmed]\ntimeout = "soon"\n'), ("run", "x.toml"), 1, "pubmed.timeout"),
    "no records to read": (file("x.toml", CONFIG.split("[input]")[0]), ("run", "x.toml"), 1, "neither input.medline nor pubmed.query"),
    "unknown extractor": (config("x.toml", '[extraction]\nclaims = ["magic"]\n'), ("run", "x.toml", "--out", "o"), 1, "available: "),
    "extractor with a path": (config("x.toml", '[extraction]\nclaims = ["../x"]\n'), ("run", "x.toml", "--out", "o"), 1, "available: "),
    "unknown extractor option": (
        config("x.toml", "[extraction.options.dictionary]\nmagic = 1\n"), ("run", "x.toml", "--out", "o"), 1, "'magic' is not an option"),
    "option that is neither true nor false": (
        config("x.toml", '[extraction.options.courses]\nencoder = "false"\n'), ("run", "x.toml", "--out", "o"), 1,
        "courses.encoder: 'false' is neither true nor false"),
    "unknown option of courses": (
        config("x.toml", "[extraction.options.courses]\nmagic = 1\n"), ("run", "x.toml", "--out", "o"), 1, "known options: encoder"),
    "not a PubMed address": (
        file("x.toml", CONFIG.split("[input]")[0] + '[pubmed]\nbase_url = "ftp://x"\n[[pubmed.query]]\nname = "a"\nterm = "b"\n'),
        ("run", "x.toml", "--out", "o"), 1, "pubmed.base_url"),
    "out is a file": (nothing, ("run", "good.toml", "--out", "good.xml"), 1, "good.xml: "),
    "out under a file": (nothing, ("run", "good.toml", "--out", "good.xml/o"), 1, "good.xml/o: "),
    "out on a read-only file system": (nothing, ("run", "good.toml", "--out", "/proc/sicca"), 1, "/proc/sicca: "),
    "store that is no database": (
        file("o/sicca.db", "hello, I am not a database" * 40),
        ("run", "good.toml", "--out", "o"), 1, "o/sicca.db: "),
    "archive that is no archive": (
        file("o/archive.xml.gz", "hello"),
        ("run", "good.toml", "--out", "o"), 1, "o/archive.xml.gz: "),
    "store of a newer sicca": (newer_schema, ("run", "good.toml", "--out", "newer"), 1, "newer"),
    "JSON that is cut off": (file("x.jsonl", '{"id": "1", "title"'), ("extract", "x.jsonl", "-o", "o"), 1, "x.jsonl:1: not valid JSON"),
    "JSON without a title": (file("x.jsonl", '{"id": "1"}\n'), ("extract", "x.jsonl", "-o", "o"), 1, "x.jsonl:1: 'title'"),
    "PubTator without an abstract": (file("x.txt", "1|t|Title\n"), ("extract", "x.txt", "-o", "o"), 1, "no |a| line"),
    "text of no known format": (file("x.txt", "Dear editor\n"), ("extract", "x.txt", "-o", "o"), 1, "neither MEDLINE XML"),
    "output that cannot be written": (nothing, ("extract", "good.xml", "-o", "none/o"), 1, "none/o: cannot be written"),
    "gold that is not there": (nothing, ("evaluate", "none.jsonl"), 1, "none.jsonl: "),
    "gold that is no gold": (file("x.jsonl", "{}\n"), ("evaluate", "x.jsonl"), 1, "x.jsonl:1: not a gold document"),
    "run that is not there": (nothing, ("ask", "treatments", "--disease", "purpura", "--run", "none"), 1, "none: no such run"),
    "disease nobody knows": (nothing, ("ask", "treatments", "--disease", "qwertyitis"), 1, "qwertyitis"),
    "SQL that writes": (nothing, ("sql", "DELETE FROM article"), 1, ""),
    "SQL that is wrong": (nothing, ("sql", "SELEC 1"), 1, ""),
    "no command": (nothing, ("magic",), 2, "No such command 'magic'"),
    "no option": (nothing, ("run", "good.toml", "--magic"), 2, "No such option"),
    "no argument": (nothing, ("run",), 2, "Missing argument"),
    "zero jobs": (nothing, ("run", "good.toml", "--jobs", "0"), 2, "--jobs"),
    "unknown format": (nothing, ("extract", "good.xml", "-o", "o", "--format", "yaml"), 2, "--format"),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_broken_input_is_one_line_and_harms_nothing(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    broken: tuple[Callable[[Path], None], tuple[str, ...], int, str],
) -> None:
    prepare, words, status, says = broken
    prepare(home)
    before = content(home)
    capsys.readouterr()
    assert run_sicca(*words) == status
    error = capsys.readouterr().err
    told = [line for line in error.splitlines() if line.startswith("sicca: ")]
    assert len(told) == 1, error
    assert says in told[0]
    assert "Traceback" not in error
    assert content(home) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_broken_input_unreadable_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "x.xml").write_text(XML, encoding="utf-8")
    (home / "x.xml").chmod(0)
    assert run_sicca(*FROM, "x.xml") == 1
    assert "x.xml: " in capsys.readouterr().err


def test_broken_input_second_run_is_told_that_the_first_is_at_work(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with FileLock(home / "runs/good/run.lock"):
        assert run_sicca("run", "good.toml") == 1
    assert "another run is at work here" in capsys.readouterr().err


def test_broken_input_without_a_run_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_sicca("ask", "treatments", "--disease", "purpura") == 1
    assert "sicca run sample" in capsys.readouterr().err
