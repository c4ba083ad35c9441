"""What each short form of an article stands for: as defined, or longer where the alignment of letters fell short."""

from __future__ import annotations

import re

from extractors.document import Document
from extractors.language.abbreviations import find_uses
from extractors.records import Span

#: A word's letters, parts of hyphenated words apart.
WORD = re.compile(r"[^\W_]+")
#: Characters before a long form that are searched for more of its words.
BEFORE = 80


def long_forms(document: Document) -> dict[Span, Span]:
    """Return the span of the long form for each short form, where it is defined and wherever it is used."""
    text = document.text
    whole = {long: _whole(document, short, long) for short, long in document.abbreviations}
    uses = (*document.abbreviations, *find_uses(text, document.abbreviations))
    return {short: whole[long] for short, long in uses}


def _whole(document: Document, short: Span, long: Span) -> Span:
    """Return the long form, longer to the left where just then its words' initials are the short form's letters.

    The alignment of letters takes the fewest words: "sclerosis" for the SS of "systemic sclerosis (SS)".
    """
    text = document.text
    letters = "".join(c for c in text[slice(*short)].removesuffix("s").lower() if c.isalnum())
    home = document.sentence_at(long[0])
    sentence = home.start if home else long[0]
    begin = max(sentence, long[0] - BEFORE)
    words = [m for m in WORD.finditer(text, begin, long[1]) if m.start() > begin or begin == sentence]
    last = words[-len(letters) :]
    fits = len(last) == len(letters) and all(w.group()[0].lower() == c for w, c in zip(last, letters, strict=True))
    return (last[0].start(), long[1]) if fits and last[0].start() < long[0] else long
