"""How far a claim is to be believed, on axes that are kept apart until the last step.

The rule, in full: each reading (one sentence of one article that is not retracted) has a strength, the product of
extraction score × design weight × participants factor × directness factor, all 0–1 (configs/rules/belief.toml).
Readings of one cohort are one witness and count with the strongest of them; all reviews together are one witness too,
because they retell the same studies. Witnesses are combined per direction by 1 − Π(1 − strength). A direction's belief
is thus never lowered by another witness for it, does not grow by counting a cohort twice, and never depends on order.

The verdict is the direction believed most; `opposed` is the belief in what contradicts it; where that is at least
`contest` times as strong, the verdict is "mixed". What was only used, planned or asked has a verdict that says so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from extractors.records import Certainty, Effect, Predicate, StudyDesign
from graphs.answers import Reading

#: Designs that retell other studies: their patients are counted apart and they are one witness together.
SECONDARY = frozenset(
    {StudyDesign.META_ANALYSIS, StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.REVIEW, StudyDesign.GUIDELINE}
)
#: Directions that cannot both be true of one claim.
CONFLICTS = (
    ("effective", "ineffective"),
    ("effective", "denied"),
    ("improved", "worsened"),
    ("improved", "no_difference"),
    ("worsened", "no_difference"),
    ("increased", "decreased"),
    ("increased", "no_difference"),
    ("decreased", "no_difference"),
    ("positive", "negative"),
    ("positive", "denied"),
    ("negative", "denied"),
    ("stated", "denied"),
)
#: Verdicts that take no side; they yield to any direction.
NEUTRAL = ("unspecified", "investigated")
#: The witness that all reviews of a claim are together.
REVIEWS = "reviews"


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of configs/rules/belief.toml."""

    clinical: Mapping[str, float]
    biological: Mapping[str, float]
    biological_predicates: frozenset[str]
    floor: float
    half: float
    section: Mapping[str, float]
    certainty: Mapping[str, float]
    contest: float


@dataclass(frozen=True, slots=True)
class Strength:
    """One reading's weight, axis by axis."""

    reading: Reading
    direction: str
    witness: str
    extraction: float
    design: float
    participants: float
    directness: float

    @property
    def value(self) -> float:
        """The product of the axes."""
        return self.extraction * self.design * self.participants * self.directness


@dataclass(frozen=True, slots=True)
class Belief:
    """A claim's verdict, the belief in it, the belief in its contrary, and what they were reckoned from."""

    verdict: str
    belief: float
    opposed: float
    #: (direction, belief), strongest first.
    directions: tuple[tuple[str, float], ...]
    strengths: tuple[Strength, ...]

    def witnesses(self, way: str) -> list[float]:
        """Return the strengths of a direction's witnesses, strongest first."""
        return sorted(_by_direction(self.strengths).get(way, {}).values(), reverse=True)


def load_weights() -> Weights:
    """Read the shipped weights."""
    table = tomllib.loads(files("configs").joinpath("rules", "belief.toml").read_text(encoding="utf-8"))
    return Weights(
        clinical=table["design"]["clinical"],
        biological=table["design"]["biological"],
        biological_predicates=frozenset(table["predicates"]["biological"]),
        floor=table["participants"]["floor"],
        half=table["participants"]["half"],
        section=table["directness"]["section"],
        certainty=table["directness"]["certainty"],
        contest=table["verdict"]["contest"],
    )


def direction(predicate: str, *, effect: str | None, negated: bool, certainty: str) -> str:
    """Return which way a reading points: an effect, "stated", "denied", "unspecified" or "investigated"."""
    if certainty == Certainty.INVESTIGATED:
        return "investigated"
    if predicate == Predicate.TREATS:
        if negated and effect == Effect.EFFECTIVE:
            return "ineffective"
        return "denied" if negated and effect in {None, Effect.UNSPECIFIED} else (effect or "unspecified")
    if predicate == Predicate.AFFECTS_OUTCOME:
        return "no_difference" if negated else (effect or "unspecified")
    if predicate == Predicate.PREDICTS:
        return "denied" if negated else (effect or "unspecified")
    return "denied" if negated else "stated"


def weigh(predicate: str, reading: Reading, weights: Weights) -> Strength:
    """Return a reading's strength, axis by axis."""
    designs = weights.biological if predicate in weights.biological_predicates else weights.clinical
    secondary = reading.design in SECONDARY
    return Strength(
        reading=reading,
        direction=direction(
            predicate, effect=reading.effect, negated=bool(reading.negated), certainty=reading.certainty
        ),
        witness=REVIEWS if secondary else (reading.cohort or reading.cluster or reading.article),
        extraction=min(1.0, max(0.0, reading.score)),
        design=designs[reading.design],
        participants=_participants(reading.n, weights),
        directness=weights.certainty[reading.certainty]
        * weights.section.get(reading.section, weights.section["other"]),
    )


def combine(strengths: Iterable[float]) -> float:
    """Return 1 − Π(1 − s): the chance that at least one of independent witnesses is right."""
    doubt = 1.0
    for strength in sorted(strengths):
        doubt *= 1.0 - strength
    return 1.0 - doubt


def assess(predicate: str, readings: Iterable[Reading], weights: Weights) -> Belief:
    """Return what a claim's readings amount to; retracted articles count for nothing."""
    strengths = tuple(weigh(predicate, reading, weights) for reading in readings if not reading.retracted)
    beliefs = {way: combine(witnesses.values()) for way, witnesses in _by_direction(strengths).items()}
    directions = tuple(sorted(beliefs.items(), key=lambda found: (-found[1], found[0])))
    sided = [(way, value) for way, value in directions if way not in NEUTRAL]
    if not sided:
        verdict = next((way for way in NEUTRAL if way in beliefs), "retracted")
        return Belief(verdict, beliefs.get(verdict, 0.0), 0.0, directions, strengths)
    verdict, belief = sided[0]
    opposed = max((beliefs[way] for way in conflicting(verdict) if way in beliefs), default=0.0)
    if opposed > 0 and opposed >= weights.contest * belief:
        verdict = "mixed"
    return Belief(verdict, belief, opposed, directions, strengths)


def _participants(n: int | None, weights: Weights) -> float:
    return weights.floor + (1.0 - weights.floor) * ((n or 0) / ((n or 0) + weights.half))


def conflicting(way: str) -> tuple[str, ...]:
    """Return the directions that cannot be true beside this one."""
    return tuple(b if a == way else a for a, b in CONFLICTS if way in (a, b))


def _by_direction(strengths: Iterable[Strength]) -> dict[str, dict[str, float]]:
    """Return each direction's witnesses, each at its strongest; a mixed reading speaks for both sides."""
    found: dict[str, dict[str, float]] = {}
    for item in strengths:
        for way in ("effective", "ineffective") if item.direction == "mixed" else (item.direction,):
            witnesses = found.setdefault(way, {})
            witnesses[item.witness] = max(witnesses.get(item.witness, 0.0), item.value)
    return found
