"""Patterns that are searched for only where a word of theirs stands: most cues stand in few texts.

To look for a plain string in an abstract takes a fraction of a microsecond, a pattern of alternatives a hundred. From
each pattern the strings are read of which every match holds one; where the text holds none of them, nor does it match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]  # the standard library's parser has no stubs
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: Letters that match an ASCII one where case is ignored, beside its own two cases.
KIN = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"})
#: Shorter strings stand in nearly every text.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class CuePattern:
    """A compiled pattern; a text that it matches holds one of `needs`, folded, where there are any."""

    pattern: re.Pattern[str]
    needs: tuple[str, ...]

    def may_match(self, folded: str) -> bool:
        """Whether a text, given as `fold_case` returns it, can match at all."""
        for need in self.needs:  # written out, as it is asked some thousand times of an article
            if need in folded:
                return True
        return not self.needs

    def search(self, text: str, folded: str) -> re.Match[str] | None:
        """Return the first match in a text, which is also given as `fold_case` returns it."""
        return self.pattern.search(text) if self.may_match(folded) else None

    def finditer(self, text: str, folded: str) -> Iterator[re.Match[str]]:
        """Return the matches in a text, which is also given as `fold_case` returns it."""
        return self.pattern.finditer(text) if self.may_match(folded) else iter(())


@lru_cache(maxsize=256)
def fold_case(text: str) -> str:
    """Return the text with its letters in the one case that needs are kept in."""
    return text.lower() if text.isascii() else text.translate(KIN).lower()


def cue_pattern(source: str, flags: int = 0) -> CuePattern:
    """Compile a pattern."""
    return CuePattern(re.compile(source, flags), tuple(sorted(_needs(parser.parse(source, flags), "") or ())))


def _needs(items: Sequence[tuple[Any, Any]], run: str) -> frozenset[str] | None:
    """Return strings of which whatever the parsed items match holds one; `run` is what stands right before them."""
    found: list[frozenset[str]] = []
    for code, argument in items:
        if code is codes.LITERAL and argument < 128:
            run += chr(argument).lower()
            continue
        inner: frozenset[str] | None = None
        if code is codes.SUBPATTERN:
            inner = _needs(argument[3], run)
        elif code is codes.BRANCH:
            branches = [_needs(branch, run) for branch in argument[1]]
            known = [branch for branch in branches if branch is not None]
            inner = frozenset().union(*known) if len(known) == len(branches) else None
        elif code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT} and argument[0] > 0:
            inner = _needs(argument[2], run)
        found += [strings for strings in (inner, frozenset({run})) if strings and _shortest(strings) >= SHORTEST]
        run = ""
    if len(run) >= SHORTEST:
        found.append(frozenset({run}))
    return max(found, key=lambda strings: (min(_shortest(strings), 4), -len(strings)), default=None)


def _shortest(strings: frozenset[str]) -> int:
    return min(map(len, strings))
