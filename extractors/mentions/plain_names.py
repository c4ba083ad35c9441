"""What a name with short forms in brackets is also called: "ciclosporin A (CsA)" is "ciclosporin A"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extractors.records import Mention, Span

#: A short form in brackets behind a word, as it defines it.
ASIDE = re.compile(r"\s+[(\[]([^][()]*)[)\]](?=[\s-]|$)")


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
