"""The numbers of a text that may be the patients or the responders of a course."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from extractors.courses.arms import Place, find_places
from extractors.courses.cues import course_patterns
from extractors.courses.regimens import Regimen
from extractors.document import Document
from extractors.records import Sentence, Span, Statistic
from extractors.statistics.sentences import read_numbers
from extractors.study.participants import PERSON
from extractors.values import StudyDesign

#: Numbers of arms stand within this many characters.
FARTHEST = 400
#: A grade of response follows its count within, and the next count stands within, so many characters.
GRADE_WITHIN, GRADES_APART = 30, 60
#: Arms of one study are no more than this many times as large as one another.
MOST_UNEQUAL = 6
#: Kinds of statistics that count patients.
COUNTS = frozenset({"count", "count_of", "bare", "word"})
#: What stands between a count and its percentage, whichever comes first; a noun may ("40 patients (23%)").
BESIDE = re.compile(r"\s?(?:\w+\s)?[(\[]\s?(?:[nN]\s?=\s?)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number a cell may hold: its value, the spans it is read or computed from, and how ("share" × patients)."""

    value: int
    spans: tuple[Span, ...]
    kind: str
    sentence: Sentence
    #: What it is stated to be a part of ("7 of 9").
    total: int | None = None


@dataclass(frozen=True)
class Context:
    """What is known when the numbers of a course are sought: the article, the courses chosen, the study."""

    document: Document
    statistics: tuple[tuple[Sentence, tuple[Statistic, ...]], ...]
    chosen: tuple[Regimen, ...]
    design: StudyDesign
    n: int | None

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where the text speaks of each course."""
        return find_places(self.document, self.chosen)

    @cached_property
    def crossover(self) -> bool:
        """Whether the text speaks of patients who had one course after the other."""
        return course_patterns("arms")["crossover"].search(self.document.text) is not None

    def arm_of(self, regimen: Regimen) -> int:
        """Return a course's place among the chosen; -1 for one that was not chosen."""
        return next((i for i, r in enumerate(self.chosen) if r is regimen), -1)


def read_statistics(document: Document) -> tuple[tuple[Sentence, tuple[Statistic, ...]], ...]:
    """Return each sentence with its statistics and with the whole numbers that no statistic claims."""
    return tuple(
        (sentence, tuple(sorted((*statistics, *bare), key=lambda s: (s.start, s.end))))
        for sentence, statistics, bare in read_numbers(document)
    )


def patient_numbers(context: Context) -> tuple[Number, ...]:
    """Return what may be the number of patients of a course: counts, and the totals of "7 of 9"."""
    numbers = [number for sentence, found in context.statistics for number in _counts(sentence, found)]
    if context.design is StudyDesign.CASE_REPORT:
        person = PERSON.search(context.document.text)
        home = person and context.document.sentence_at(person.start())
        if person and home:
            numbers.append(Number(1, (person.span(),), "person", home))
    return (*numbers, *_even_parts(context, numbers))


def _even_parts(context: Context, numbers: Sequence[Number]) -> Iterator[Number]:
    """Yield the arms' share of a number that a sentence says was split evenly."""
    arms = len(context.chosen)
    for number in numbers if arms > 1 else ():
        sentence = number.sentence
        evenly = course_patterns("talk")["evenly"].search(context.document.text, sentence.start, sentence.end)
        if evenly and number.value % arms == 0 and number.value > arms:
            yield Number(number.value // arms, (*number.spans, evenly.span()), "even", sentence)


def _counts(sentence: Sentence, found: Sequence[Statistic]) -> Iterator[Number]:
    for s in found:
        if s.kind == "count_of" and s.total:
            yield Number(int(s.total), ((s.start, s.end),), "total", sentence)
        elif s.kind in {"count", "bare", "word"} and s.value and s.value >= 1 + (s.kind != "count"):
            yield Number(int(s.value), ((s.start, s.end),), s.kind, sentence)


def responder_numbers(context: Context, patients: Number | None) -> tuple[Number, ...]:
    """Return what may be the number of responders: counts, parts of totals, and shares of the course's patients."""
    numbers: list[Number] = []
    for sentence, found in context.statistics:
        for s in found:
            span = (s.start, s.end)
            if s.kind == "count_of" and s.value is not None:
                total = int(s.total) if s.total else None
                numbers.append(Number(int(s.value), (span,), "part", sentence, total))
            elif s.kind in {"count", "bare", "word"} and s.value is not None:
                numbers.append(Number(int(s.value), (span,), s.kind, sentence))
            elif s.kind == "percentage" and s.value is not None and patients and 0 <= s.value <= 100:
                if _stands_by_count(context.document.text, s, found):
                    continue  # "40 [23%] of 178": what the share would give is told, and rounded it may be another
                share = int(s.value * patients.value / 100 + 0.5)
                numbers.append(Number(share, (span, *patients.spans), "share", sentence))
        numbers += _added(context, sentence, found)
    if patients:
        numbers.append(Number(patients.value, patients.spans, "all", patients.sentence))
        numbers = [number for number in numbers if number.value <= patients.value]
    return tuple(numbers)


def _stands_by_count(text: str, share: Statistic, found: Sequence[Statistic]) -> bool:
    """Whether a percentage only repeats a count: "40 (23%)", "23% (n = 40)", "40 of 178 (23%)"."""
    for count in found:
        if count.kind not in COUNTS or count.value is None:
            continue
        if count.start <= share.start and share.end <= count.end:
            return True
        if BESIDE.fullmatch(text[min(count.end, share.end) : max(count.start, share.start)]):
            return True
    return False


def _added(context: Context, sentence: Sentence, found: Sequence[Statistic]) -> Iterator[Number]:
    """Yield complete and partial responders of one sentence added up ("three complete and four partial remissions")."""
    counts = [s for s in found if s.kind in COUNTS and s.value is not None]
    text = context.document.text
    for first, second in pairwise(counts):
        between, after = text[first.end : second.start], text[second.end : min(sentence.end, second.end + GRADE_WITHIN)]
        grades = course_patterns("grades")
        if len(between) <= GRADES_APART and grades["complete"].search(between) and grades["partial"].search(after):
            spans = ((first.start, first.end), (second.start, second.end))
            yield Number(int((first.value or 0) + (second.value or 0)), spans, "added", sentence)


def arm_windows(context: Context, numbers: Sequence[Number]) -> tuple[tuple[Number, ...], ...]:
    """Return the runs of neighbouring numbers, one a course, that add up to the study's participants."""
    size = len(context.chosen)
    runs = (tuple(numbers[i : i + size]) for i in range(len(numbers) - size + 1))
    return tuple(
        run
        for run in runs
        if size > 1
        and sum(number.value for number in run) == context.n
        and run[-1].spans[0][0] - run[0].spans[0][0] <= FARTHEST
        and max(number.value for number in run) <= MOST_UNEQUAL * min(number.value for number in run)
        and not any(_same_patients(first, second) for first, second in combinations(run, 2))
    )


def _same_patients(first: Number, second: Number) -> bool:
    """Whether a sentence gives a number again as what others are a part of: "nine patients …: 7 of 9 improved"."""
    again = "total" in {first.kind, second.kind}
    return again and first.sentence == second.sentence and first.value == second.value
