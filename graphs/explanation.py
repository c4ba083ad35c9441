"""Where every number of a claim comes from: each reading's axes, each witness, each direction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.errors import InputError
from extractors.values import Predicate
from graphs.answers import AssembledClaim, Reading, Source
from graphs.belief import Belief, Strength, Weights, assess, load_weights
from graphs.store import claims
from graphs.topics import understand


@dataclass(frozen=True, slots=True)
class Weighed:
    """One reading of a claim: its axes (None for a retracted article), and whether its witness counts with it."""

    reading: Reading
    strength: Strength | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One reading of a claim: its sentence, its axes, and whether it is the one its witness counts with."""

    source: Source
    #: None for a retracted article, which weighs nothing.
    strength: Strength | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A claim, the belief as reckoned anew from its evidence, and a line for each reading, strongest first."""

    claim: AssembledClaim
    belief: Belief
    lines: tuple[Line, ...]

    def _repr_html_(self) -> str:
        from graphs.display import html, tabulate

        return html.table(tabulate.explanation(self))


def find_claims(connection: sqlite3.Connection, words: tuple[str, ...]) -> tuple[AssembledClaim, ...]:
    """Return the claims meant: by id or its beginning, or by subject, predicate and object as words.

    Raises InputError where nothing fits.
    """
    if len(words) == 1 and (found := claims.by_id(connection, words[0].lower())):
        return tuple(found)
    place = next((i for i, word in enumerate(words) if word in set(Predicate)), None)
    if place is None or not words[:place] or not words[place + 1 :]:
        raise InputError(
            f"{' '.join(words)!r}: no claim has this id; give the id that `sicca ask` shows, or subject, predicate and"
            f" object in words; predicates: {', '.join(Predicate)}"
        )
    subject, object_ = (understand(connection, " ".join(end)) for end in (words[:place], words[place + 1 :]))
    predicate = Predicate(words[place])
    found = claims.find(connection, subjects=subject.ids, objects=object_.ids, predicates=(predicate,))
    if not found and predicate.symmetric:
        found = claims.find(connection, subjects=object_.ids, objects=subject.ids, predicates=(predicate,))
    if not found:
        raise InputError(
            f"nothing in this store says that {subject.name} {predicate} {object_.name};"
            f" `sicca ask silence --subject {subject.name!r} --object {object_.name!r}` shows what was looked at"
        )
    return tuple(found)


def explain(
    connection: sqlite3.Connection,
    claim: AssembledClaim,
    *,
    weights: Weights | None = None,
    readings: Sequence[Reading] | None = None,
) -> Explanation:
    """Reckon a claim's belief anew, from the store's readings unless others are given, and return every step."""
    belief, found = weigh(connection, claim, weights=weights, readings=readings)
    return Explanation(claim, belief, tuple(tell(connection, found)))


def weigh(
    connection: sqlite3.Connection,
    claim: AssembledClaim,
    *,
    weights: Weights | None = None,
    readings: Sequence[Reading] | None = None,
) -> tuple[Belief, list[Weighed]]:
    """Reckon a claim's belief anew and return it with every reading, strongest first, without reading any text."""
    known = claims.readings_of(connection, claim.id)
    belief = assess(str(claim.claim.predicate), known if readings is None else readings, weights or load_weights())
    strengths = {strength.reading.id: strength for strength in belief.strengths}
    strongest: dict[tuple[str, str], str] = {}
    for strength in sorted(belief.strengths, key=lambda s: (-s.value, s.reading.article, s.reading.id)):
        strongest.setdefault((strength.direction, strength.witness), strength.reading.id)
    counting = set(strongest.values())
    found = [Weighed(reading, strengths.get(reading.id), reading.id in counting) for reading in known]
    return belief, sorted(found, key=lambda item: -(item.strength.value if item.strength else -1))


def tell(connection: sqlite3.Connection, found: Sequence[Weighed]) -> list[Line]:
    """Return readings with their sentences."""
    sources = claims.by_rows(connection, [item.reading.row for item in found])
    return [Line(source, item.strength, item.counts) for source, item in zip(sources, found, strict=True)]
