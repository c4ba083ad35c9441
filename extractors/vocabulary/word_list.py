"""Lists of words that are data: configs/vocabulary/<name>.txt, one entry a line."""

from __future__ import annotations

from importlib.resources import files


def read_words(name: str) -> tuple[str, ...]:
    """Return the lines of a list, without empty ones and comments, which begin with `#`."""
    lines = (files("configs") / "vocabulary" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
