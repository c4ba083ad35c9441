"""Which way a measure went under one treatment against another: features of a sentence for a trained direction model.

The words are taken with their roles: I for the treatment asked about, C for what it is compared with, O for the
measure. Numbers count by what they say (a p value below 0.05, an interval across 1, the larger of two), not as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

#: Features are hashed into 2^BITS places.
BITS = 16
#: Letters that stand for a word's stem.
STEM = 6
#: Stems of words that name the comparator, or the treated group, where no name does.
CONTROL = frozenset({"contro", "placeb", "usual", "standa", "conven", "sham"})
TREATED = frozenset({"interv", "experi", "active", "study", "treate"})
#: Stems of words that say which way.
COMPARATIVES = frozenset(
    {
        "higher", "lower", "greate", "longer", "shorte", "less", "more", "fewer", "better", "worse", "increa", "decrea",
        "reduct", "reduce", "improv", "declin", "superi",
    }
)  # fmt: skip
#: Stems of words whose place beside the arms tells something.
TELLING = (*sorted(COMPARATIVES), "signif", "differ", "simila", "than")
#: Stems of no use to skip-grams.
EMPTY = frozenset(
    {
        "the", "of", "a", "an", "in", "with", "and", "or", "for", "to", "by", "on", "at", "from", "versus", "vs", "was",
        "were", "group", "groups", "mg", ",", ".", "(", ")",
    }
)  # fmt: skip
#: The level below which a p value is called significant.
SIGNIFICANT = 0.05
#: Words between an arm and its number.
NEAR = 8

_P_VALUE = re.compile(r"\bp\s*[-=<>≤≥]?\s*([<>=≤≥])?\s*(0?[.·]\d+)")
_INTERVAL = re.compile(
    r"(?:ci|confidence interval)\D{0,12}(-?\d+(?:[.·]\d+)?)\s*(?:to|-|–|−|,|;)\s*(-?\d+(?:[.·]\d+)?)"
)
_RATIO = re.compile(r"\b(hr|or|rr|ratio|risk|odds|hazard|irr)\b")
WORD = re.compile(r"\w+")
_DENIED = re.compile(r"\bns\b|not significant|no significant|non-?significant")


def roles_of(words: Sequence[str], treatment: str, comparator: str, measure: str) -> list[str]:
    """Return the role of each lower-case word, by the words that the three names share with the text."""
    own = [frozenset(w[:STEM] for w in re.findall(r"\w+", name.lower())) - EMPTY for name in (treatment, comparator)]
    measured = {w[:STEM] for w in re.findall(r"\w+", measure.lower())}
    roles = []
    for word in words:
        stem = word[:STEM]
        if stem in own[0] - own[1]:
            roles.append("I")
        elif stem in own[1] - own[0] or (stem in CONTROL and stem not in own[0]):
            roles.append("C")
        elif stem in TREATED and stem not in own[1]:
            roles.append("i")
        else:
            roles.append("O" if stem in measured and len(stem) > 2 else "")
    return roles


@lru_cache(maxsize=1 << 14)
def control_role(word: str) -> str:
    """Return C for a word that names a control group, i for one that names the treated group, else nothing."""
    stem = word[:STEM]
    return "C" if stem in CONTROL else "i" if stem in TREATED else ""


def direction_features(text: str, words: Sequence[str], roles: Sequence[str], measure: str) -> npt.NDArray[np.int32]:
    """Return the places of a sentence's features in the hashed space, sorted, each once; `text` is in lower case."""
    units = _units(words, roles)
    solid = [u for u in units if u not in EMPTY]
    facts = {*_facts(text, words, roles, units, solid), *(f"o={w[:STEM]}" for w in WORD.findall(measure.lower()))}
    codes = {crc32(fact.encode()) for fact in facts}.union(_runs(units), _skips(solid))
    return np.array(sorted({code >> (32 - BITS) for code in codes}), np.int32)


def _runs(units: Sequence[str]) -> Iterator[int]:
    """Yield the CRCs of the units and of what two and three in a row are, joined by "_"; one goes on from the other."""
    whole = [unit.encode() for unit in units]
    begun = [crc32(unit + b"_") for unit in whole]
    yield from map(crc32, whole)
    yield from map(crc32, whole[1:], begun)
    yield from map(
        crc32, whole[2:], [crc32(unit + b"_", before) for before, unit in zip(begun, whole[1:], strict=False)]
    )


