"""Annotated corpora as JSON lines: a document a line, with errors that name file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from extractors.errors import InputError

Item = TypeVar("Item")


def read_lines(path: Path, parse: Callable[[dict[str, Any]], Item], what: str) -> tuple[Item, ...]:
    """Return what `parse` makes of each line, blank ones left out; `what` is the name of one item ("gold document").

    Raises InputError that names the file and, where a line is at fault, the line and what is wrong with it.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError(f"{path}: cannot be read: {reason}") from error
    items = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            items.append(parse(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            fault = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise InputError(f"{path}:{number}: not a {what}: {fault}") from error
    if not items:
        raise InputError(f"{path}: holds no {what}")
    return tuple(items)
