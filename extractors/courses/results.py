"""What a course brought: endpoints with direction and value, adverse events, deaths; and the doses given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.courses.arms import Place, places_in
from extractors.courses.cues import course_patterns
from extractors.courses.numbers import Context, Number
from extractors.courses.outcome_features import THAN
from extractors.courses.regimens import Regimen
from extractors.courses.treatments import Treatment
from extractors.records import Argument, Endpoint, Mention, Sentence, Span, Statistic
from extractors.values import MentionType

#: An endpoint's value stands within this many characters after its name; a dose within fewer after a drug's.
VALUE_WITHIN, DOSE_WITHIN = 80, 40
#: What may be the value of an endpoint.
VALUES = frozenset({"percentage", "count_of", "mean", "median", "change", "ratio", "difference", "measurement", "fold"})
#: The number of patients who died, before or after the word.
DEATHS = re.compile(r"\b(?:died|deaths?)\b", re.IGNORECASE)
DEATHS_WITHIN = 30


def find_doses(context: Context, regimen: Regimen) -> tuple[Statistic, ...]:
    """Return the doses that follow a treatment of the course before another is named."""
    named = sorted(span for r in context.chosen for m in r.members for span in m.spans)
    found: list[Statistic] = []
    for span in sorted(span for member in regimen.members for span in member.spans):
        limit = min((other[0] for other in named if other[0] > span[1]), default=span[1] + DOSE_WITHIN)
        for _, statistics in context.statistics:
            near = [
                s for s in statistics if s.kind == "dose" and span[1] <= s.start < min(limit, span[1] + DOSE_WITHIN)
            ]
            found += [s for s in near if s not in found]
    return tuple(found)


def find_endpoints(context: Context, regimen: Regimen) -> tuple[Endpoint, ...]:
    """Return the endpoints of the sentences that name the course and report results."""
    own = {o.sentence for o in regimen.occurrences}
    arm = context.arm_of(regimen)
    own |= {s for s in context.document.sentences if any(p.arm == arm for p in places_in(context.places, s))}
    outcomes = [m for m in context.document.mentions if m.type is MentionType.OUTCOME]
    found: list[Endpoint] = []
    for sentence, statistics in context.statistics:
        if sentence not in own or context.document.category(sentence) in {
            "methods",
            "background",
            "objective",
            "title",
        }:
            continue
        inside = [m for m in outcomes if sentence.start <= m.start and m.end <= sentence.end]
        found += [_endpoint(context, sentence, mention, statistics, arm) for mention in inside]
    return tuple(dict.fromkeys(found))


def _endpoint(
    context: Context, sentence: Sentence, mention: Mention, statistics: Sequence[Statistic], arm: int
) -> Endpoint:
    values = [s for s in statistics if s.kind in VALUES]
    places = places_in(context.places, sentence)
    if len({p.arm for p in places}) > 1:
        after = [s for s in values if s.start >= mention.end and _arm_of(s, values, places) == arm]
    else:
        after = [s for s in values if 0 <= s.start - mention.end <= VALUE_WITHIN]
    times = [s for s in statistics if s.kind == "time_point"]
    sure = [s for s in statistics if s.kind == "p_value" and s.start >= mention.end]
    name = mention.name or mention.text
    return Endpoint(
        Argument(mention.concept, name, mention.type, (mention.span,)),
        sentence.span,
        _direction(context, sentence, places, arm),
        after[0] if after else None,
        min(times, key=lambda s: (abs(s.start - mention.end), s.start), default=None),
        sure[0] if sure else None,
    )


def _arm_of(value: Statistic, values: Sequence[Statistic], places: Sequence[Place]) -> int | None:
    """Return whose a value of a sentence on several courses is: of the next course named before another value.

    Else of the last named before it; None where there is neither.
    """
    stop = min((v.start for v in values if v.start >= value.end and v.kind == value.kind), default=None)
    following = [p for p in places if p.start >= value.end and (stop is None or p.start < stop)]
    if following:
        return following[0].arm
    before = [p for p in places if p.end <= value.start]
    return before[-1].arm if before else None


def _direction(context: Context, sentence: Sentence, places: Sequence[Place], arm: int) -> str:
    """Return which way the endpoint went; what the other arm is compared with has no direction of its own."""
    words = context.document.text[sentence.start : sentence.end]
    than = THAN.search(words)
    own = [p.start - sentence.start for p in places if p.arm == arm]
    compared = than and len({p.arm for p in places}) > 1
    for name, pattern in course_patterns("direction").items():
        if pattern.search(words):
            if name != "no_difference" and compared and than and own and min(own) > than.start():
                return "unspecified"
            return name
    return "unspecified"


def find_adverse_events(context: Context, regimen: Regimen, diseases: Sequence[Treatment]) -> tuple[Argument, ...]:
    """Return the diseases named in a sentence on safety that names the course, or no other course."""
    own = {o.sentence for o in regimen.occurrences}
    others = {o.sentence for r in context.chosen if r is not regimen for o in r.occurrences}
    text = context.document.text
    told: list[Span] = []
    for sentence in context.document.sentences:
        if sentence not in own and (sentence in others or len(context.chosen) > 1):
            continue
        cue = course_patterns("adverse")["event"].search(text, sentence.start, sentence.end)
        if cue and context.document.category(sentence) not in {"title", "background", "objective", "methods"}:
            told.append((cue.start(), sentence.end))
    found: list[Argument] = []
    for disease in diseases:
        spans = [s for start, end in told for s in disease.spans if start <= s[0] and s[1] <= end]
        if spans:
            argument = disease.argument
            found.append(Argument(argument.concept, argument.name, argument.type, tuple(spans)))
    return tuple(found)


def find_deaths(context: Context, regimen: Regimen) -> Number | None:
    """Return the number who died, where a sentence of the course (or of the only course) says so."""
    own = {o.sentence for o in regimen.occurrences}
    for sentence, statistics in context.statistics:
        if sentence not in own and len(context.chosen) > 1:
            continue
        for match in DEATHS.finditer(context.document.text, sentence.start, sentence.end):
            for s in statistics:
                near = 0 <= match.start() - s.end <= DEATHS_WITHIN
                if near and s.kind in {"count", "count_of", "bare", "word"} and s.value is not None:
                    return Number(int(s.value), ((s.start, s.end),), s.kind, sentence)
    return None
