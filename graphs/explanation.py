"""Where every number of a claim comes from: each reading's axes, each witness, each direction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from extractors.errors import InputError
from extractors.values import Predicate
from graphs.answers import AssembledClaim, Source
from graphs.belief import Belief, Strength, Weights, assess, load_weights
from graphs.store import claims
from graphs.topics import understand


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


def explain(connection: sqlite3.Connection, claim: AssembledClaim, *, weights: Weights | None = None) -> Explanation:
    """Reckon a claim's belief anew and return every step."""
    readings = claims.readings_of(connection, claim.id)
    belief = assess(str(claim.claim.predicate), readings, weights or load_weights())
    strengths = {strength.reading.id: strength for strength in belief.strengths}
    strongest: dict[tuple[str, str], str] = {}
    for strength in sorted(belief.strengths, key=lambda s: (-s.value, s.reading.article, s.reading.id)):
        strongest.setdefault((strength.direction, strength.witness), strength.reading.id)
    lines = [
        Line(source, strengths.get(source.evidence.id), source.evidence.id in strongest.values())
        for source in claims.sources(connection, [claim.id])
    ]
    lines.sort(key=lambda line: -(line.strength.value if line.strength else -1))
    return Explanation(claim, belief, tuple(lines))
