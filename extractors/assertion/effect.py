"""Which way an effect went, by the words of the sentence (configs/cues/effect.tsv)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.assertion.phrases import Hit, Phrases, longest
from extractors.cue_tables import read_table
from extractors.values import Effect, Predicate


@dataclass(frozen=True, slots=True)
class EffectCue:
    """The effect read, and the words[start:end] that tell it."""

    effect: Effect
    start: int
    end: int


class EffectReader:
    """Finds the words that tell the effect of a claim."""

    def __init__(self) -> None:
        rows = read_table("effect", ("predicate", "cue", "effect", "weight"))
        self._rows: dict[Predicate, list[tuple[str, Effect, int]]] = {}
        for predicate, phrase, effect, weight in rows:
            self._rows.setdefault(Predicate(predicate), []).append((phrase, Effect(effect), int(weight)))
        self._phrases = {p: Phrases(phrase for phrase, _, _ in own) for p, own in self._rows.items()}
        #: The cues of a sentence are the same for all its claims.
        self._hits = lru_cache(maxsize=256)(self._find)

    def read(self, predicate: Predicate, words: Sequence[str], start: int, end: int) -> EffectCue | None:
        """Return the effect of a claim stated by words[start:end]; None where no cue tells it."""
        if predicate not in self._rows:
            return None
        rows = self._rows[predicate]
        hits = self._hits(predicate, tuple(words))
        ranked = sorted(hits, key=lambda h: (-rows[h.index][2], max(start - h.end, h.start - end, 0), h.start))
        return next((EffectCue(rows[h.index][1], h.start, h.end) for h in ranked), None)

    def _find(self, predicate: Predicate, words: tuple[str, ...]) -> tuple[Hit, ...]:
        return longest(self._phrases[predicate].find(words))

    def has_effect(self, predicate: Predicate) -> bool:
        """Say whether claims of the predicate carry an effect."""
        return predicate in self._rows
