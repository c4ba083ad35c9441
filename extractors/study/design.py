"""How a study was done: by NLM's index terms, by decisive words, else by learned weights of many cues."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from extractors.cue_patterns import CuePattern, cue_pattern, fold_case
from extractors.cue_tables import cue_patterns, read_sections
from extractors.document import Document, once_per_document
from extractors.linear import load_model
from extractors.values import StudyDesign

#: The learned weights, see extractors/training/study.py.
MODEL = "study_design"
#: The table of cues.
TABLE = "study_design"
#: Lengths, in characters, below and above which an abstract is called short or long.
SHORT, LONG = 700, 1800
#: Designs that a MeSH heading (not a publication type) names; words of the text decide first.
BY_HEADING = frozenset({StudyDesign.CASE_CONTROL, StudyDesign.CROSS_SECTIONAL, StudyDesign.COHORT})


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that decides by itself where it is found in the title or the abstract."""

    design: StudyDesign
    in_title: bool
    pattern: CuePattern


@dataclass(frozen=True)
class Cues:
    """What configs/cues/study_design.toml holds."""

    cues: Mapping[str, CuePattern]
    rules: tuple[Rule, ...]
    indexed: Mapping[str, StudyDesign]


@once_per_document
def read_design(document: Document) -> tuple[StudyDesign, str]:
    """Return the design and what decided it."""
    article = document.article
    known = cues()
    types = {ui for ui, _ in article.publication_types}
    headings = {heading.ui for heading in article.mesh}
    for ui, design in known.indexed.items():
        if design not in BY_HEADING and ui in types:
            return design, f"publication type {ui}"
    title, abstract = fold_case(article.title), fold_case(article.abstract)
    for rule in known.rules:
        if rule.in_title:
            found = rule.pattern.search(article.title, title)
        else:
            found = rule.pattern.search(article.abstract, abstract)
        if found:
            return rule.design, f"words {found.group()[:60]!r}"
    for ui, design in known.indexed.items():
        if design in BY_HEADING and ui in headings:
            return design, f"MeSH {ui}"
    features = design_features(article.title, article.abstract)
    model = load_model(MODEL)
    probabilities = model.probabilities(features)
    best = max(probabilities, key=lambda name: (probabilities[name], name))
    return StudyDesign(best), "cues " + ", ".join(model.strongest(features, best))


def design_features(title: str, abstract: str) -> dict[str, float]:
    """Return which cues stand in the title, once in the abstract, more than once there."""
    features: dict[str, float] = {}
    small_title, small_abstract = fold_case(title), fold_case(abstract)
    for name, pattern in cues().cues.items():
        if pattern.search(title, small_title):
            features[f"title:{name}"] = 1.0
        count = sum(1 for _ in islice(pattern.finditer(abstract, small_abstract), 2))
        if count:
            features[f"text:{name}"] = 1.0
        if count > 1:
            features[f"text+:{name}"] = 1.0
    length = len(abstract)
    for name, holds in (("short", length < SHORT), ("long", length > LONG), ("none", not length)):
        if holds:
            features[name] = 1.0
    return features


@cache
def cues() -> Cues:
    """Read and compile the cues."""
    content = read_sections(TABLE)
    rules = tuple(
        Rule(StudyDesign(r["design"]), r["where"] == "title", cue_pattern(r["pattern"], re.IGNORECASE))
        for r in content["rule"]
    )
    return Cues(
        cue_patterns(TABLE, "cue"), rules, {ui: StudyDesign(design) for ui, design in content["indexed"].items()}
    )
