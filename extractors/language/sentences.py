"""Sentence boundaries for abstracts: rules over the text, one passage at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extractors.cue_tables import read_table
from extractors.records import Passage, Sentence, Span

#: A mark that may end a sentence, what may close after it (quotes, brackets, a citation), and the gap to the next word.
CANDIDATE = re.compile(
    r"(?P<mark>[.!?]+)(?P<close>[\"'”’)\]]*(?:\s?\[\d[\d,\s–-]*\]|(?<=[a-z][.])\d{1,3}(?:[,–-]\d{1,3})*(?=\s[A-Z]))?)"
    r"(?P<gap>\s+|(?<=[a-z)\]%][.])(?=[A-Z][a-z]+[\s,]))(?=\S)"
)
#: The word before a mark, dots inside included ("i.e", "U.S").
WORD_BEFORE = re.compile(r"(?:[^\W_]|(?<=\w)[.'’-](?=\w))+$")
#: The word after the gap, without opening quotes and brackets.
WORD_AFTER = re.compile(r"[\"'“‘(\[]*([^\s,;:.()\[\]]+)")
#: What stands before the number of a numbered thing or a species: one capital.
INITIAL = re.compile(r"^[A-Z]$")
#: The first half of a decimal that has a blank in it: "P < 0. 05".
SPLIT_DECIMAL = re.compile(r"[<>=≤≥]\s?\d+$")
#: Names that begin with a small letter and yet may open a sentence: mTOR, pSS, siRNA, p53, β2-microglobulin, α4β7.
SMALL_NAME = re.compile(r"[a-z]{1,3}[A-Z]|[a-z]{1,2}\d|[α-ω]|[a-z]-[A-Z]")
#: The letter of a figure's panel, with which a sentence of a legend begins.
PANEL = re.compile(r"\([a-h](?:[,–-][a-h])?\)\s[A-Z]")
#: Brackets longer than this are taken for unbalanced, in characters.
LONGEST_BRACKET = 400


def split_sentences(text: str, passages: Iterable[Passage]) -> tuple[Sentence, ...]:
    """Return the sentences of the passages in order; white space at their ends is left out."""
    return tuple(
        Sentence(start, end, index)
        for index, passage in enumerate(passages)
        for start, end in _split(text, passage.start, passage.end)
    )


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    passage = text[start:end]
    brackets = _brackets(passage)
    begin = 0
    for match in CANDIDATE.finditer(passage):
        stop = match.start("gap")
        if any(opening < match.start("mark") < closing and stop <= closing for opening, closing in brackets):
            continue
        if _is_boundary(passage, begin, match):
            yield from _trimmed(text, start + begin, start + stop)
            begin = match.end("gap")
    yield from _trimmed(text, start + begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _brackets(passage: str) -> list[Span]:
    """Return the balanced brackets of the passage; a sentence does not end inside one."""
    pairs: list[Span] = []
    stack: list[tuple[str, int]] = []
    closing = {")": "(", "]": "["}
    for position, character in enumerate(passage):
        if character in "([":
            stack.append((character, position))
        elif character in closing and any(opening == closing[character] for opening, _ in stack):
            while stack:
                opening, begin = stack.pop()
                if opening == closing[character]:
                    break
            if position - begin <= LONGEST_BRACKET:
                pairs.append((begin, position))
    return pairs


def _is_boundary(passage: str, begin: int, match: re.Match[str]) -> bool:
    """Decide whether the mark ends a sentence, by the words on both sides of it."""
    blank = passage.rfind(" ", begin, match.start("mark")) + 1
    before = WORD_BEFORE.search(passage, max(begin, blank), match.start("mark"))
    word = before.group() if before else ""
    after = WORD_AFTER.match(passage, match.end("gap"))
    following = after.group(1) if after else ""
    closed = bool(match["close"])
    if match["mark"] != ".":
        return following[:1].isupper() or following[:1].isdigit() or bool(SMALL_NAME.match(following))
    rules = _abbreviations()
    if not closed:
        if word.lower() in rules["never"]:
            return False
        if word.lower() in rules["before_number"] and (following[:1].isdigit() or _is_roman(following)):
            return False
        if word.lower() in rules["before_name"] and following[:1].isupper():
            return following.lower() in rules["openers"]
        if INITIAL.match(word):
            return _ends_with_letter(passage, begin, before.start() if before else begin, following)
        if following[:1].isdigit() and SPLIT_DECIMAL.search(passage, begin, match.start("mark")):
            return False
    if following[:1].isupper() or following[:1].isdigit() or not following[:1].isalnum():
        return True
    return bool(SMALL_NAME.match(following) or PANEL.match(passage, match.end("gap")))


def _is_roman(word: str) -> bool:
    return bool(re.fullmatch(r"[IVX]+[A-Da-d]?", word))


def _ends_with_letter(passage: str, begin: int, at: int, following: str) -> bool:
    """Tell "hepatitis C. The …" (an end) from "E. coli" and "J. Smith" (none)."""
    if following.lower() in _abbreviations()["openers"]:
        return True
    before = re.search(r"([^\W_]+)[\s-]+$", passage[begin:at])
    if before is None:
        return passage[:at].endswith("°")
    return before.group(1).lower() in _abbreviations()["lettered"] and not following[:1].islower()


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """Read configs/cues/sentences.tsv: what a word means for the point after it."""
    rules: dict[str, set[str]] = {}
    for word, role in read_table("sentences", ("word", "role")):
        rules.setdefault(role, set()).add(word)
    return {role: frozenset(words) for role, words in rules.items()}
