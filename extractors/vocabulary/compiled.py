"""The compiled vocabulary: hundreds of thousands of concepts by the keys of their names, in arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.errors import InputError
from extractors.records import Concept
from extractors.values import MentionType
from extractors.vocabulary.folding import fold
from extractors.vocabulary.keys import key

#: Changes when a file of the former kind can no longer be read.
FORMAT = 1
#: The shipped file; made by `sicca vocabulary build`.
FILE = "compiled.npz"
#: The types in the order of their bits.
TYPES = tuple(MentionType)
#: In a name's byte of trust, the bit that says the name is a short form.
SHORT = 0x80
#: What each degree of trust says of a name.
SAID = (
    "what annotators took the name to mean",
    "a heading's or approved symbol's own name",
    "a heading's synonym",
    "a supplementary record's name or a gene's alias",
    "a supplementary record's synonym or a drug without its salt",
    "another ontology's name or a gene's former symbol",
    "another ontology's synonym",
)
#: The trust of a heading's own name.
OWN_NAME = 1
#: How the CURIEs of MeSH begin.
MESH = "MESH:"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a name may mean. `trust` is the place in SAID, 0 the best.

    `short`: the name is a short form in its source.
    """

    curie: str
    name: str
    types: frozenset[MentionType]
    trust: int
    short: bool


class CompiledVocabulary:
    """Looks up folded names; a CURIE's place in the sorted list is what names and parents point to."""

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        self._curies = arrays["curies"]
        self._names = arrays["names"].tobytes()
        self._name_ends = np.cumsum(arrays["name_lengths"], dtype=np.int64)
        self._types = arrays["types"]
        self._parents = arrays["parents"]
        self._parent_ends = np.cumsum(arrays["parent_counts"], dtype=np.int64)
        self._keys = np.cumsum(arrays["key_steps"], dtype=np.uint64)
        self._concepts = arrays["concepts"]
        self._trusts = arrays["trusts"]
        self._kinds: dict[int, frozenset[MentionType]] = {}

    def __len__(self) -> int:
        return len(self._curies)

    def __contains__(self, curie: str) -> bool:
        return self._place(curie) is not None

    def candidates(self, pieces: Iterable[str]) -> tuple[Candidate, ...]:
        """Return the concepts that a name with these folded pieces may mean, by CURIE."""
        wanted = np.uint64(key(pieces))
        start = int(np.searchsorted(self._keys, wanted))
        found = []
        while start < len(self._keys) and self._keys[start] == wanted:
            place, trust = int(self._concepts[start]), int(self._trusts[start])
            curie = self._curie(place)
            found.append(
                Candidate(curie, self._name(place), self._types_of(place), trust & ~SHORT, bool(trust & SHORT))
            )
            start += 1
        return tuple(found)

    def headings(self, pieces: Iterable[str]) -> tuple[Candidate, ...]:
        """Return the MeSH records whose own name has these folded pieces, synonyms and short forms left aside."""
        wanted = tuple(pieces)
        own = (c for c in self.candidates(wanted) if c.trust <= OWN_NAME and not c.short and c.curie.startswith(MESH))
        return tuple(c for c in own if key(fold(c.name)) == key(wanted))

    def concept(self, curie: str) -> Concept:
        """Return a concept with its parents by its CURIE; raises KeyError for an unknown one."""
        place = self._place(curie)
        if place is None:
            raise KeyError(curie)
        start = int(self._parent_ends[place - 1]) if place else 0
        parents = tuple(self._curie(int(p)) for p in self._parents[start : int(self._parent_ends[place])])
        kinds = self._types_of(place)
        kind = next(t for t in TYPES if t in kinds)
        return Concept(curie, self._name(place), kind, parents=parents)

    def types(self, curie: str) -> frozenset[MentionType]:
        """Return the types that a concept may be mentioned as; raises KeyError for an unknown CURIE."""
        place = self._place(curie)
        if place is None:
            raise KeyError(curie)
        return self._types_of(place)

    def _place(self, curie: str) -> int | None:
        wanted = np.bytes_(curie.encode())
        place = int(np.searchsorted(self._curies, wanted))
        return place if place < len(self._curies) and self._curies[place] == wanted else None

    def _curie(self, place: int) -> str:
        return bytes(self._curies[place]).decode()

    def _name(self, place: int) -> str:
        start = int(self._name_ends[place - 1]) if place else 0
        return self._names[start : int(self._name_ends[place])].decode()

    def _types_of(self, place: int) -> frozenset[MentionType]:
        bits = int(self._types[place])
        if bits not in self._kinds:
            self._kinds[bits] = frozenset(kind for i, kind in enumerate(TYPES) if bits >> i & 1)
        return self._kinds[bits]


def read(file: Path | Traversable) -> CompiledVocabulary:
    """Read a compiled vocabulary; raises InputError where it is of another format."""
    with file.open("rb") as stream, np.load(stream) as stored:
        if int(stored["format"]) != FORMAT:
            raise InputError(f"{file}: compiled by another version of sicca; run `sicca vocabulary build` again")
        return CompiledVocabulary({name: stored[name] for name in stored.files})


@cache
def shipped() -> CompiledVocabulary:
    """Return the vocabulary that comes with sicca."""
    return read(files("extractors.vocabulary") / FILE)
