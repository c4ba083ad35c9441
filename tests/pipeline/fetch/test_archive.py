"""The archive keeps every revision, byte for byte, and says so when it cannot."""

from __future__ import annotations

import gzip
import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import InputError
from pipeline.fetch import medline
from pipeline.fetch.archive import Archive
from pipeline.fetch.gzip_member import pack, read_header, unpack
from tests.eutilities.citations import article_set, citation

FIRST, SECOND = "990000001", "990000002"


def records(*xml: str) -> list[medline.Record]:
    return [item for item in medline.read(io.BytesIO(article_set(xml))) if isinstance(item, medline.Record)]


def pmids(archive: Archive) -> list[str]:
    return [revision.pmid for revision in archive.current()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.xml.gz"


def test_archive_gives_back_the_bytes(path: Path) -> None:
    xml = citation(FIRST, title="Odd&#160;<i>quotes</i>").replace('"Print"', "'Print'")
    with Archive(path) as archive:
        assert [archive.put(record) for record in records(xml, citation(SECOND))] == [True, True]
        assert archive.read(archive.find(FIRST)) == xml.encode()
    with Archive(path, read_only=True) as archive:
        assert pmids(archive) == [FIRST, SECOND]
        assert FIRST in archive
        assert "990000003" not in archive
        revision = archive.find(FIRST)
        assert archive.read(revision) == xml.encode()
        assert revision.sha256 == hashlib.sha256(xml.encode()).hexdigest()
        assert medline.parse(archive.read(revision), name=revision.name).title == "Odd quotes"
    assert gzip.decompress(path.read_bytes()) == (xml + citation(SECOND)).encode()


def test_archive_keeps_revisions_by_version_and_date(path: Path) -> None:
    old, new = citation(FIRST, revised="2020-01-01"), citation(FIRST, revised="2024-12-31")
    other = new.replace("Drymouth", "Dryeye")
    later = citation(FIRST, revised="2021-01-01", pmid_version=2)
    undated = new.replace("<DateRevised><Year>2024</Year><Month>12</Month><Day>31</Day></DateRevised>", "")
    with Archive(path) as archive:
        assert [archive.put(r) for r in records(new, old, other, later, undated, old, other)] == [True] * 5 + [
            False
        ] * 2
    with Archive(path) as archive:
        names = [r.name for r in archive.revisions(FIRST)]
        assert names[:3] == [f"{FIRST}.1.undated", f"{FIRST}.1.2020-01-01", f"{FIRST}.1.2024-12-31"]
        assert names[3].startswith(f"{FIRST}.1.2024-12-31-")
        assert names[4] == f"{FIRST}.2.2021-01-01"
        contents = [undated, old, new, other, later]
        assert [archive.read(archive.find(FIRST, name=name)) for name in names] == [xml.encode() for xml in contents]
        assert archive.read(archive.find(FIRST)) == later.encode()
        assert [revision.name for revision in archive.current()] == names[-1:]
        assert not archive.put(records(other)[0])


def test_archive_marks_withdrawn_records_until_they_come_again(path: Path) -> None:
    first, second = records(citation(FIRST), citation(SECOND))
    with Archive(path) as archive:
        assert not archive.delete(FIRST)
        archive.put(first)
        archive.put(second)
        assert [archive.delete(pmid) for pmid in (FIRST, FIRST, "990000003", "no PMID")] == [True, False, False, False]
    with Archive(path) as archive:
        assert archive.deleted() == (FIRST,)
        assert pmids(archive) == [SECOND]
        assert archive.read(archive.find(FIRST)) == first.xml
        assert archive.put(first)
        assert archive.deleted() == ()
        assert not archive.put(first)
    with Archive(path, read_only=True) as archive:
        assert archive.deleted() == ()
        assert pmids(archive) == [FIRST, SECOND]


def test_archive_of_the_same_records_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with Archive(tmp_path / name) as archive:
            for record in records(citation(FIRST), citation(SECOND), citation(FIRST)):
                archive.put(record)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_archive_survives_a_kill_at_any_byte(path: Path) -> None:
    with Archive(path) as archive:
        archive.put(records(citation(FIRST))[0])
        archive.flush()
        whole = path.stat().st_size
        archive.put(records(citation(SECOND))[0])
    content = path.read_bytes()
    for cut in (0, 3, 10, 40, 60, whole - 1, whole, whole + 1, whole + 12, whole + 50, whole + 300, len(content) - 1):
        path.write_bytes(content[:cut])
        expected = (FIRST,) if cut >= whole else ()
        with Archive(path, read_only=True) as archive:
            assert pmids(archive) == [*expected]
        with Archive(path) as archive:
            assert pmids(archive) == [*expected]
            assert archive.dropped_bytes == cut - (whole if cut >= whole else 0)
            archive.put(records(citation(SECOND))[0])
        with Archive(path, read_only=True) as archive:
            assert pmids(archive) == [*expected, SECOND]
            assert archive.read(archive.find(SECOND)) == citation(SECOND).encode()


def test_archive_names_the_damaged_revision(path: Path) -> None:
    with Archive(path) as archive:
        for record in records(citation(FIRST), citation(SECOND)):
            archive.put(record)
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF
    path.write_bytes(content)
    with Archive(path, read_only=True) as archive:
        assert archive.read(archive.find(SECOND)) == citation(SECOND).encode()
        with pytest.raises(InputError, match=rf"archive.xml.gz: {FIRST}.1.2024-05-06 is damaged; remove"):
            archive.read(archive.find(FIRST))


@pytest.mark.parametrize(
    "content", [b"plain text, much longer than a header " * 9, b"short", gzip.compress(b"other"), bytes(99)]
)
def test_archive_refuses_other_files_and_leaves_them_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(InputError, match=r"archive.xml.gz: not an archive of sicca's"):
            Archive(path, read_only=read_only)
    assert path.read_bytes() == content


def test_archive_says_what_it_lacks(path: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        Archive(path, read_only=True)
    with pytest.raises(InputError, match="Is a directory"):
        Archive(tmp_path)
    with Archive(path) as archive:
        archive.put(records(citation(FIRST))[0])
        for pmid, name in ((SECOND, None), (FIRST, f"{FIRST}.1.1999-01-01"), ("abc", None)):
            with pytest.raises(InputError, match=rf"no revision .*of PMID {pmid}; archived: "):
                archive.find(pmid, name=name)


def test_archive_takes_one_writer_and_any_readers(path: Path) -> None:
    with Archive(path) as archive:
        archive.put(records(citation(FIRST))[0])
        archive.flush()
        with pytest.raises(InputError, match="another run is writing this archive"):
            Archive(path)
        with Archive(path, read_only=True) as reader:
            assert pmids(reader) == [FIRST]


@given(content=st.binary(max_size=2000), rest=st.binary(max_size=20))
def test_gzip_member_packs_and_knows_its_size(content: bytes, rest: bytes) -> None:
    member = pack("1.1.undated.xml", content)
    header = read_header(member + rest)
    assert header is not None
    digest = hashlib.sha256(content).hexdigest()
    assert (header.name, header.size, header.sha256) == ("1.1.undated.xml", len(member), digest)
    assert unpack(member) == gzip.decompress(member) == content
