"""Names that begin or end inside a bracket, made whole: "HCV) infection" is "hepatitis C virus (HCV) infection"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractors.document import Document
from extractors.mentions.dictionary import NESTED
from extractors.mentions.long_forms import long_forms
from extractors.records import Span
from extractors.values import MentionType

Found = tuple[int, int, MentionType]
#: Each bracket that closes, and the one that opens it.
PAIRS = {")": "(", "]": "["}
#: What may stand behind a bracket that is left out.
BEHIND = " \n,.;:"


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
    result, swallowed = set[Found](), set[Found]()
    for mention in trimmed:
        start, end, kind = mention
        long = _before(document.text, mention, longs)
        own = _namings(long, kind, trimmed) if long else None
        if long is None or own is None:
            result.add((*_closed(document.text, start, end, longs), kind))
        else:
            result.add((min((long[0], *(first for first, _, _ in own))), end, kind))
            swallowed.update(own)
    return sorted(result - swallowed)


def _namings(long: Span, kind: MentionType, found: Sequence[Found]) -> list[Found] | None:
    """Return the mentions of a type that name a long form and end with it; None where others stand there too.

    A molecule or cell in a drug or process is no other.
    """
    over = [m for m in found if m[0] < long[1] and long[0] < m[1]]
    own = [m for m in over if m[2] is kind and m[0] <= long[0] and m[1] == long[1]]
    nested = NESTED.get(kind, frozenset())
    others = [m for m in over if m not in own and not (m[2] in nested and long[0] <= m[0])]
    return None if others else own


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
