"""How an article came by what it says."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records.identity import Span
from extractors.records.statistic import Statistic
from extractors.values import StudyDesign

#: Designs that retell what others found.
SECONDARY = frozenset({StudyDesign.REVIEW, StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.GUIDELINE})


@dataclass(frozen=True, slots=True)
class Study:
    """How the article came by what it says: design, participants analysed, registrations. None is 'not stated'.

    `n_terms` are the spans whose numbers add up to `n` where it is a sum ("20 patients and 19 controls"); `n_span` then
    covers them all. `why` is what decided the design.
    """

    article: str
    design: StudyDesign = StudyDesign.OTHER
    n: int | None = None
    n_span: Span | None = None
    registrations: tuple[str, ...] = ()
    species: tuple[str, ...] = ()
    n_terms: tuple[Span, ...] = ()
    why: str = ""
    #: True, False, or None where the text does not say.
    randomised: bool | None = None
    blinded: bool | None = None
    controlled: bool | None = None
    multicentre: bool | None = None
    #: Level of the documented table (configs/cues/evidence_tiers.tsv), "1" is the strongest; "" where it has none.
    tier: str = ""
    #: How long participants were followed.
    follow_up: Statistic | None = None
    #: (name, start, end) of the countries that the text says the study was done in.
    countries: tuple[tuple[str, int, int], ...] = ()
    #: Where the text says who paid.
    funding_span: Span | None = None

    @property
    def primary(self) -> bool:
        """Whether the article reports data of its own; a review's or guideline's statements are background."""
        return self.design not in SECONDARY
