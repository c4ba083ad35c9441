"""Files as input: folders in order, NLM's MD5 beside them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.errors import ConfigError, InputError
from pipeline import acquisition
from pipeline.config import Config, files_of
from pipeline.fetch.archive import Archive
from pipeline.run import run
from tests.eutilities.citations import article_set, citation

A, B = "990008001", "990008002"
CONTENT = article_set([citation(A)])
DIGEST = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("said", [f"MD5(a.xml)= {DIGEST}\n", f"{DIGEST}  a.xml\n", DIGEST.upper()])
def test_file_is_read_when_its_md5_is_right(tmp_path: Path, said: str) -> None:
    (tmp_path / "a.xml").write_bytes(CONTENT)
    (tmp_path / "a.xml.md5").write_text(said, encoding="ascii")
    with Archive(tmp_path / "archive.xml.gz") as archive:
        assert acquisition.from_file(tmp_path / "a.xml", archive).records == 1


@pytest.mark.parametrize(
    ("said", "line"), [(f"{'0' * 32}  a.xml\n", r"a\.xml: is not what a\.xml\.md5 says"), ("<html>", "holds no MD5")]
)
def test_file_is_refused_when_its_md5_is_not(tmp_path: Path, said: str, line: str) -> None:
    (tmp_path / "a.xml").write_bytes(CONTENT)
    (tmp_path / "a.xml.md5").write_text(said, encoding="ascii")
    with Archive(tmp_path / "archive.xml.gz") as archive:
        with pytest.raises(InputError, match=line):
            acquisition.from_file(tmp_path / "a.xml", archive)
        assert list(archive.current()) == []


def test_folder_is_read_in_the_order_of_the_names_every_time_anew(tmp_path: Path, quick: Callable[..., Config]) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "n0002.xml").write_bytes(article_set([f"<DeleteCitation><PMID>{A}</PMID></DeleteCitation>"]))
    (folder / "n0001.xml").write_bytes(CONTENT)
    (folder / "readme.txt").write_text("not ours", encoding="utf-8")
    config = quick('[input]\nfolder = "watched"\n')
    first = run(config, out=tmp_path / "out").manifest
    assert [source.name for source in first.sources] == ["n0001.xml", "n0002.xml"]
    assert first.articles == 0
    (folder / "n0003.xml").write_bytes(article_set([citation(B)]))
    assert run(config, out=tmp_path / "out").manifest.read == (("new", 1),)


def test_folder_without_files_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"holds no \*\.xml"):
        files_of(tmp_path)
    with pytest.raises(ConfigError, match="no such folder"):
        files_of(tmp_path / "none")
