"""Which types each predicate may join (configs/cues/claims_types.tsv)."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.cue_tables import read_table
from extractors.errors import ConfigError
from extractors.values import MentionType, Predicate


@dataclass(frozen=True, slots=True)
class Signature:
    """A predicate with one subject type and one object type; a low rank is a common choice for the pair."""

    predicate: Predicate
    subject: MentionType
    object: MentionType
    rank: int


def read_signatures() -> tuple[Signature, ...]:
    """Return every predicate with the type pairs it may join; raises ConfigError on an unknown name."""
    best: dict[tuple[Predicate, MentionType, MentionType], int] = {}
    for name, subjects, objects, rank in read_table("claims_types", ("predicate", "subjects", "objects", "rank")):
        for subject in read_types(subjects):
            for object_ in read_types(objects):
                key = read_predicate(name), subject, object_
                best[key] = min(int(rank), best.get(key, int(rank)))
    return tuple(Signature(*key, rank) for key, rank in sorted(best.items()))


def read_predicate(name: str) -> Predicate:
    """Return the predicate of that name; raises ConfigError that lists the known ones."""
    if name not in set(Predicate):
        raise ConfigError(f"configs/cues: {name!r} is not a predicate; known: {', '.join(Predicate)}")
    return Predicate(name)


def read_types(names: str) -> tuple[MentionType, ...]:
    """Return the mention types named in a cell; raises ConfigError that lists the known ones."""
    for name in names.split():
        if name not in set(MentionType):
            raise ConfigError(f"configs/cues: {name!r} is not a mention type; known: {', '.join(MentionType)}")
    return tuple(MentionType(name) for name in names.split())
