"""Names to concepts and back, and what is a kind of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from extractors.records import Concept
from extractors.vocabulary import lexicon
from extractors.vocabulary.folding import fold
from extractors.vocabulary.lexicon import Name

#: The key under which a node of the trie keeps the names that end there; no piece is empty.
HERE = ""


class Vocabulary:
    """Concepts by CURIE, by name, and by what they are kinds of."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._concepts: dict[str, Concept] = {}
        self._children: dict[str, list[str]] = {}
        self._trie: dict[str, Any] = {}
        for name in names:
            self._concepts.setdefault(name.concept.curie, name.concept)
            self._add(name)
        for concept in self._concepts.values():
            for parent in concept.parents:
                self._children.setdefault(parent, []).append(concept.curie)

    def _add(self, name: Name) -> None:
        node = self._trie
        for piece in fold(name.text):
            node = node.setdefault(piece, {})
        if node is not self._trie:
            node.setdefault(HERE, []).append(name)

    def __len__(self) -> int:
        return len(self._concepts)

    def __contains__(self, curie: str) -> bool:
        return curie in self._concepts

    def concept(self, curie: str) -> Concept:
        """Return a concept by its CURIE; raises KeyError for an unknown one."""
        return self._concepts[curie]

    def concepts(self) -> Iterator[Concept]:
        """Yield all concepts, sorted by CURIE."""
        return (self._concepts[curie] for curie in sorted(self._concepts))

    def lookup(self, name: str) -> tuple[Name, ...]:
        """Return the names that fold to the same pieces as this one; more than one concept means ambiguity."""
        return self.names(fold(name))

    def names(self, pieces: Iterable[str]) -> tuple[Name, ...]:
        """Return the names with these folded pieces."""
        node = self._trie
        for piece in pieces:
            node = node.get(piece, {})
            if not node:
                return ()
        return tuple(node.get(HERE, ()))

    def matches(self, pieces: Sequence[str], start: int) -> Iterator[tuple[int, Sequence[Name]]]:
        """Yield (end, names) for each name that begins at a place in a run of folded pieces, shortest first."""
        node: dict[str, Any] = self._trie
        for place in range(start, len(pieces)):
            node = node.get(pieces[place], {})
            if not node:
                return
            if HERE in node:
                yield place + 1, node[HERE]

    def ancestors(self, curie: str) -> tuple[str, ...]:
        """Return what a concept is a kind of, at any remove, sorted; cycles do no harm."""
        return self._closure(curie, lambda c: self._concepts[c].parents if c in self._concepts else ())

    def descendants(self, curie: str) -> tuple[str, ...]:
        """Return the kinds of a concept, at any remove, sorted; cycles do no harm."""
        return self._closure(curie, lambda c: self._children.get(c, ()))

    def _closure(self, curie: str, step: Any) -> tuple[str, ...]:
        found: set[str] = set()
        waiting = list(step(curie))
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(step(current))
        return tuple(sorted(found - {curie}))


@cache
def curated() -> Vocabulary:
    """Return the vocabulary of the curated lexicons."""
    return Vocabulary(lexicon.load())
