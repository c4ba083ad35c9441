"""A spaCy tokenizer for abstracts: names of drugs, genes and cells begin and end where tokens do."""

from __future__ import annotations

import re

from spacy.tokens import Doc
from spacy.vocab import Vocab

#: One token each: dotted abbreviations (i.e., U.S.), numbers with their decimal or thousands marks (0·05, 10,000),
#: runs of letters and digits (CD20, β2, TNFα; combining accents belong to their letter), any other single character.
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?!\w)"
    r"|\d+(?:[.,·]\d+)+(?![^\W\d_])"
    r"|(?:[^\W_][\u0300-\u036f]*)+"
    r"|\S"
)


class AbstractTokenizer:
    """Splits at white space and at every hyphen, slash, bracket and sign; never inside a run of letters and digits.

    `doc.text == text` holds for any text: white space beyond a single blank becomes tokens of its own, as in spaCy.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize a text."""
        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for match in TOKEN.finditer(text):
            start, end = match.span()
            if start > position:
                _add_gap(text[position:start], words, spaces)
            words.append(match.group())
            spaces.append(False)
            position = end
        if position < len(text):
            _add_gap(text[position:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """Add the white space between two tokens: its first blank belongs to the token before, the rest is a token."""
    if words and gap[0] == " ":
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)
