"""The concepts that a run's store needs: those that articles name, and all that they are kinds of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.records import Concept
from extractors.vocabulary import compiled
from extractors.vocabulary.vocabulary import curated


def concepts_of(curies: Iterable[str]) -> tuple[Concept, ...]:
    """Return the vocabularies' concepts with these CURIEs, and all that they are kinds of, sorted by CURIE."""
    known: dict[str, Concept] = {}
    waiting = sorted(curies)
    while waiting:
        curie = waiting.pop()
        if curie not in known and (concept := _concept(curie)):
            known[curie] = concept
            waiting.extend(concept.parents)
    return tuple(known[curie] for curie in sorted(known))


def _concept(curie: str) -> Concept | None:
    """Return a concept as the lexicon has it, with the parents of both vocabularies; None for an unknown one."""
    vocabularies = [v for v in (curated(), compiled.shipped()) if curie in v]
    if not vocabularies:
        return None
    concepts = [v.concept(curie) for v in vocabularies]
    parents = sorted({parent for concept in concepts for parent in concept.parents})
    return replace(concepts[0], parents=tuple(parents))
