"""What a PubMed file may hold, and what becomes of it."""

from __future__ import annotations

import gzip
import io
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.records import Article
from pipeline.fetch import medline
from tests.eutilities.citations import PROLOG, article_set, book, citation

FIRST, SECOND, THIRD = "990000001", "990000002", "990000003"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};">' for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    + "]><PubmedArticleSet>&h;</PubmedArticleSet>"
)


def read(*records: str) -> list[medline.Item]:
    return list(medline.read(io.BytesIO(article_set(records))))


def read_one(record: str) -> Article:
    (item,) = read(record)
    assert isinstance(item, medline.Record)
    return item.article


def error_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        list(medline.read(path))
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


@pytest.mark.parametrize("packed", [False, True])
def test_read_takes_plain_and_gzip_whatever_the_name(tmp_path: Path, packed: bool) -> None:
    content = article_set([citation(FIRST), citation(SECOND)])
    path = tmp_path / ("records.xml" if packed else "records.xml.gz")
    path.write_bytes(gzip.compress(content) if packed else content)
    assert [a.pmid for a in medline.read_articles(path)] == [FIRST, SECOND]
    with path.open("rb") as stream:
        assert [a.pmid for a in medline.read_articles(stream)] == [FIRST, SECOND]


def test_read_follows_gzip_members_and_byte_order_mark(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + article_set([citation(FIRST), citation(SECOND)])
    path = tmp_path / "two.gz"
    path.write_bytes(gzip.compress(content[:900]) + gzip.compress(content[900:]))
    assert [a.pmid for a in medline.read_articles(path)] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("content", "pmids"),
    [
        (citation(FIRST), [FIRST]),
        (PROLOG.replace("PubmedArticleSet", "PubmedArticle") + citation(FIRST), [FIRST]),
        (f"<MedlineCitationSet><MedlineCitation><PMID>{FIRST}</PMID></MedlineCitation></MedlineCitationSet>", [FIRST]),
        (f"<MedlineCitation><PMID>{FIRST}</PMID><Article/></MedlineCitation>", [FIRST]),
        ("<PubmedArticleSet/>", []),
        ("<PubmedArticleSet></PubmedArticleSet>", []),
    ],
    ids=["bare article", "bare article with DTD", "citation set", "bare citation", "empty set", "empty set, open"],
)  # fmt: skip
def test_read_takes_sets_and_single_records(content: str, pmids: list[str]) -> None:
    assert [a.pmid for a in medline.read_articles(io.BytesIO(content.encode()))] == pmids


def test_read_yields_deletions_and_counts_what_it_skips() -> None:
    deletion = f'<DeleteCitation><PMID Version="1">{SECOND}</PMID><PMID Version="1">{THIRD}</PMID></DeleteCitation>'
    nameless = citation(SECOND).replace(f'<PMID Version="1">{SECOND}</PMID>', "")
    items = read(citation(FIRST), book("990000077"), nameless, citation(FIRST), deletion)
    assert items[1:3] == [medline.Skipped("book", "990000077", FIRST), medline.Skipped("no PMID", None, FIRST)]
    assert items[4] == medline.Deletion((SECOND, THIRD))
    assert [i.repeated for i in items if isinstance(i, medline.Record)] == [False, True]


@pytest.mark.parametrize("number", ["", "abc", "0", "-5", "12345678901", "１２３"])
def test_read_takes_no_other_text_for_a_pmid(number: str) -> None:
    (item,) = read(citation(FIRST).replace(f'<PMID Version="1">{FIRST}</PMID>', f"<PMID>{number}</PMID>"))
    assert item == medline.Skipped("no PMID", None, None)


def test_read_gives_the_bytes_of_the_file() -> None:
    odd = citation(FIRST).replace("<Volume>12<", "<!-- a comment --><Volume>&#49;2<").replace('"Print"', "'Print'")
    items = read(citation(SECOND), odd, book("990000077"), citation(THIRD))
    records = [i for i in items if isinstance(i, medline.Record)]
    assert [r.xml.decode() for r in records] == [citation(SECOND), odd, citation(THIRD)]
    assert [medline.parse(r.xml) for r in records] == [r.article for r in records]


@pytest.mark.parametrize(
    "content",
    [
        f"<PubmedArticleSet><!-- {citation(SECOND)} -->{citation(FIRST)}</PubmedArticleSet>".encode(),
        b"<PubmedArticleSet>" + citation(FIRST)[:-1].encode() + b" ></PubmedArticleSet>",
        f"<PubmedArticleSet>{citation(FIRST)}</PubmedArticleSet>".encode("utf-16"),
        f'<?xml version="1.0" encoding="ISO-8859-1"?><PubmedArticleSet>{citation(FIRST, title="Sjögren")}'
        "</PubmedArticleSet>",
        f'<PubmedArticleSet xmlns:m="http://www.w3.org/1998/Math/MathML">{citation(FIRST, title="<m:mi>x</m:mi>")}'
        "</PubmedArticleSet>",
    ],
    ids=["record in a comment", "blank in end tag", "UTF-16", "Latin-1", "namespace on the root"],
)  # fmt: skip
def test_read_gives_xml_that_stands_alone(content: bytes | str) -> None:
    source = content.encode("latin-1") if isinstance(content, str) else content
    (item,) = medline.read(io.BytesIO(source))
    assert isinstance(item, medline.Record)
    assert item.article.pmid == FIRST
    assert medline.parse(item.xml) == item.article


