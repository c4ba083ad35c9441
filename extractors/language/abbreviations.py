"""Abbreviations an article defines: "long form (SF)" and "SF (long form)", and where they are used later.

The alignment of letters is scispaCy's (Schwartz & Hearst, 2003). What its detector gets wrong when it runs over a whole
text (scispaCy issues #188, #406, #410, #441) is kept from it: it is handed one bracket at a time, with words of the
same sentence only, whole hyphenated words, and only what looks like a short form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scispacy.abbreviation import AbbreviationDetector
from spacy.tokens import Doc

from extractors.language.occurrences import find_occurrences
from extractors.records import Sentence, Span

Definition = tuple[Span, Span]

#: A bracket without brackets of its own kind inside, and a bracket that holds one more.
BRACKET = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)|\[((?:[^\[\]]|\[[^\[\]]*\])*)\]")
#: What separates a short form from remarks in its bracket: "(pSS; 12 women)", "(RTX, 375 mg/m2)", "(SS or pSS)".
REMARK = re.compile(r"[;,:=]|\s(?:or|and|also|formerly|previously|n)\s|[(\[]")
#: Words that may come before a short form in its bracket.
LEAD = re.compile(r"^(?:(?:hereafter|henceforth|abbreviated|termed|called|named|or|the|as|to|referred|i\.e\.,?)\s+)+")
WORD = re.compile(r"\S+")
#: Short forms that stand beside any number; they are defined only where every letter begins a word.
STATISTICAL = frozenset({"SD", "SE", "SEM", "CI", "IQR", "OR", "HR", "RR", "NS", "NR", "MD", "SMD", "WMD", "AUC"})
#: Letter-by-letter, so that offsets stay: "TGF-β" is "transforming growth factor-beta".
GREEK = str.maketrans("αβγδεζηικλμτ", "abgdezeiklmt")
#: Words skipped when initials are compared.
SMALL_WORDS = frozenset({"of", "and", "the", "in", "for", "to", "with", "by", "on", "a", "an", "or", "from", "at"})
#: A capital that stands twice.
DOUBLED = re.compile(r"([A-Z])\1")
#: "regulatory T cells (Tregs)": one letter that stands after the word it is joined to.
INVERTED = re.compile(r"([TBM])([a-z]{2,5}?)s?")


def find_abbreviations(
    text: str, sentences: Iterable[Sentence], detector: AbbreviationDetector
) -> tuple[Definition, ...]:
    """Return (short form, long form) spans in text order, the first definition of each short form."""
    found: dict[str, Definition] = {}
    for sentence in sentences:
        if "(" not in (words := text[sentence.start : sentence.end]) and "[" not in words:
            continue
        for short, long in _definitions(text, sentence, detector):
            found.setdefault(_singular(text[slice(*short)]), (short, long))
    return tuple(sorted(found.values()))


def find_uses(text: str, definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """Return (use, long form) spans for each use of a defined short form outside its definition.

    Plural and singular of a short form are the same; the longest short form wins where one is part of another.
    """
    return _find_uses(text, tuple(definitions))


@lru_cache(maxsize=16)
def _find_uses(text: str, definitions: tuple[Definition, ...]) -> tuple[Definition, ...]:
    """Every recogniser asks for the uses of the same article anew."""
    table = {_singular(text[slice(*short)]): (short, long) for short, long in definitions}
    if not table:
        return ()
    uses = []
    for start, end, form in find_occurrences(text, table, plural=True):
        short, long = table[form]
        if start != short[0] and not long[0] <= start < long[1]:
            uses.append(((start, end), long))
    return tuple(uses)


def _definitions(text: str, sentence: Sentence, detector: AbbreviationDetector) -> Iterator[Definition]:
    for opening, content_start, content_end in _brackets(text, sentence.start, sentence.end):
        definition = _short_in_bracket(text, sentence.start, opening, (content_start, content_end), detector)
        definition = definition or _long_in_bracket(
            text, sentence.start, opening, (content_start, content_end), detector
        )
        if definition:
            yield definition


def _brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield (opening, content start, content end) of each bracket, the inner ones after the one they stand in."""
    for match in BRACKET.finditer(text, start, end):
        inside = match.span(1) if match.group(1) is not None else match.span(2)
        yield match.start(), *inside
        yield from _brackets(text, *inside)


