"""Broken annotation files, whichever reader is asked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.errors import InputError
from pipeline.evaluation import combinations, gold

READERS = [gold.read, combinations.read]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"\xff\xfe", "cannot be read: not UTF-8"),
        (b"\n\n", "holds no "),
        (b"\n{", ":2: not a "),
        (b"{}", "is missing"),
        (b"[1]", ":1: not a "),
    ],
)
def test_broken_file_is_told_with_its_line(
    tmp_path: Path, read: Callable[[Path], object], content: bytes | None, fault: str
) -> None:
    path = tmp_path / "corpus.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as told:
        read(path)
    assert str(told.value).startswith(str(path))
    assert fault in str(told.value)
