"""Makes an article's mentions agree with one another: the same words, and an abbreviation and what it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from extractors.document import Document
from extractors.language.abbreviations import find_uses
from extractors.language.occurrences import find_occurrences
from extractors.records import Span
from extractors.values import MentionType

#: (start, end, type)
Found = tuple[int, int, MentionType]

#: Words shorter than this are not looked for elsewhere.
MINIMUM_LETTERS = 3
#: The part of its occurrences in which words must have been found to be taken for a mention in the others; set on the
#: dev splits.
MAJORITY = 0.25


def agree(document: Document, found: Iterable[Found]) -> list[Found]:
    """Return the mentions with those added that the same words, or the long form of an abbreviation, ask for."""
    text = document.article.text
    mentions = _with_short_forms(document, list(found))
    kinds: dict[str, Counter[MentionType]] = {}
    for start, end, kind in mentions:
        if end - start >= MINIMUM_LETTERS:
            kinds.setdefault(text[start:end], Counter())[kind] += 1
    if not kinds:
        return mentions
    taken = _Places(mentions)
    places: dict[str, list[Span]] = {}
    for start, end, form in find_occurrences(text, kinds):
        places.setdefault(form, []).append((start, end))
    for form, spans in places.items():
        free = [span for span in spans if not taken.touch(span)]
        ((kind, count),) = kinds[form].most_common(1)
        if count >= MAJORITY * (count + len(free)):
            for span in free:
                mentions.append((*span, kind))
                taken.add(span)
    return sorted(mentions)


def _with_short_forms(document: Document, mentions: list[Found]) -> list[Found]:
    """Give every use of a short form the type of its long form, where that is a mention."""
    kinds = {(start, end): kind for start, end, kind in mentions}
    definitions = document.abbreviations
    uses = [*definitions, *find_uses(document.article.text, definitions)]
    wanted = {short: kinds[long] for short, long in uses if long in kinds}
    places = _Places([(*span, kind) for span, kind in wanted.items()])
    others = [
        m for m in mentions if not places.touch((m[0], m[1])) or ((m[0], m[1]) not in wanted and _holds(m, wanted))
    ]
    taken = _Places(others)
    return sorted([*others, *((*span, kind) for span, kind in wanted.items() if not taken.touch(span))])


def _holds(mention: Found, wanted: Iterable[Span]) -> bool:
    """Whether a mention goes beyond the short form inside it ("RA flare")."""
    return any(mention[0] <= start and end <= mention[1] for start, end in wanted)


class _Places:
    """The characters that mentions take."""

    def __init__(self, mentions: Iterable[Found]) -> None:
        self._taken = {place for start, end, _ in mentions for place in range(start, end)}

    def touch(self, span: Span) -> bool:
        return not self._taken.isdisjoint(range(*span))

    def add(self, span: Span) -> None:
        self._taken.update(range(*span))