def _skips(units: Sequence[str]) -> Iterator[int]:
    """Yield the CRCs of each unit and the next but one, joined by "~"."""
    return (crc32(f"{a}~{b}".encode()) for a, b in zip(units, units[2:], strict=False))


def _facts(text: str, words: Sequence[str], roles: Sequence[str], units: list[str], solid: list[str]) -> Iterator[str]:
    first = {arm: units.index(arm) if arm in units else -1 for arm in ("<I>", "<C>")}
    order = "".join(arm[1] for arm, _ in sorted((f for f in first.items() if f[1] >= 0), key=lambda f: f[1]))
    present = set(units)
    for stem in TELLING:
        if stem in present:
            place = units.index(stem)
            sides = "".join("-" if at < 0 else "<" if at < place else ">" for at in first.values())
            yield f"{stem} {order} {sides}"
    levels, told = _statistics(text)
    yield f"p {levels}"
    yield f"p {levels} {order}"
    yield from told
    values = {arm: value for arm in "IC" if (value := _value(words, roles, arm)) is not None}
    if len(values) == 2:
        larger = "I" if values["I"] > values["C"] else "C" if values["I"] < values["C"] else "="
        yield f"larger {larger}"
        yield f"larger {larger} {levels}"
    yield from _comparative(units, solid, levels)


@lru_cache(maxsize=256)
def _statistics(text: str) -> tuple[str, tuple[str, ...]]:
    """Return how significant a sentence says things are, and what else its statistics tell; for all its claims."""
    levels = "+".join(sorted({_significance(*m.groups()) for m in _P_VALUE.finditer(text)})) or "none"
    told = ["not significant"] if _DENIED.search(text) else []
    null = 1.0 if _RATIO.search(text) else 0.0
    told += [f"interval {_side(_number(low), _number(high), null)}" for low, high in _INTERVAL.findall(text)]
    return levels, tuple(told)


def _units(words: Sequence[str], roles: Sequence[str]) -> list[str]:
    """Return the words as stems, arms and measure as their roles, each run of a role as one."""
    units: list[str] = []
    for word, role in zip(words, roles, strict=True):
        unit = "0" if word[0].isdigit() else f"<{role.upper()}>" if role else word[:STEM]
        if not (role and units and units[-1] == unit):
            units.append(unit)
    return units


def _comparative(units: list[str], solid: list[str], levels: str) -> Iterator[str]:
    word = next((u for u in solid if u in COMPARATIVES), None)
    if word is None:
        return
    at = units.index(word)
    after = next((u for u in units[at + 1 : at + 14] if u in {"<I>", "<C>"}), "-")
    before = next((u for u in reversed(units[:at]) if u in {"<I>", "<C>"}), "-")
    than = next((u for u in units[units.index("than") + 1 :] if u in {"<I>", "<C>"}), "-") if "than" in units else "~"
    yield f"{word} {before} {after} {than}"
    yield f"{word} before {before}"
    yield f"{word} after {after}"
    yield f"{word} than {than}"
    yield f"first {word}"
    yield f"first {word} {levels}"


def _value(words: Sequence[str], roles: Sequence[str], arm: str) -> float | None:
    """Return the number that stands next after an arm's name, or else next before it."""
    for at, role in enumerate(roles):
        if role == arm:
            for places in (range(at + 1, min(len(words), at + 1 + NEAR)), range(at - 1, max(0, at - NEAR), -1)):
                for i in places:
                    if words[i][0].isdigit() and words[i - 1] not in {"n", "=", "p"}:
                        return _number(words[i])
    return None


def _number(text: str) -> float:
    match = re.match(r"-?\d*(?:[.·]\d+)?", text)
    digits = match.group().replace("·", ".") if match else ""
    return float(digits) if digits not in {"", "-"} else 0.0


def _significance(comparator: str | None, value: str) -> str:
    number = _number(value)
    significant = number < SIGNIFICANT or (comparator in {"<", "≤"} and number <= SIGNIFICANT)
    return "significant" if significant and comparator not in {">", "≥"} else "not"


def _side(low: float, high: float, null: float) -> str:
    return "across" if low <= null <= high else "below" if high < null else "above"