def test_parse_refuses_what_is_no_article() -> None:
    for xml in (book("990000077").encode(), b"<PubmedArticle/>", b"<html/>", b"no xml", b"", PROLOG.encode()):
        with pytest.raises(InputError, match=r"^PMID 990000077 of archive: "):
            medline.parse(xml, name="PMID 990000077 of archive")


WHOLE = article_set([citation(FIRST), citation(SECOND)])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (gzip.compress(b""), "empty"),
        (WHOLE[:-600], f"cut off at line 5, after PMID {FIRST}; fetch the file again"),
        (WHOLE[:-3], f"cut off at line 6, after PMID {SECOND}; fetch the file again"),
        (WHOLE[:60], "no root element in its first 60 bytes"),
        (gzip.compress(WHOLE)[:-300], "gzip data is cut off or damaged"),
        (gzip.compress(WHOLE)[:5], "gzip data is cut off or damaged"),
        (gzip.compress(WHOLE)[:100] + b"\x00" * 50 + gzip.compress(WHOLE)[150:], "gzip data is cut off or damaged"),
        (b"\x1f\x8b but no gzip", "gzip data is cut off or damaged"),
        (b"PK\x03\x04 a zip archive", "a zip archive; unpack it first"),
        (b"<!DOCTYPE html><html><head><title>502</title></head><body>Bad Gateway</body></html>", "a web page"),
        (b"<html><body><p>Too many requests<br></body></html>", "a web page"),
        (b"<eSearchResult><Count>0</Count></eSearchResult>", "another kind of XML (its root is <eSearchResult>)"),
        (b'{"error": "API rate limit exceeded"}', "not well-formed XML"),
        (b"PMID- 990000001\nTI  - MEDLINE format, not XML\n", "not well-formed XML"),
        (b"<?xml version='1.0'?><!-- " + b"x" * 1_100_000, "no root element"),
        (WHOLE.replace(b"patients", b"pati\xe9nts", 1), "bytes that are not in the encoding it declares"),
        (WHOLE.replace(b"<Volume>12</Volume>", b"<Volume>12</Issue>", 1), "not well-formed XML"),
        (WHOLE.replace(b"P &lt; 0.05", b"P < 0.05", 1), "not well-formed XML"),
        (WHOLE.replace(b"drug dries", b"drug&nbsp;dries", 1), "entity &nbsp; is not defined"),
        (BOMB.encode(), "declares entities in its DOCTYPE"),
        (
            b'<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file:///etc/hostname">]><PubmedArticleSet>&x;</PubmedArticleSet>',
            "declares entities in its DOCTYPE",
        ),
        (
            b'<!DOCTYPE PubmedArticleSet [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]><PubmedArticleSet/>',
            "declares entities in its DOCTYPE",
        ),
    ],
)  # fmt: skip
def test_read_says_in_a_line_what_is_wrong(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "broken.xml.gz"
    path.write_bytes(content)
    assert expected in error_of(path)


def test_read_names_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    assert "Is a directory" in error_of(tmp_path)
    assert "No such file" in error_of(tmp_path / "nowhere.xml")


def test_read_yields_what_came_before_the_damage() -> None:
    items = medline.read(io.BytesIO(WHOLE[:-600]))
    first = next(items)
    assert isinstance(first, medline.Record)
    assert first.article.pmid == FIRST
    with pytest.raises(InputError, match=f"after PMID {FIRST}"):
        next(items)


def test_read_closes_the_file_when_it_is_left_early(tmp_path: Path) -> None:
    path = tmp_path / "records.xml"
    path.write_bytes(article_set(citation(str(990000001 + n)) for n in range(500)))
    items = medline.read(path)
    next(items)
    items.close()  # type: ignore[attr-defined] # a generator; an open file would be a ResourceWarning, thus an error


def test_read_gives_up_on_a_record_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.fetch.xml_stream.LARGEST_RECORD", 1 << 20)
    content = article_set([citation(FIRST)] * 600)  # all of it is larger, but no record is
    assert len(list(medline.read(io.BytesIO(content)))) == 600
    nameless = citation(FIRST).replace(f'<PMID Version="1">{FIRST}</PMID>', "")
    deletion = "<DeleteCitation>" + f"<PMID>{SECOND}</PMID>" * 9_000 + "</DeleteCitation>"
    assert len(list(medline.read(io.BytesIO(article_set([*[nameless] * 600, *[deletion] * 9]))))) == 609
    endless = PROLOG.encode() + b"<PubmedArticleSet><PubmedArticle>" + b"<Author/>" * 200_000
    with pytest.raises(InputError, match="1 MB without the end of a record"):
        list(medline.read(io.BytesIO(endless)))


def test_read_forgets_what_it_has_yielded() -> None:
    """The elements of a million records at the root would fill the memory, empty or not."""

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.number = 0

        def read(self, _: int = -1) -> bytes:
            self.number += 1
            return (
                PROLOG.encode() + b"<PubmedArticleSet>"
                if self.number == 1
                else citation(str(990000000 + self.number)).encode()
            )

    items = medline.read(Endless())  # type: ignore[arg-type] # a read is all it takes
    pmids = [
        replace(item.article).pmid
        for item, _ in zip(items, range(3000), strict=False)
        if isinstance(item, medline.Record)
    ]
    assert len(pmids) == len(set(pmids)) == 3000
    items.close()  # type: ignore[attr-defined]
