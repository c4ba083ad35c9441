"""Proof that a course's and a study's numbers stand in the text, or follow by arithmetic from numbers that do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from extractors.courses.cues import course_patterns
from extractors.records import Argument, Course, Span, Statistic, Study
from extractors.statistics.numbers import COUNT, DECIMAL, SIGNED, parse_number
from extractors.study.participants import PERSON

#: Words that are numbers of patients.
WORDS = {"both": 2, "none": 0, "no": 0, "neither": 0}
NUMBER = re.compile(rf"{SIGNED}|{COUNT}", re.IGNORECASE)
WHOLE = re.compile(COUNT, re.IGNORECASE)


def course_faults(course: Course, text: str) -> Iterator[str]:
    """Yield what the text does not bear out; nothing for a course whose every cell is a span or follows from spans."""
    yield from _outside(_spans(course), text)
    people = ("patients", course.patients, course.patients_span, course.patients_terms)
    for name, value, span, terms in (
        people,
        ("responders", course.responders, course.responders_span, course.responders_terms),
        ("deaths", course.deaths, course.deaths_span, ()),
    ):
        yield from _number(name, value, span, terms, text, of=course.patients)
    if course.patients is not None and course.responders is not None and course.responders > course.patients:
        yield f"responders {course.responders} are more than the patients {course.patients}"
    for dose in course.doses:
        yield from _statistic("dose", dose, text)
    for endpoint in course.endpoints:
        for name in ("value", "time", "p"):
            found = getattr(endpoint, name)
            if found:
                yield from _statistic(f"{endpoint.measure.name} {name}", found, text)


def study_faults(study: Study, text: str) -> Iterator[str]:
    """Yield what the text does not bear out of a study's participants and follow-up."""
    spans = [study.n_span, study.funding_span, *study.n_terms, *((a, b) for _, a, b in study.countries)]
    yield from _outside([span for span in spans if span], text)
    yield from _number("n", study.n, study.n_span, study.n_terms, text)
    if study.follow_up:
        yield from _statistic("follow-up", study.follow_up, text)


def whole_numbers(words: str) -> set[int]:
    """Return the numbers of people that words state: those written out or in digits; 1 for "a 54-year-old woman"."""
    found = {int(parse_number(m.group())) for m in WHOLE.finditer(words)}
    found |= {value for word, value in WORDS.items() if re.search(rf"\b{word}\b", words, re.IGNORECASE)}
    if PERSON.fullmatch(words.strip()):
        found.add(1)
    return found


def _number(
    name: str, value: int | None, span: Span | None, terms: Sequence[Span], text: str, *, of: int | None = None
) -> Iterator[str]:
    if value is None and span is None:
        return
    if value is None or span is None:
        yield f"{name} {value} with the span {span}"
    elif not terms:
        if value not in whole_numbers(text[slice(*span)]):
            yield f"{name} {value} is not in {text[slice(*span)]!r}"
    elif not (_is_sum(value, terms, text) or _is_even_part(value, terms, text) or _is_share(value, terms, text, of)):
        yield f"{name} {value} does not follow from {[text[slice(*term)] for term in terms]}"


def _is_sum(value: int, terms: Sequence[Span], text: str) -> bool:
    addends = [whole_numbers(text[slice(*term)]) for term in terms]
    return any(sum(choice) == value for choice in product(*addends))


def _is_even_part(value: int, terms: Sequence[Span], text: str) -> bool:
    """Whether the second term says that the number of the first was split evenly."""
    evenly = len(terms) == 2 and course_patterns("talk")["evenly"].search(text[slice(*terms[1])])
    return bool(evenly) and any(value and whole % value == 0 for whole in whole_numbers(text[slice(*terms[0])]))


def _is_share(value: int, terms: Sequence[Span], text: str, of: int | None) -> bool:
    """Whether the value is the first term's percentage of the patients, rounded."""
    shares = [parse_number(m.group()) for m in re.finditer(DECIMAL, text[slice(*terms[0])])]
    return of is not None and any(value == int(share * of / 100 + 0.5) for share in shares)


def _statistic(name: str, statistic: Statistic, text: str) -> Iterator[str]:
    words = text[statistic.start : statistic.end]
    stated = {parse_number(m.group()) for m in NUMBER.finditer(words)}
    stated |= {float(n) for n in whole_numbers(words)} | {abs(n) for n in stated}
    for part in (statistic.value, statistic.total, statistic.low, statistic.high, statistic.spread):
        if part is not None and part not in stated and -part not in stated:
            yield f"{name} {part} is not in {words!r}"


def _outside(spans: Sequence[Span], text: str) -> Iterator[str]:
    wrong = [str(span) for span in spans if not 0 <= span[0] < span[1] <= len(text)]
    if wrong:
        yield f"outside the text: {', '.join(wrong)}"


def _spans(course: Course) -> list[Span]:
    arguments: list[Argument] = [*course.current, *course.prior, *course.components, *course.adverse_events]
    arguments += [endpoint.measure for endpoint in course.endpoints]
    arguments += [course.condition] if course.condition else []
    single = (course.patients_span, course.responders_span, course.deaths_span, course.mode_span, course.setting_span)
    return [
        course.sentence,
        *(span for argument in arguments for span in argument.spans),
        *(span for span in single if span),
        *course.patients_terms,
        *course.responders_terms,
        *course.condition_qualifiers,
        *course.prior_spans,
        *course.outcome_spans,
        *(endpoint.sentence for endpoint in course.endpoints),
    ]
