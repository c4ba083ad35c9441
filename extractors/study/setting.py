"""Where and how long a study was done, who paid, and how far its design carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractors.cue_patterns import CuePattern, cue_pattern, fold_case
from extractors.cue_tables import cue_patterns, read_list, read_table
from extractors.document import Document
from extractors.records import Span, Statistic, Study
from extractors.statistics.sentences import read_numbers
from extractors.study.facts import TABLE as FACTS
from extractors.study.facts import fact_patterns

#: "Follow-up" and its duration stand within this many characters of one another.
NEAR = 45
#: Kinds of statistics that may be a follow-up.
DURATIONS = frozenset({"duration", "time_point", "median", "mean"})
#: What a level of evidence may ask of a study beside its design.
CONDITIONS = ("randomised", "blinded", "controlled")


def find_follow_up(document: Document) -> Statistic | None:
    """Return how long the participants were followed: the duration nearest to the first "follow-up" that has one."""
    text = document.text
    unit = fact_patterns("setting")["time_unit"]
    for match in fact_patterns("setting")["follow_up"].finditer(text):
        home = document.sentence_at(match.start())
        near = [
            (max(match.start() - s.end, s.start - match.end()), s)
            for sentence, statistics, _ in read_numbers(document)
            if sentence == home
            for s in statistics
            if s.kind in DURATIONS and s.value is not None and unit.search(s.unit or "")
        ]
        near = [(distance, s) for distance, s in near if distance <= NEAR]
        if near:
            return min(near, key=lambda pair: (pair[0], pair[1].start))[1]
    return None


def find_countries(document: Document) -> tuple[tuple[str, int, int], ...]:
    """Return the countries that the text says the study was done in or its patients came from, each once."""
    found: dict[str, tuple[str, int, int]] = {}
    folded = fold_case(document.text)
    for name, pattern in countries().items():
        match = pattern.search(document.text, folded)
        if match:
            found[name] = name, match.start("place"), match.end("place")
    return tuple(sorted(found.values(), key=lambda country: country[1]))


def find_funding(document: Document) -> Span | None:
    """Return where the text says who paid."""
    match = cue_patterns(FACTS, "setting")["funding"].search(document.text, fold_case(document.text))
    return match.span("who") if match else None


def evidence_tier(study: Study) -> str:
    """Return the level of configs/cues/evidence_tiers.tsv that fits: its first row whose conditions all hold."""
    for tier, design, *conditions, _ in _tiers():
        held = zip(CONDITIONS, conditions, strict=True)
        if design == study.design and all(getattr(study, name) is (value == "yes") for name, value in held if value):
            return tier
    return ""


@cache
def _tiers() -> tuple[tuple[str, ...], ...]:
    return read_table("evidence_tiers", ("tier", "design", *CONDITIONS, "meaning"))


@cache
def countries() -> Mapping[str, CuePattern]:
    """Return for each country the pattern of a place or of patients there."""
    found, setting = {}, fact_patterns("setting")
    for country, others, nationals in read_table("countries", ("country", "names", "adjectives")):
        names = "|".join(map(re.escape, (country, *read_list(others))))
        adjectives = "|".join(map(re.escape, read_list(nationals)))
        place = rf"{setting['place'].pattern}(?:{names})(?![\w-])"
        people = rf"|\b(?:{adjectives}){setting['group'].pattern}\b" if adjectives else ""
        found[country] = cue_pattern(f"(?P<place>{place}{people})")
    return found
