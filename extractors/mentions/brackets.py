"""Names that begin or end inside a bracket, made whole: "HCV) infection" is "hepatitis C virus (HCV) infection"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from extractors.document import Document
from extractors.mentions.dictionary import NESTED
from extractors.mentions.long_forms import long_forms
from extractors.records import Mention, Span
from extractors.values import MentionType

Found = tuple[int, int, MentionType]
#: Each bracket that closes, and the one that opens it.
PAIRS = {")": "(", "]": "["}
#: What may stand behind a bracket that is left out.
BEHIND = " \n,.;:"
#: A short form in brackets behind a word, as it defines it.
ASIDE = re.compile(r"\s+[(\[]([^][()]*)[)\]](?=[\s-]|$)")


def whole(document: Document, found: Iterable[Found]) -> list[Found]:
    """Return the mentions with whole brackets, in text order, without the long form that has become part of a name.

    Brackets that have no partner are left out at the ends of a name. One that only opens is closed if the next letter
    closes it, and left out with what is in it where the article defines that as a short form. Where one only closes
    behind a short form, the name begins with the long form before it, or with the mention that ends there; where that
    is a list of several, or of another type, and where there is none, with the bracket. Other mentions stay as they
    are. Offsets are into the article's text.
    """
    found = list(found)
    if not any(any(_unmatched(document.text, (start, end))) for start, end, _ in found):
        return sorted(found)  # most articles have none: the long forms take longer to find
    trimmed = [(*_trim(document.text, start, end), kind) for start, end, kind in found]
    longs = long_forms(document)
    result, swallowed = [], set[Found]()
    for mention in trimmed:
        start, end, kind = mention
        before = _before(document.text, mention, longs)
        if before is None:
            result.append((*_closed(document.text, start, end, longs), kind))
            continue
        over = [m for m in trimmed if m[0] < before[1] and before[0] < m[1]]
        own = [m for m in over if m[2] is kind and m[0] <= before[0] and m[1] == before[1]]
        if any(m not in own and not (m[2] in NESTED.get(kind, ()) and before[0] <= m[0]) for m in over):
            result.append((*_closed(document.text, start, end, longs), kind))
            continue
        swallowed.update(own)
        result.append((min((before[0], *(m[0] for m in own))), end, kind))
    return sorted(mention for mention in set(result) if mention not in swallowed)


def _trim(text: str, start: int, end: int) -> Span:
    """Return a name's span without brackets at its ends whose partners it lacks; unchanged if that is all of it."""
    opened, closed = _unmatched(text, (start, end))
    first, last = start, end
    while last > start and (last - 1 in closed or text[last - 1] in BEHIND):
        last -= 1
    last = min((place for place in closed if place >= last), default=end)
    while first < last and (first in opened or text[first].isspace()):
        first += 1
    first = max((place + 1 for place in opened if place < first), default=start)
    kept = text[first:last].strip()
    return (text.index(kept, first), text.index(kept, first) + len(kept)) if kept else (start, end)


def _before(text: str, mention: Found, longs: Mapping[Span, Span]) -> Span | None:
    """Return the long form before a name that begins with its short form in brackets: "HCV) infection"."""
    start, end, _ = mention
    _, closed = _unmatched(text, (start, end))
    long = longs.get((start, closed[0])) if closed and closed[0] + 1 < end else None
    return long if long and text[long[1] : start].strip() in PAIRS.values() else None


def _closed(text: str, start: int, end: int, longs: Mapping[Span, Span]) -> Span:
    """Return a name with its brackets opened and closed beside it, or ended before a short form that it defines."""
    opened, closed = _unmatched(text, (start, end))
    if closed and text[start - 1 : start] == PAIRS[text[closed[0]]]:
        start -= 1
    if not opened:
        return start, end
    if any(short[0] == opened[-1] + 1 and long[1] <= opened[-1] for short, long in longs.items()):
        kept = text[start : opened[-1]].rstrip()
        return (start, start + len(kept)) if kept else (start, end)
    return (start, end + 1) if PAIRS.get(text[end : end + 1]) == text[opened[-1]] else (start, end)


def _unmatched(text: str, span: Span) -> tuple[list[int], list[int]]:
    """Return the offsets of the brackets that are not closed, and of those that were not opened."""
    opened: list[int] = []
    closed: list[int] = []
    for place in range(*span):
        if text[place] in PAIRS.values():
            opened.append(place)
        elif text[place] in PAIRS:
            if opened and text[opened[-1]] == PAIRS[text[place]]:
                opened.pop()
            else:
                closed.append(place)
    return opened, closed


def plain_names(mention: Mention, longs: Mapping[Span, Span]) -> Iterator[str]:
    """Yield a name without the short forms that it defines, then with each in its long form's place.

    "Hepatitis C virus (HCV) infection" is "hepatitis C virus infection" and "HCV infection". None where a short form in
    it stands for more than the name has ("etoposide (ICE) regimen"). `longs` are the article's, by its short forms.
    """
    text, offset = mention.text, mention.start
    asides = [(aside, longs.get((offset + aside.start(1), offset + aside.end(1)))) for aside in ASIDE.finditer(text)]
    defined = [(aside, long) for aside, long in asides if long]
    if any(long[0] < offset for _, long in defined):
        return
    plain, past = "", 0
    for aside, _ in defined:
        plain += text[past : aside.start()]
        past = aside.end()
    if defined:
        yield plain + text[past:]
    for aside, long in defined:
        yield text[: long[0] - offset] + aside[1] + text[aside.end() :]
