"""Where words stand in a text: what a pattern of alternatives finds, without a pattern compiled for each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def find_occurrences(text: str, forms: Iterable[str], *, plural: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, form) of each form that stands in the text as whole words, from left to right.

    The longest form wins where several begin, and none begins inside another. `plural` takes in an s that follows.
    """
    found = []
    for form in forms:
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            if not _joins(text, start - 1):
                if plural and text[end : end + 1] == "s" and not _joins(text, end + 1):
                    found.append((start, -len(form), end + 1, form))
                elif not _joins(text, end):
                    found.append((start, -len(form), end, form))
            start = text.find(form, start + 1)
    taken = 0
    for start, _, end, form in sorted(found):
        if start >= taken:
            yield start, end, form
            taken = end


def _joins(text: str, place: int) -> bool:
    """Whether a letter, digit or underscore stands at a place."""
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] == "_")
