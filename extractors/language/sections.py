"""The passages of an abstract that came as one string: its section labels are in the text."""

from __future__ import annotations

import re
from functools import cache

from extractors.cue_tables import read_table
from extractors.records import Article, Passage


def flat_article(key: str, title: str, abstract: str) -> Article:
    """Return an article whose passages are the title and the labelled parts of a flat abstract.

    Title and abstract are kept to the letter, so that offsets are those of the input. A label counts at the start of
    the abstract or of a sentence ("… in all. RESULTS: …"), in capitals or with a capital, from the list in
    configs/cues/sections.tsv, after the labels NLM prints.
    """
    start = len(title) + 1
    labels = [(m.start(1), m.end(), m.group(1)) for m in _pattern().finditer(abstract)]
    bounds = [*(begin for begin, _, _ in labels), len(abstract)]
    passages = [Passage(0, len(title))]
    if abstract[: bounds[0]].strip():
        passages.append(_passage(abstract, 0, bounds[0], start))
    for (_, begin, label), end in zip(labels, bounds[1:], strict=True):
        if abstract[begin:end].strip():
            passages.append(_passage(abstract, begin, end, start, label=label))
    return Article(key, title, abstract, passages=tuple(passages))


def _passage(abstract: str, begin: int, end: int, start: int, *, label: str | None = None) -> Passage:
    """Return the stretch without the white space around it, in offsets of the article's text."""
    part = abstract[begin:end]
    first = begin + len(part) - len(part.lstrip())
    last = begin + len(part.rstrip())
    return Passage(start + first, start + last, label=label, category=category_of(label) if label else None)


def category_of(label: str) -> str | None:
    """Return NLM's category of a label that authors print ("PATIENTS AND METHODS"); None for one that is not listed."""
    return _categories().get(label.upper())


@cache
def _categories() -> dict[str, str]:
    return {row[0]: row[1] for row in read_table("sections", ("label", "category"))}


@cache
def _pattern() -> re.Pattern[str]:
    labels = sorted(_categories(), key=lambda label: (-len(label), label))
    spellings = "|".join(f"{re.escape(label)}|{re.escape(label.capitalize())}|{_titled(label)}" for label in labels)
    return re.compile(rf"(?:^|(?<=[.!?)\]] ))({spellings})\s?: ?")


def _titled(label: str) -> str:
    """Return "Patients and Methods" for PATIENTS AND METHODS, as a pattern."""
    small = {"AND", "OF", "THE", "IS"}
    return " ".join(re.escape(word.lower() if word in small else word.capitalize()) for word in label.split())
