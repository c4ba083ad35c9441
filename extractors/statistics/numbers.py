"""Numbers as abstracts write them: 1,234, 0·05, .03, 12 176, "twenty-nine", "one hundred and thirty-four"."""

from __future__ import annotations

import re

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES = {"hundred": 100, "thousand": 1000}

_small = "|".join(sorted(UNITS, key=len, reverse=True))
_tens = "|".join(TENS)
_below_hundred = rf"(?:(?:{_tens})(?:[-\s](?:{_small}))?|(?:{_small}))"
_below_thousand = rf"(?:(?:{_small}|a)[-\s]hundred(?:[-\s](?:and[-\s])?{_below_hundred})?|{_below_hundred})"
#: A number in words; not a part of a longer word.
WORDS = rf"(?:(?<![\w-])(?i:{_below_thousand}(?:[-\s]thousand(?:[-\s](?:and[-\s])?{_below_thousand})?)?)(?![\w]))"
#: A whole number in digits: thousands in groups (comma, thin or no-break space), never a part of another number.
WHOLE = r"(?:(?<![\w.·,])\d{1,3}(?:[,\u2009\u202f\u00a0]\d{3})+(?![\d·]|\.\d)|(?<![\w.·])\d+(?![\d·]|[.,]\d))"
#: Any number in digits, with a decimal point, mid-dot or nothing before the point.
_thousands = r"(?:\d{1,3}(?:[,\u2009\u202f\u00a0]\d{3})+|\d+)"
DECIMAL = (
    rf"(?:(?<![\d.·]){_thousands}(?:[.·]\d+)?(?![\d·]|[.]\d|,\d{{3}}(?!\d))"
    r"|(?<![\w.·])[.·]\d+(?!\d))"
)
#: The same with a sign: hyphen, minus, en dash or plus right before it.
SIGNED = rf"(?:(?<![\w.])[-−–+]\s?)?{DECIMAL}"
#: A whole number in digits or words.
COUNT = rf"(?:{WHOLE}|{WORDS})"
#: A power of ten after a number: × 10−8, x10(-9), e-5.
POWER = r"(?:\s?[×x*]\s?10\s?\^?\(?\s?[-−–]\s?\d+\)?|[eE][-−–]\d+)"


def parse_number(text: str) -> float:
    """Return the value of what one of this module's patterns matched; raises ValueError for anything else."""
    bare = text.strip().lower()
    if bare[:1].isalpha():
        return float(_parse_words(bare))
    power = 0
    match = re.search(r"(?:\s?[×x*]\s?10\s?\^?\(?\s?|e)[-−–]\s?(\d+)\)?$", bare)
    if match:
        power = -int(match.group(1))
        bare = bare[: match.start()]
    digits = re.sub(r"[,\u2009\u202f\u00a0\s]", "", bare).replace("·", ".")
    for minus in "−–":
        digits = digits.replace(minus, "-")
    return float(f"{float(digits)}e{power}") if power else float(digits)


def _parse_words(words: str) -> int:
    total = current = 0
    for word in re.split(r"[-\s]+", words):
        if word == "and":
            continue
        if word == "hundred":
            current = max(current, 1) * SCALES[word]
        elif word == "thousand":
            total, current = total + max(current, 1) * SCALES[word], 0
        elif word == "a":
            current += 1
        elif word in UNITS or word in TENS:
            current += UNITS.get(word, 0) + TENS.get(word, 0)
        else:
            raise ValueError(f"{words!r} is not a number")
    return total + current
