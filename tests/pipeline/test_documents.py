import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractors.errors import InputError
from pipeline import documents
from tests.eutilities.citations import article_set, book, citation

JSON_LINES = '{"id": "D1", "title": "Of Sjögren", "abstract": "One. Two."}\n\n{"id": "D2", "title": "Bare"}\n'
PUBTATOR = "17|t|A title\n17|a|An abstract | with a bar.\n17\t0\t7\tA title\tDisease\tD000001\n\n18|t|Next\n18|a|\n"


def write(folder: Path, content: str, name: str = "input") -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_documents_reads_json_lines_with_and_without_abstract(tmp_path: Path) -> None:
    first, second = documents.read(write(tmp_path, JSON_LINES))
    assert (first.id, first.text) == ("D1", "Of Sjögren\nOne. Two.")
    assert (second.id, second.abstract) == ("D2", "")


def test_documents_reads_gzip_whatever_the_name(tmp_path: Path) -> None:
    path = tmp_path / "plain.jsonl"
    path.write_bytes(gzip.compress(JSON_LINES.encode()))
    assert [d.id for d in documents.read(str(path))] == ["D1", "D2"]


def test_documents_reads_pubtator_and_ignores_annotations(tmp_path: Path) -> None:
    first, second = documents.read(write(tmp_path, PUBTATOR))
    assert first.text == "A title\nAn abstract | with a bar."
    assert second.text == "Next\n"


def test_documents_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(JSON_LINES.encode())))
    assert [d.id for d in documents.read("-")] == ["D1", "D2"]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("hello\n", "neither MEDLINE XML nor JSON lines nor PubTator"),
        ('{"id": "D1", "title": "A"\n', ":1: not valid JSON"),
        ('{"id": "D1", "title": "A"}\n[1]\n', ":2: a line must be an object"),
        ('{"id": 7, "title": "A"}\n', ":1: 'id' is missing or not a string"),
        ('{"id": "D1"}\n', ":1: 'title' is missing"),
        ('{"id": "D1", "title": "A", "abstract": 3}\n', "'abstract' is not a string"),
        ("17|t|A title\n18|t|B\n", "document 17 has no |a| line"),
        ("17|a|An abstract\n", "without its |t| line"),
        ("17|t|A title\n", "document 17 has no |a| line"),
        ("<html><body>Sorry</body></html>", "web page"),
    ],
)
def test_documents_names_file_and_line_of_what_is_wrong(tmp_path: Path, content: str, part: str) -> None:
    name = write(tmp_path, content)
    with pytest.raises(InputError) as error:
        list(documents.read(name))
    assert str(error.value).startswith(name)
    assert part in str(error.value)


def test_documents_count_what_gives_no_article(tmp_path: Path) -> None:
    parts = [citation("990008001"), book("990008002"), "<DeleteCitation><PMID>990008003</PMID></DeleteCitation>"]
    path = tmp_path / "a.xml"
    path.write_bytes(article_set(parts))
    found = documents.Documents(str(path))
    assert [article.id for article in found] == ["PMID:990008001"]
    assert dict(found.left_out) == {"book": 1, "withdrawn by NLM": 1}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_documents_read_medline_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    content = io.BytesIO(pack(article_set([citation("990008001")])))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=content))
    assert [article.id for article in documents.read("-")] == ["PMID:990008001"]


def test_documents_name_standard_input_where_its_xml_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.BytesIO(article_set([citation("990008001")])[:-30])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=content))
    with pytest.raises(InputError, match="standard input: cut off"):
        list(documents.read("-"))
