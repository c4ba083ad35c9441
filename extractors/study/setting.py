"""Where and how long a study was done, who paid, and how far its design carries."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from extractors.document import Document
from extractors.records import Span, Statistic, Study
from extractors.statistics.sentences import read_numbers
from extractors.study.facts import fact_patterns

#: "Follow-up" and its duration stand within this many characters of one another.
NEAR = 45
#: Kinds of statistics that may be a follow-up.
DURATIONS = frozenset({"duration", "time_point", "median", "mean"})


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
    for name, pattern in _countries().items():
        match = pattern.search(document.text)
        if match:
            found[name] = name, match.start("place"), match.end("place")
    return tuple(sorted(found.values(), key=lambda country: country[1]))


def find_funding(document: Document) -> Span | None:
    """Return where the text says who paid."""
    match = fact_patterns("setting")["funding"].search(document.text)
    return match.span("who") if match else None


def evidence_tier(study: Study) -> str:
    """Return the level of configs/cues/evidence_tiers.tsv that fits: its first row whose conditions all hold."""
    for row in _tiers():
        wanted = {name: row[name] for name in ("randomised", "blinded", "controlled") if row[name]}
        if row["design"] == study.design and all(
            getattr(study, name) is (value == "yes") for name, value in wanted.items()
        ):
            return row["tier"]
    return ""


@cache
def _tiers() -> tuple[Mapping[str, str], ...]:
    return tuple(_rows("evidence_tiers.tsv"))


@cache
def _countries() -> Mapping[str, re.Pattern[str]]:
    patterns, setting = {}, fact_patterns("setting")
    for row in _rows("countries.tsv"):
        names = "|".join(re.escape(name) for name in (row["country"], *filter(None, row["names"].split(" | "))))
        adjectives = "|".join(re.escape(name) for name in filter(None, row["adjectives"].split(" | ")))
        place = rf"{setting['place'].pattern}(?:{names})(?![\w-])"
        people = rf"|\b(?:{adjectives}){setting['group'].pattern}\b" if adjectives else ""
        patterns[row["country"]] = re.compile(f"(?P<place>{place}{people})")
    return patterns


def _rows(name: str) -> list[dict[str, str]]:
    lines = (files("configs") / "cues" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t"))
