"""CRAFT's dependency trees: the trees as annotated, and the raw text that they were made on."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import InputError
from extractors.records import Span


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence: its text, and for each word offsets into that text, part of speech, head (own index: root), label."""

    text: str
    spans: tuple[Span, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words as they stand in the text."""
        return tuple(self.text[start:end] for start, end in self.spans)


def read_craft(path: Path) -> dict[str, tuple[Tree, ...]]:
    """Return the trees of each article of `craft_conllu.tar.gz`, in the order of the article's id.

    Raises InputError where the archive holds no CoNLL-U file.
    """
    articles = {}
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if member.name.endswith(".conllu") and (stream := archive.extractfile(member)):
                lines = stream.read().decode("utf-8").split("\n")
                articles[Path(member.name).stem] = tuple(read_conllu(lines))
    if not articles:
        raise InputError(f"{path}: holds no .conllu file; give CRAFT's dependency trees as a .tar.gz")
    return articles


def read_conllu(lines: Sequence[str]) -> Iterator[Tree]:
    """Yield the sentences of CoNLL-U lines; the text is rebuilt from the words and their SpaceAfter."""
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if line.startswith("#"):
            continue
        if line.strip():
            rows.append(line.rstrip("\r").split("\t"))
        elif rows:
            yield _tree([row for row in rows if row[0].isdigit()])
            rows = []


def _tree(rows: list[list[str]]) -> Tree:
    text = ""
    spans = []
    for row in rows:
        spans.append((len(text), len(text) + len(row[1])))
        text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
    heads = tuple(i if int(row[6]) == 0 else int(row[6]) - 1 for i, row in enumerate(rows))
    labels = tuple("ROOT" if head == i else row[7] for i, (row, head) in enumerate(zip(rows, heads, strict=True)))
    return Tree(text.rstrip(), tuple(spans), tuple(row[4] for row in rows), heads, labels)
