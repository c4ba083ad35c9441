"""Which treatments may have been given together: each by itself, chains such as "A plus B", and what is composed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.courses.chains import Entry, Occurrence, chains_in, covers, name_treatments
from extractors.courses.composed import COMPOSED, Namings, compose, find_rivals
from extractors.courses.short_names import find_short_names, use_short_names
from extractors.courses.treatments import Treatment, group_treatments
from extractors.document import Document, once_per_document


@dataclass(frozen=True)
class Regimen:
    """Treatments that may be one course, in the order in which the text first gives them.

    `dose` is what tells the course from another one of the same treatments ("7 mg/kg"), "" where there is none.
    """

    members: tuple[Treatment, ...]
    occurrences: tuple[Occurrence, ...]
    dose: str = ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The members' keys."""
        return frozenset(member.key for member in self.members)

    @cached_property
    def is_composed(self) -> bool:
        """Whether it stands together nowhere in the text."""
        return all(not COMPOSED.isdisjoint(occurrence.joints) for occurrence in self.occurrences)


def find_regimens(document: Document, treatments: Sequence[Treatment]) -> tuple[Regimen, ...]:
    """Return the candidate regimens: singles in text order, then chains and their parts, by number of treatments."""
    by_key = {t.key: t for t in treatments}
    text = document.text
    namings = _namings(document, treatments)
    chains = [entry for sentence, inside in namings for entry in chains_in(text, sentence, inside)]
    names = find_short_names(document, chains)
    entries: list[Entry] = [
        (naming.keys, Occurrence(sentence, (naming.span,), ()))
        for sentence, inside in namings
        for naming in inside
        if text[slice(*naming.span)] not in names
    ]
    entries += chains
    for sentence, inside in namings if names else ():
        entries += use_short_names(text, sentence, inside, names)
    entries += compose(document, namings, [entry for entry in entries if len(entry[0]) > 1], by_key)
    found: dict[frozenset[str], list[Entry]] = {}
    for entry in entries:
        found.setdefault(frozenset(entry[0]), []).append(entry)
    regimens = [
        Regimen(tuple(by_key[key] for key in same[0][0]), tuple(occurrence for _, occurrence in same))
        for same in found.values()
    ]
    return tuple(sorted(regimens, key=lambda r: (len(r.members), r.occurrences[0].spans)))


def free_occurrences(regimen: Regimen, regimens: Sequence[Regimen]) -> tuple[Occurrence, ...]:
    """Return where a regimen stands by itself, not as part of a longer chain of the same stretch."""
    wholes = [o for r in regimens if regimen.keys < r.keys and not r.is_composed for o in r.occurrences]
    return tuple(o for o in regimen.occurrences if not any(covers(whole, o) for whole in wholes))


@once_per_document
def rivals(document: Document) -> frozenset[frozenset[str]]:
    """Return the keys of treatments that the article sets against one another, in pairs."""
    return find_rivals(document, _namings(document, group_treatments(document)))


def _namings(document: Document, treatments: Sequence[Treatment]) -> Namings:
    return [(sentence, name_treatments(sentence, treatments)) for sentence in document.sentences]
