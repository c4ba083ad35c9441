"""Spellings of one name, folded to one form: case, accents, ae/e, Greek letters, hyphens, plurals, numerals.

A name becomes a tuple of pieces. Pieces end where letters meet digits or Greek, so that "IL-6", "IL6" and "IL 6" are
one name, and hyphens, slashes, apostrophes and blanks between pieces do not count.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

#: A run of letters, or of digits, with the accents that belong to them; Greek letters stand alone.
PIECE = re.compile(r"[α-ωΑ-Ω]|\d+|(?:(?![α-ωΑ-Ω])[^\W\d_][\u0300-\u036f]*)+")
#: The same, of a text of ASCII characters only.
PLAIN_PIECE = re.compile(r"\d+|[A-Za-z]+")
#: What may stand between the pieces of one name.
JOINT = re.compile(r"(?:['’´`]s(?!\w)|[-‐-―−/'’´` \u00a0\u2009\u202f]|[\u0300-\u036f])*")
#: Greek letters by their names; the two forms of sigma and the micro sign are one.
GREEK = {
    letter: unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda")
    for letter in "αβγδεζηθικλμνξοπρστυφχψω"
}
#: Words after which a Roman numeral is a number ("type II cryoglobulinaemia").
NUMBERED = frozenset({"type", "class", "grade", "stage", "phase", "factor", "angiotensin"})
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
#: British (and older) spellings of Greek and Latin stems, and the American one.
AMERICAN = (("ae", "e"), ("oed", "ed"), ("oes", "es"), ("foet", "fet"), ("rrhoe", "rrhe"), ("leuco", "leuko"))
#: Short forms, with or without a plural's s: their letters are not those of words (AE is no e, MS no plural).
SHORT_FORM = re.compile(r"([A-Z]{2,4})s?")
#: Words of up to this length keep their final s: too many are no plurals (gas, ras, was).
SHORT_WORD = 3
#: Endings in s that mark no plural: lupus, arthritis, illness.
NO_PLURAL = ("us", "is", "ss")


@cache
def spellings() -> Mapping[str, str]:
    """Return the words that the rules would fold wrongly or not at all (configs/vocabulary/spellings.tsv)."""
    lines = (files("configs") / "vocabulary" / "spellings.tsv").read_text(encoding="utf-8").splitlines()
    return {row["spelling"]: row["folded"] for row in csv.DictReader(lines, delimiter="\t")}


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the folded pieces of a text with their offsets in it (end exclusive), all that is no letter left out."""
    before = ""
    for match in (PLAIN_PIECE if text.isascii() else PIECE).finditer(text):
        start, end = match.span()
        folded = fold_piece(match.group())
        if folded == "s" and start and text[start - 1] in "'’´`":
            continue  # the possessive: Sjögren's
        if before in NUMBERED and folded in ROMAN and match.group().isupper():
            folded = ROMAN[folded]
        yield folded, start, end
        before = folded


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> tuple[str, ...]:
    """Return the folded pieces of a name.

    >>> fold("Sjögren's syndrome") == fold("Sjogren syndromes")
    True
    >>> fold("Type-II cryoglobulinæmia") == fold("type 2 cryoglobulinemias")
    True
    >>> fold("TNF-α")
    ('tnf', 'alpha')
    """
    return tuple(piece for piece, _, _ in pieces(name))


@cache
def fold_piece(piece: str) -> str:
    """Return one piece without case, accents, British diphthongs and the plural's ending."""
    if piece.isdigit():
        return piece
    small = piece.lower().replace("ς", "σ").replace("µ", "μ")
    if small in GREEK:
        return GREEK[small]
    plain = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
    plain = plain.replace("ß", "ss").replace("æ", "ae").replace("œ", "oe").replace("ø", "o").replace("ł", "l")
    if known := spellings().get(plain):
        return known
    if short := SHORT_FORM.fullmatch(piece):
        return short.group(1).lower()
    plain = _american(plain if piece.isupper() and len(piece) > 1 else _singular(plain))
    return spellings().get(plain, plain)


def _singular(word: str) -> str:
    if len(word) <= SHORT_WORD or not word.endswith("s") or word.endswith(NO_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("uses", "sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _american(word: str) -> str:
    """Return the American spelling; "aerobic" and "aerosol" are spelled alike everywhere."""
    if word.startswith("aero"):
        return word
    for british, american in AMERICAN:
        word = word.replace(british, american)
    return re.sub(r"is(ation|ed|ing)$", r"iz\1", word)
