"""Says of a relation in a sentence whether it is denied, and whether it is stated, supposed or only looked into.

Cues and how far each carries are data: configs/cues/negation.tsv and certainty.tsv. A cue carries forward (or, as in
"was unaffected", backward) over its reach and never across a terminator ("but", "whereas"): the idea of NegEx
(Chapman et al. 2001), applied to the words that state the relation instead of to the name of a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.assertion.phrases import Hit, Phrases, longest
from extractors.cue_tables import read_table
from extractors.errors import ConfigError
from extractors.values import Certainty

SCOPES = frozenset({"forward", "backward", "sentence", "none"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that denies or weakens; `certainty` is None for a denial."""

    phrase: str
    scope: str
    reach: int
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A cue at words[start:end]."""

    cue: Cue
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a relation is asserted, and the cues that say so."""

    negated: bool = False
    certainty: Certainty = Certainty.ASSERTED
    negation: Found | None = None
    hedge: Found | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """The cues and terminators of one sentence, found once for all its relations."""

    cues: tuple[Found, ...]
    terminators: tuple[int, ...]

    def judge(self, start: int, end: int) -> Assertion:
        """Return how the relation stated by words[start:end] is asserted."""
        reaching = [f for f in self.cues if self._reaches(f, start, end)]
        negation = next((f for f in reaching if f.cue.certainty is None), None)
        hedges = [f for f in reaching if f.cue.certainty is not None]
        # An aim outweighs a conjecture: "to investigate whether X may cause Y" asks, it does not suppose.
        hedge = next((f for f in hedges if f.cue.certainty is Certainty.INVESTIGATED), next(iter(hedges), None))
        certainty = (hedge and hedge.cue.certainty) or Certainty.ASSERTED
        return Assertion(negation is not None, certainty, negation, hedge)

    def _reaches(self, found: Found, start: int, end: int) -> bool:
        if found.cue.scope == "sentence":
            return True
        if found.cue.scope == "backward":
            gap = range(end, found.start)
            near = found.start >= start and len(gap) <= found.cue.reach
        else:
            gap = range(found.end, start)
            near = found.end <= end and len(gap) <= found.cue.reach
        return near and not any(i in gap for i in self.terminators)


class AssertionReader:
    """Finds the cues of configs/cues/ in a sentence."""

    def __init__(self) -> None:
        self._cues = _read_cues()
        self._phrases = Phrases(cue.phrase for cue in self._cues)
        self._terminators = frozenset(word for (word,) in read_table("negation_terminators", ("word",)))

    def scan(self, words: Sequence[str]) -> Scan:
        """Return the cues that stand in the lower-case words of a sentence."""
        hits: list[Hit] = list(longest(self._phrases.find(words)))
        cues = (Found(self._cues[h.index], h.start, h.end) for h in hits)
        ends = tuple(i for i, word in enumerate(words) if word in self._terminators)
        return Scan(tuple(f for f in cues if f.cue.scope != "none"), ends)


def _read_cues() -> tuple[Cue, ...]:
    denials = tuple(
        Cue(phrase, _scope(scope, "negation"), int(reach))
        for phrase, scope, reach in read_table("negation", ("cue", "scope", "reach"))
    )
    hedges = []
    for phrase, certainty, scope, reach in read_table("certainty", ("cue", "certainty", "scope", "reach")):
        grade = None if certainty == "none" else Certainty(certainty)
        hedges.append(Cue(phrase, _scope(scope, "certainty"), int(reach), grade))
    return denials + tuple(hedges)


def _scope(name: str, table: str) -> str:
    if name not in SCOPES:
        raise ConfigError(f"configs/cues/{table}.tsv: {name!r} is not a scope; known: {', '.join(sorted(SCOPES))}")
    return name
