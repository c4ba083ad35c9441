"""What a group of patients was given, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.records.claim import Argument
from extractors.records.identity import Span, content_hash
from extractors.records.statistic import Statistic


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One result of a course: what was measured, which way it went, its value, when, and how sure.

    `direction` is improved, worsened, increased, decreased, no_difference or unspecified.
    """

    measure: Argument
    sentence: Span
    direction: str = "unspecified"
    value: Statistic | None = None
    time: Statistic | None = None
    p: Statistic | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What one arm or group of patients was given, and what came of it. None is 'not stated'.

    `current` is in the order given; `patients_span` and `responders_span` are where the numbers stand (None where a
    number is None). A number that is computed names its operands: `patients_terms` are the addends of a sum, or the
    total and the words that split it evenly; `responders_terms` the share and the patients ("64% of 25"), or the
    addends. `not_extracted` names the cells that the text seems to fill but that could not be read.
    """

    article: str
    condition: Argument | None
    current: tuple[Argument, ...]
    sentence: Span
    prior: tuple[Argument, ...] = ()
    prior_reason: str | None = None
    mode: str = "single"
    patients: int | None = None
    responders: int | None = None
    patients_span: Span | None = None
    responders_span: Span | None = None
    outcome: str = "not_stated"
    patients_terms: tuple[Span, ...] = field(default=(), compare=False)
    responders_terms: tuple[Span, ...] = field(default=(), compare=False)
    #: Words that qualify the condition ("HCV-related", "refractory"), and those that say why a prior treatment ended.
    condition_qualifiers: tuple[Span, ...] = field(default=(), compare=False)
    prior_spans: tuple[Span, ...] = field(default=(), compare=False)
    #: What joins the drugs ("followed by"), where several are given.
    mode_span: Span | None = field(default=None, compare=False)
    #: How it stands to other treatment: add_on, maintenance, induction or switch; None where nothing is said.
    setting: str | None = field(default=None, compare=False)
    setting_span: Span | None = field(default=None, compare=False)
    #: The drugs that a named regimen of `current` stands for ("R-CHOP"), each with the places of that name.
    components: tuple[Argument, ...] = field(default=(), compare=False)
    #: The words that speak for the outcome.
    outcome_spans: tuple[Span, ...] = field(default=(), compare=False)
    doses: tuple[Statistic, ...] = field(default=(), compare=False)
    endpoints: tuple[Endpoint, ...] = field(default=(), compare=False)
    adverse_events: tuple[Argument, ...] = field(default=(), compare=False)
    deaths: int | None = field(default=None, compare=False)
    deaths_span: Span | None = field(default=None, compare=False)
    #: Ids of the courses it is compared with: the other arms of a trial.
    comparators: tuple[str, ...] = field(default=(), compare=False)
    not_extracted: tuple[str, ...] = field(default=(), compare=False)
    #: The dose that tells this arm from another one of the same drugs ("7 mg/kg"); None where there is no such arm.
    arm: str | None = None

    @property
    def id(self) -> str:
        start, end = self.sentence
        drugs = [argument.key for argument in self.current]
        return content_hash("course", self.article, str(start), str(end), *drugs, *([self.arm] if self.arm else []))
