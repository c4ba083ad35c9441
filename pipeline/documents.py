"""Documents for `extract` and `evaluate`: MEDLINE XML, JSON lines or PubTator, from a file or standard input."""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from extractors.errors import InputError
from extractors.language.sections import flat_article
from extractors.records import Article
from pipeline.fetch import medline

#: First bytes of gzip (RFC 1952).
GZIP_MAGIC = b"\x1f\x8b"
#: A PubTator text line: document id, t (title) or a (abstract), text.
PUBTATOR_LINE = re.compile(r"^([^|\t]+)\|([ta])\|(.*)$")


class Documents:
    """The documents of a file, `-` for standard input; once they are read, `left_out` counts what gave none.

    Iteration raises InputError that names file and line.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.left_out: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Article]:
        if self.name == "-":
            yield from self._of_content("standard input", sys.stdin.buffer.read())
            return
        path = Path(self.name)
        try:
            with path.open("rb") as stream:
                packed = stream.read(2) == GZIP_MAGIC
            opener = gzip.open if packed else open
            with opener(path, "rb") as stream:
                start = stream.read(512)
            if not _is_xml(start):
                with opener(path, "rb") as stream:
                    content = stream.read()
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(f"{path}: cannot be read: {reason}") from error
        yield from self._of_medline(path) if _is_xml(start) else _read_lines(str(path), content)

    def _of_content(self, name: str, content: bytes) -> Iterator[Article]:
        if content.startswith(GZIP_MAGIC):
            try:
                content = gzip.decompress(content)
            except (OSError, EOFError, zlib.error) as error:
                raise InputError(f"{name}: gzip data is cut off or damaged ({error})") from error
        if content.strip() and _is_xml(content[:512]):
            yield from self._of_medline(_Named(content, name))
        else:
            yield from _read_lines(name, content)

    def _of_medline(self, source: Path | BinaryIO) -> Iterator[Article]:
        for item in medline.read(source):
            if isinstance(item, medline.Record):
                yield item.article
            elif isinstance(item, medline.Deletion):
                self.left_out["withdrawn by NLM"] += len(item.pmids)
            else:
                self.left_out[item.reason] += 1


class _Named(io.BytesIO):
    """Bytes in memory that errors call by name."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


def read(name: str) -> Iterator[Article]:
    """Yield the documents of a file, in its order; `-` is standard input.

    Raises InputError that names file and line.
    """
    return iter(Documents(name))


def _is_xml(start: bytes) -> bool:
    """Whether a file that begins so is read as XML; an empty one is, for the sake of the error."""
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") or not start


def _read_lines(name: str, content: bytes) -> Iterator[Article]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 (byte {error.start}); convert it first") from error
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise InputError(f"{name}: empty; expected MEDLINE XML, JSON lines or PubTator")
    if first.lstrip().startswith("{"):
        yield from _read_json(name, lines)
    elif PUBTATOR_LINE.match(first):
        yield from _read_pubtator(name, lines)
    else:
        raise InputError(f"{name}: neither MEDLINE XML nor JSON lines nor PubTator; its first line is {first[:60]!r}")


def _read_json(name: str, lines: list[str]) -> Iterator[Article]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{name}:{number}: not valid JSON: {error.msg}") from error
        yield flat_article(*_fields(document, f"{name}:{number}"))


def _fields(document: Any, where: str) -> tuple[str, str, str]:
    if not isinstance(document, dict):
        raise InputError(f"{where}: a line must be an object with id, title and abstract")
    for key in ("id", "title"):
        if not isinstance(document.get(key), str):
            raise InputError(f"{where}: {key!r} is missing or not a string")
    abstract = document.get("abstract") or ""
    if not isinstance(abstract, str):
        raise InputError(f"{where}: 'abstract' is not a string")
    return document["id"], document["title"], abstract


def _read_pubtator(name: str, lines: list[str]) -> Iterator[Article]:
    title: tuple[str, str] | None = None
    for number, line in enumerate(lines, start=1):
        match = PUBTATOR_LINE.match(line.rstrip("\r"))
        if not match:
            continue
        key, part, text = match.groups()
        if part == "t":
            if title:
                raise InputError(f"{name}:{number}: document {title[0]} has no |a| line")
            title = key, text
        elif title is None or title[0] != key:
            raise InputError(f"{name}:{number}: |a| line of {key} without its |t| line before it")
        else:
            yield flat_article(key, title[1], text)
            title = None
    if title:
        raise InputError(f"{name}: document {title[0]} has no |a| line")