def _short_in_bracket(
    text: str, start: int, opening: int, content: Span, detector: AbbreviationDetector
) -> Definition | None:
    """Read "long form (SF …)": the first part of the bracket that is a short form of the words before it."""
    for short_start, short_end in _parts(text, *content):
        short = text[short_start:short_end]
        if not _is_short_form(short):
            continue
        letters = sum(c.isalnum() for c in short)
        words = [m.span() for m in WORD.finditer(text, start, opening)][-min(letters + 5, letters * 2) :]
        while words and text[words[-1][0] : words[-1][1]].endswith((";", ":", ".")):
            words = []
        begin = _align(text, words, short, detector)
        if begin is not None:
            return (short_start, short_end), (begin, words[-1][1])
        inverted = _align_inverted(text, short, start, opening)
        if inverted:
            return (short_start, short_end), inverted
    return None


def _long_in_bracket(
    text: str, start: int, opening: int, content: Span, detector: AbbreviationDetector
) -> Definition | None:
    """Read "SF (long form …)": the long form is the start of the bracket, up to a comma or semicolon."""
    before = re.search(r"([^\s(\[,;]+)\s$", text[start:opening])
    if not before or not _is_short_form(before.group(1)) or before.group(1) in STATISTICAL:
        return None
    short = before.group(1)
    remark = re.search(r"[;,:=(\[]", text[slice(*content)])
    end = content[0] + remark.start() if remark else content[1]
    words = [m.span() for m in WORD.finditer(text, content[0], end)]
    letters = sum(c.isalnum() for c in short)
    if not words or words[-1][1] - words[0][0] <= len(short) or len(words) > letters + 5:
        return None
    for count in range(len(words), 0, -1):
        part = text[words[0][0] : words[count - 1][1]]
        if _initials(part).startswith(_letters(short)) and len(_initials(part)) == len(_letters(short)):
            words = words[:count]
            break
    if any(text[slice(*w)].lower() in {"is", "was", "were", "had", "are", "received", "n"} for w in words):
        return None
    if _align(text, words, short, detector) != words[0][0]:
        return None
    return (start + before.start(1), start + before.end(1)), (words[0][0], words[-1][1])


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretches of a bracket between remarks' marks, without lead words, quotes and blanks."""
    bounds = [(m.start(), m.end()) for m in REMARK.finditer(text, start, end)]
    begins = [start, *(b for _, b in bounds)]
    for begin, stop in zip(begins, [*(a for a, _ in bounds), end], strict=True):
        part = text[begin:stop].strip()
        begin = text.index(part, begin) if part else begin
        lead = LEAD.match(part)
        if lead:
            begin, part = begin + lead.end(), part[lead.end() :]
        bare = part.strip("'\"“”‘’")
        if bare:
            begin += part.index(bare)
            yield begin, begin + len(bare)


def _is_short_form(short: str) -> bool:
    """Whether it can be a short form at all: not an ordinary word, a number, a group's letter or a statistic."""
    words = short.split()
    if not 2 <= len(short) <= 16 or len(words) > 2 or not short[0].isalnum() or any(len(w) > 12 for w in words):
        return False
    letters = [c for c in short if c.isalpha()]
    if len(letters) < 2 or len(letters) * 2 < len(short) - sum(c in " -/" for c in short):
        return False
    if re.search(r"[<>=%*†‡±≥≤]", short) or any(re.fullmatch(r"\d+(?:\.\d+)?", w) for w in words[:1]):
        return False
    capitals = sum(c.isupper() or c in "αβγδκ" for c in short)
    if capitals == 0:
        return len(words) == 1 and len(letters) <= 4 and not re.search(r"[aeiouy]", short)
    if len(words) == 2 and re.fullmatch(r"[A-Z]?[a-z]{3,}", words[0]):
        return False
    return not re.fullmatch(r"[A-Z][a-z]{5,}|(?:Fig|Table|Day|Week|Group|Phase|Grade|Type|Arm|Part|Study)s?\b.*", short)


