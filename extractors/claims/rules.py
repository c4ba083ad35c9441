"""The trigger patterns of configs/cues/claims.tsv as records."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.claims.types import read_predicate, read_types
from extractors.cue_tables import read_table
from extractors.errors import ConfigError
from extractors.values import Effect, MentionType, Predicate

COLUMNS = ("predicate", "pattern", "subjects", "objects", "reach", "effect", "score")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern: `elements` are S, O and groups of phrases in the order in which they must stand."""

    predicate: Predicate
    elements: tuple[str, ...]
    subjects: frozenset[MentionType]
    objects: frozenset[MentionType]
    reach: int
    effect: Effect | None
    score: float

    @property
    def name(self) -> str:
        """The rule as the table has it, for people to look up."""
        return f"{self.predicate}: {' ~ '.join(self.elements)}"

    @property
    def phrases(self) -> tuple[str, ...]:
        """The groups of phrases, without the slots."""
        return tuple(e for e in self.elements if e not in {"S", "O"})

    def joins(self, subject: MentionType, object_: MentionType) -> bool:
        """Say whether the rule allows these types; no types named allows all."""
        return (not self.subjects or subject in self.subjects) and (not self.objects or object_ in self.objects)


def read_rules() -> tuple[Rule, ...]:
    """Return the rules in the table's order; raises ConfigError on a pattern without its two slots."""
    return tuple(_rule(row) for row in read_table("claims", COLUMNS))


def _rule(row: tuple[str, ...]) -> Rule:
    predicate, pattern, subjects, objects, reach, effect, score = row
    elements = tuple(part.strip() for part in pattern.split("~"))
    if sorted(e for e in elements if e in {"S", "O"}) != ["O", "S"] or not all(elements):
        raise ConfigError(f"configs/cues/claims.tsv: pattern {pattern!r} must name S and O once each")
    return Rule(
        read_predicate(predicate),
        elements,
        frozenset(() if subjects == "-" else read_types(subjects)),
        frozenset(() if objects == "-" else read_types(objects)),
        int(reach),
        None if effect == "-" else Effect(effect),
        float(score),
    )
