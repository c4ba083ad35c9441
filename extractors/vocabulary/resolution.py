"""From words and a type to one concept, or to none, with the reason and what else was possible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.values import MentionType
from extractors.vocabulary import compiled, rewording
from extractors.vocabulary.compiled import SAID, Candidate, CompiledVocabulary
from extractors.vocabulary.folding import fold
from extractors.vocabulary.keys import is_short_form
from extractors.vocabulary.lexicon import Name
from extractors.vocabulary.rewording import AS_WRITTEN, Rewordings
from extractors.vocabulary.vocabulary import Vocabulary, curated

#: Short forms of fewer letters name too much to be linked without a definition.
SHORTEST = 3
#: Types whose headings are looked at before the lexicon's synonyms.
HEADED = frozenset({MentionType.DRUG, MentionType.DISEASE})
#: A short form that may look like a word: ICE is no ice.
CAPITALS = re.compile(r"[A-Z]{2,4}")
#: Up to this trust a protein's name may be found without the words around it ("c-myc expression", not "STAT proteins").
WELL_KNOWN = 2
#: Species and cell lines are not reworded: "mouse" is no "rat".
REWORDED = frozenset({MentionType.DRUG, MentionType.DISEASE, MentionType.CELL, MentionType.PROTEIN})


@dataclass(frozen=True, slots=True)
class Resolution:
    """What words were taken to mean. `curie` is None where they were left unlinked; `reason` says why either way."""

    curie: str | None
    name: str
    reason: str
    #: (CURIE, name, why not) of the concepts not taken.
    others: tuple[tuple[str, str, str], ...] = ()


class Resolver:
    """Looks words up in the curated lexicons, then in the compiled vocabulary, reworded more and more."""

    def __init__(self, curated: Vocabulary, compiled: CompiledVocabulary, rewordings: Rewordings) -> None:
        self._curated, self._compiled, self._rewordings = curated, compiled, rewordings
        self._curie = {xref: c.curie for c in curated.concepts() for xref in c.xrefs if xref not in curated}
        self._kept: dict[tuple[str, MentionType], Resolution] = {}
        self.heading = lru_cache(maxsize=MAX_KEPT)(self._heading)

    def resolve(self, words: str, kind: MentionType) -> Resolution:
        """Return what the words mean as a mention of this type."""
        known = self._kept.get((words, kind))
        if known is None:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            known = self._kept[words, kind] = self._resolve(words, kind)
        return known

    def _heading(self, words: str, kind: MentionType) -> Candidate | None:
        """Return the published heading whose own name these words are, if just one of this type is.

        Only drugs and diseases have headings that the lexicon's synonyms cut across.
        """
        if kind not in HEADED:
            return None
        own = [c for c in self._compiled.headings(fold(words)) if kind in c.types and c.curie not in self._curie]
        return own[0] if len(own) == 1 else None

    def is_own_name(self, words: str, curie: str) -> bool:
        """Whether a curated concept is called by these words, rather than only grouped under it by a synonym."""
        return curie in self._curated and fold(self._curated.concept(curie).name) == fold(words)

    def _resolve(self, words: str, kind: MentionType) -> Resolution:
        pieces = fold(words)
        if not pieces:
            return Resolution(None, words, "no letters")
        first: Resolution | None = None
        for other, how in self._rewordings.of(pieces) if kind in REWORDED else ((pieces, AS_WRITTEN),):
            if how != AS_WRITTEN and self._rewordings.says_nothing(other):
                continue
            found = self._curated_name(other, words, kind, how) or self._compiled_name(other, words, kind, how)
            if found and found.curie:
                return found
            first = first or found
        return first or Resolution(None, words, "no name of the vocabulary")

    def _curated_name(self, pieces: tuple[str, ...], words: str, kind: MentionType, how: str) -> Resolution | None:
        names = [n for n in self._curated.names(pieces) if n.concept.type is kind]
        fitting = [n for n in names if not n.defined and not (n.exact and not _written_as(n, words))]
        concepts = sorted({n.concept for n in fitting}, key=lambda c: c.curie)
        if len(concepts) == 1:
            (concept,) = concepts
            heading = self.heading(" ".join(pieces), kind)
            if heading and heading.curie != concept.curie and not self.is_own_name(" ".join(pieces), concept.curie):
                grouped = concept.curie, concept.name, "the lexicon's synonym, but a published heading's own name"
                return Resolution(heading.curie, heading.name, f"{SAID[heading.trust]}, {how}", (grouped,))
            away = [c for c in self._compiled.candidates(pieces) if kind in c.types and c.curie != concept.curie]
            others = tuple((c.curie, c.name, f"{SAID[c.trust]}, but the lexicon comes first") for c in away)
            return Resolution(concept.curie, concept.name, f"curated lexicon, {how}", others)
        if concepts:
            others = tuple((c.curie, c.name, "also a curated name") for c in concepts)
            return Resolution(None, words, f"ambiguous in the curated lexicons, {how}", others)
        if any(n.defined for n in names):
            others = tuple((n.concept.curie, n.concept.name, "only where the article defines it") for n in names)
            return Resolution(None, words, "a short form that the article must define", others)
        return None

    def _compiled_name(self, pieces: tuple[str, ...], words: str, kind: MentionType, how: str) -> Resolution | None:
        every = self._compiled.candidates(pieces)
        refused = {c.curie: why for c in every if (why := _refusal(c, words, kind, reworded=how != AS_WRITTEN))}
        fitting = sorted((c for c in every if c.curie not in refused), key=lambda c: _order(c, kind, words))
        if not every:
            return None
        best = [c for c in fitting if _order(c, kind, words)[:4] == _order(fitting[0], kind, words)[:4]]
        others = tuple((c.curie, c.name, refused.get(c.curie, SAID[c.trust])) for c in every if [c] != best)
        if len(best) == 1 and (same := self._curie.get(best[0].curie)):
            concept = self._curated.concept(same)
            return Resolution(same, concept.name, f"{best[0].curie} in the curated lexicon, {how}", others)
        if len(best) == 1:
            return Resolution(best[0].curie, best[0].name, f"{SAID[best[0].trust]}, {how}", others)
        why = "ambiguous in the compiled vocabulary" if best else "no name of this type"
        return Resolution(None, words, f"{why}, {how}", others)


#: Resolutions kept, so that a run of any length stays in memory.
MAX_KEPT = 100_000


def _refusal(candidate: Candidate, words: str, kind: MentionType, *, reworded: bool) -> str:
    """Return why a candidate is out of the question, or nothing."""
    if kind not in candidate.types:
        return "not a " + kind
    if candidate.short and len(words) < SHORTEST:
        return "too short a short form"
    if candidate.short and not (is_short_form(words) or words[:1].isupper() or len(words) > MAX_SHORT):
        return "a short form, not written as one"
    if not candidate.short and any(CAPITALS.fullmatch(w) and fold(w) == fold(candidate.name) for w in words.split()):
        return "a word, not a short form"
    if reworded and kind is MentionType.PROTEIN and candidate.trust > WELL_KNOWN:
        return "a gene's alias, which has to stand alone"
    return ""


#: From this length on, a short form in lower case is no common word.
MAX_SHORT = 5


def _order(candidate: Candidate, kind: MentionType, words: str) -> tuple[bool, int, bool, bool, str]:
    """Proteins are HGNC's; then the more trusted name; then the same number (amphetamine, amphetamines); then MeSH."""
    away = kind is MentionType.PROTEIN and not candidate.curie.startswith("HGNC:")
    other_number = candidate.name.lower() != words.lower()
    return away, candidate.trust, other_number, not candidate.curie.startswith("MESH:"), candidate.curie


def _written_as(name: Name, words: str) -> bool:
    return name.text in {words, words.removesuffix("s")} or name.text in words.split()


@cache
def shipped() -> Resolver:
    """Return the resolver for the vocabularies that come with sicca."""
    return Resolver(curated(), compiled.shipped(), rewording.load())
