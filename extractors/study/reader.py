"""Read the study's facts off a document."""

from __future__ import annotations

from dataclasses import replace

from extractors.cue_tables import cue_patterns
from extractors.document import Document
from extractors.linear import load_model
from extractors.records import Study
from extractors.statistics.shapes import shapes
from extractors.study.design import MODEL as DESIGN
from extractors.study.design import cues, read_design
from extractors.study.facts import TABLE, fact_patterns, find_fact, find_species
from extractors.study.participants import MODEL as PARTICIPANTS
from extractors.study.participants import count_participants
from extractors.study.registrations import find_registrations
from extractors.study.setting import countries, evidence_tier, find_countries, find_follow_up, find_funding
from extractors.values import StudyDesign

#: What the text may say or deny of a study, a section of configs/cues/study_facts.toml each.
FACTS = ("randomised", "blinded", "controlled", "multicentre")


class StudyReader:
    """Reads the study behind an article: design, participants, registrations, species, how it was controlled."""

    def __init__(self) -> None:
        # Read and compiled now: it takes as long as some articles, and a broken table is told before the first.
        cues()
        shapes()
        countries()
        for model in (DESIGN, PARTICIPANTS):
            load_model(model)
        for section in ("species", "setting", *FACTS):
            cue_patterns(TABLE, section)
        for section in ("setting", "origin"):
            fact_patterns(section)

    def extract(self, document: Document) -> Study:
        """Return the study of an article."""
        article = document.article
        design, why = read_design(document)
        counted = count_participants(document, design)
        n, spans = counted or (None, ())
        if design is StudyDesign.CASE_REPORT and n is not None and n > 1:
            design = StudyDesign.CASE_SERIES
        study = Study(
            article=article.id,
            design=design,
            n=n,
            n_span=(spans[0][0], spans[-1][1]) if spans else None,
            registrations=find_registrations(article),
            species=find_species(article),
            n_terms=spans if len(spans) > 1 else (),
            why=why,
            randomised=find_fact(article, "randomised"),
            blinded=find_fact(article, "blinded"),
            controlled=find_fact(article, "controlled"),
            multicentre=find_fact(article, "multicentre"),
            follow_up=find_follow_up(document),
            countries=find_countries(document),
            funding_span=find_funding(document),
        )
        return replace(study, tier=evidence_tier(study))