def _align(text: str, words: list[Span], short: str, detector: AbbreviationDetector) -> int | None:
    """Return where the long form begins in these words by scispaCy's alignment; None where there is no alignment.

    A doubled letter may stand for one word: "B-cell activating factor (BAFF)".
    """
    bare = "".join(c for c in short.translate(GREEK) if not c.isspace())
    for letters in dict.fromkeys((bare, DOUBLED.sub(r"\1", bare))):
        begin = _align_letters(text, words, letters, detector) if words else None
        if begin is not None:
            return begin
    return None


def _align_letters(text: str, words: list[Span], bare: str, detector: AbbreviationDetector) -> int | None:
    long_words = [text[slice(*w)].translate(GREEK) for w in words]
    letters = iter([letter.lower() for word in long_words for letter in word])
    if not all(letter.lower() in letters for letter in bare if letter.lower().isalnum()):
        return None  # the letters do not stand in this order, and no document need be made to find that out
    doc = Doc(detector.matcher.vocab, words=[*long_words, "(", bare, ")"])
    count = len(long_words)
    matches = detector.find_matches_for([(doc[:count], doc[count + 1 : count + 2])], doc)
    if not matches:
        return None
    first = matches[0][0].start
    begin = _after_prefix(text, words[first], bare)
    long = text[begin : words[-1][1]]
    return begin if _is_plausible(long, bare) else None


def _after_prefix(text: str, word: Span, short: str) -> int:
    """Return where the first word begins: after "anti-" in "anti-tumour necrosis factor (TNF)", after a bracket."""
    start, end = word
    for match in re.finditer(r"[^\W_]+", text[start:end]):
        if match.group()[0].lower().translate(GREEK) == short[0].lower():
            return start + match.start()
    return start


def _is_plausible(long: str, short: str) -> bool:
    """Refuse alignments by chance: too few letters that begin a word, or a long form that holds the short form."""
    if (
        re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long)
        or len(long) <= len(short)
        or long.endswith((",", ";", ":"))
    ):
        return False
    initials, letters = _initials(long), _letters(short)
    if short in STATISTICAL:
        return initials == letters
    words = [w for w in re.findall(r"[^\W_]+", long) if w.lower() not in SMALL_WORDS]
    if len(words) == 1:
        return len(letters) >= 2
    hits, position = 0, 0
    for letter in letters:
        at = initials.find(letter, position)
        if at >= 0:
            hits, position = hits + 1, at + 1
    return hits * 2 >= min(len(letters), len(words)) and len(words) <= 2 * len(letters) + 1 and hits * 3 >= len(words)


def _align_inverted(text: str, short: str, start: int, opening: int) -> Span | None:
    """Read "regulatory T cells (Treg)", whose letters stand in another order than its words."""
    match = INVERTED.fullmatch(short)
    if not match:
        return None
    letter, stem = match.groups()
    long = re.search(
        rf"(?<!\w)({stem}\w*\s{letter}(?:[\s-](?:cells?|lymphocytes?))?)\s*$", text[start:opening], re.IGNORECASE
    )
    return (start + long.start(1), start + long.end(1)) if long else None


def _initials(words: str) -> str:
    """Return the first letters of the words, hyphenated parts apart, small words left out."""
    parts = re.findall(r"[^\W_]+", words)
    return "".join(w[0].lower() for w in parts if w.lower() not in SMALL_WORDS).translate(GREEK)


def _letters(short: str) -> str:
    """Return the letters and digits of a short form without its plural s, in lower case."""
    return "".join(c for c in _singular(short) if c.isalnum()).lower().translate(GREEK)


def _singular(short: str) -> str:
    """Return "MSC" for "MSCs": an s after a capital or a small stem with a capital in it."""
    return short[:-1] if len(short) > 2 and short[-1] == "s" and any(c.isupper() for c in short[:-1]) else short
