"""The values that a page's filters offer, and reading them back from an address."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.errors import InputError
from extractors.values import Certainty, Effect, MentionType, Predicate, StudyDesign

REASONS = ("refractory", "relapse", "intolerant", "contraindicated")
OUTCOMES = ("improved", "no_benefit", "worsened", "mixed", "not_stated")
MODES = ("single", "combination", "sequential")
DESIGNS = tuple(str(design) for design in StudyDesign)
PREDICATES = tuple(str(predicate) for predicate in Predicate)
CERTAINTIES = tuple(str(certainty) for certainty in Certainty)
TYPES = tuple(str(type_) for type_ in MentionType)
VERDICTS = tuple(dict.fromkeys((*(str(effect) for effect in Effect), "stated", "denied", "investigated")))


def one(value: str, offered: Iterable[str], name: str) -> str | None:
    """Return a chosen value, None for no choice; raises InputError for what was not offered."""
    if not value:
        return None
    offered = tuple(offered)
    if value not in offered:
        raise InputError(f"{name}: {value[:60]!r} is none of {', '.join(offered)}")
    return value


def several(values: Iterable[str], offered: Iterable[str], name: str) -> tuple[str, ...]:
    """Return the chosen values, in the order offered; raises InputError for what was not offered."""
    offered = tuple(offered)
    chosen = {one(value, offered, name) for value in values if value}
    return tuple(value for value in offered if value in chosen)


def number(value: str, name: str, *, low: int = 0, high: int = 10**6) -> int | None:
    """Return a whole number, None for an empty field; raises InputError for anything else."""
    if not value.strip():
        return None
    if not (value.strip().isascii() and value.strip().isdigit() and low <= int(value) <= high):
        raise InputError(f"{name}: {value[:60]!r} is no whole number from {low} to {high}")
    return int(value)
