"""Documents for `extract` and `evaluate`: MEDLINE XML, JSON lines or PubTator, from a file or standard input."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.errors import InputError
from extractors.language.sections import flat_article
from extractors.records import Article
from pipeline.fetch import medline

#: A PubTator text line: document id, t (title) or a (abstract), text.
PUBTATOR_LINE = re.compile(r"^([^|\t]+)\|([ta])\|(.*)$")


def read(name: str) -> Iterator[Article]:
    """Yield the documents of a file, in its order; `-` is standard input.

    Raises InputError that names file and line.
    """
    if name == "-":
        yield from _read_lines("standard input", sys.stdin.buffer.read())
        return
    path = Path(name)
    try:
        with path.open("rb") as stream:
            head = stream.read(2)
        opener = gzip.open if head == b"\x1f\x8b" else open
        with opener(path, "rb") as stream:
            start = stream.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
        if start.startswith(b"<") or not start:
            yield from medline.read_articles(path)
            return
        with opener(path, "rb") as stream:
            content = stream.read()
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be read: {reason}") from error
    yield from _read_lines(str(path), content)


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
