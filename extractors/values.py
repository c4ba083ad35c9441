"""The values a field of a record may have: mention types, predicates, effects, certainty, study designs."""

from enum import StrEnum


class MentionType(StrEnum):
    """What a mention is of; the values are those of the gold guidelines."""

    DRUG = "Drug"
    PROCEDURE = "Procedure"
    DISEASE = "Disease"
    PROTEIN = "Protein"
    CELL = "Cell"
    PROCESS = "Process"
    OUTCOME = "Outcome"
    #: Not in the gold guidelines; recognised for study facts and for the public corpora.
    SPECIES = "Species"
    VARIANT = "Variant"
    CELL_LINE = "CellLine"


class Predicate(StrEnum):
    """The fifteen predicates of the gold guidelines, subject → object."""

    TREATS = "treats"
    CAUSES_ADVERSE_EVENT = "causes_adverse_event"
    COMBINED_WITH = "combined_with"
    FOLLOWED_BY = "followed_by"
    REFRACTORY_TO = "refractory_to"
    COMPARED_WITH = "compared_with"
    AFFECTS_OUTCOME = "affects_outcome"
    PREDICTS = "predicts"
    TARGETS = "targets"
    INCREASES = "increases"
    DECREASES = "decreases"
    INVOLVED_IN = "involved_in"
    EXPRESSED_BY = "expressed_by"
    COMPLICATION_OF = "complication_of"
    ASSOCIATED_WITH = "associated_with"

    @property
    def symmetric(self) -> bool:
        """Whether subject and object may change places."""
        return self in {Predicate.COMBINED_WITH, Predicate.COMPARED_WITH, Predicate.ASSOCIATED_WITH}


class Effect(StrEnum):
    """Which way an effect went; `treats`, `affects_outcome` and `predicts` have one each, others none."""

    EFFECTIVE = "effective"
    INEFFECTIVE = "ineffective"
    MIXED = "mixed"
    IMPROVED = "improved"
    WORSENED = "worsened"
    INCREASED = "increased"
    DECREASED = "decreased"
    NO_DIFFERENCE = "no_difference"
    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSPECIFIED = "unspecified"


class Certainty(StrEnum):
    """How sure the text is of what it says; the values are those of the gold guidelines."""

    ASSERTED = "asserted"
    SPECULATIVE = "speculative"
    INVESTIGATED = "investigated"


class Origin(StrEnum):
    """Whose finding a sentence tells: the study's own, or what was known, planned or is retold."""

    NOVEL = "novel"
    BACKGROUND = "background"


class StudyDesign(StrEnum):
    """How a study was done; the fifteen values of the gold guidelines."""

    RANDOMISED_TRIAL = "randomised_trial"
    NONRANDOMISED_TRIAL = "nonrandomised_trial"
    COHORT = "cohort"
    CASE_CONTROL = "case_control"
    CROSS_SECTIONAL = "cross_sectional"
    CASE_SERIES = "case_series"
    CASE_REPORT = "case_report"
    META_ANALYSIS = "meta_analysis"
    SYSTEMATIC_REVIEW = "systematic_review"
    REVIEW = "review"
    GUIDELINE = "guideline"
    PROTOCOL = "protocol"
    PRECLINICAL_IN_VIVO = "preclinical_in_vivo"
    PRECLINICAL_IN_VITRO = "preclinical_in_vitro"
    OTHER = "other"
