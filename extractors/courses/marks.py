"""What the encoder is told of candidate courses: which pieces name each and which name others, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from extractors.claims.words import ReadWords
from extractors.courses.regimens import Regimen
from extractors.language.sections import category_of
from extractors.records import Span
from extractors.values import StudyDesign

Numbers = npt.NDArray[np.int64]

#: Sections of an abstract; anything else counts as the first. Number 0 is a piece outside all sentences.
SECTIONS = ("abstract", "background", "conclusions", "methods", "objective", "results", "title", "unassigned")
#: A piece names no candidate, the one in question, or only another.
NO_MENTION, OWN, OTHER = range(3)
#: Where a piece stands, added up: in the title (its first sentence), in one of the last sentences, in one that names
#: the candidate.
IN_TITLE, AT_END, BESIDE = 1, 2, 4
PLACES = 8
#: So many sentences are the end of an abstract.
ENDING = 2
#: Larger numbers of a candidate's treatments and namings, and of candidates, are not told apart.
MOST_TREATMENTS, MOST_NAMINGS, MOST_CANDIDATES = 4, 6, 12
#: In the order of the fitted numbers.
DESIGNS = (
    StudyDesign.RANDOMISED_TRIAL,
    StudyDesign.NONRANDOMISED_TRIAL,
    StudyDesign.COHORT,
    StudyDesign.CASE_CONTROL,
    StudyDesign.CROSS_SECTIONAL,
    StudyDesign.CASE_SERIES,
    StudyDesign.CASE_REPORT,
    StudyDesign.META_ANALYSIS,
    StudyDesign.SYSTEMATIC_REVIEW,
    StudyDesign.REVIEW,
    StudyDesign.GUIDELINE,
    StudyDesign.PROTOCOL,
    StudyDesign.PRECLINICAL_IN_VIVO,
    StudyDesign.PRECLINICAL_IN_VITRO,
    StudyDesign.OTHER,
)


@dataclass(frozen=True, slots=True)
class Marks:
    """`sections` has a number a piece; `mentions` and `places` a row a candidate and a column a piece.

    `treatments` and `namings` count those of each candidate; `candidates` and `design` are one number each, the
    article's.
    """

    sections: Numbers
    mentions: Numbers
    places: Numbers
    treatments: Numbers
    namings: Numbers
    candidates: Numbers
    design: Numbers

    def inputs(self) -> dict[str, Numbers]:
        """Return them by name, in the order in which the network takes them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def mark(words: ReadWords, regimens: Sequence[Regimen], among: Sequence[Regimen], design: StudyDesign) -> Marks:
    """Return the marks of candidates `regimens`; `among` are all candidates of the article."""
    stretches = _Stretches(words)
    anywhere = stretches.cover(span for r in among for member in r.members for span in member.spans)
    sentence_of, categories = stretches.sentence_of, words.reading.categories
    numbers = [0, *(1 + _section(name) for name in categories)]
    titled = categories[:1] == ("title",)
    around = IN_TITLE * ((sentence_of == 0) & titled) + AT_END * (sentence_of >= max(0, len(categories) - ENDING))
    mentions, places = [], []
    for regimen in regimens:
        own = stretches.cover(span for member in regimen.members for span in member.spans)
        mentions.append(np.where(own, OWN, np.where(anywhere, OTHER, NO_MENTION)))
        beside = np.isin(sentence_of, sentence_of[own])
        places.append(around + BESIDE * beside)
    return Marks(
        np.array(numbers, np.int64)[sentence_of + 1],
        np.array(mentions, np.int64),
        np.array(places, np.int64),
        np.array([min(len(r.members), MOST_TREATMENTS) for r in regimens], np.int64),
        np.array([min(len(r.occurrences), MOST_NAMINGS) for r in regimens], np.int64),
        np.array([min(len(among), MOST_CANDIDATES)], np.int64),
        np.array([DESIGNS.index(design)], np.int64),
    )


class _Stretches:
    """Where the words of an article stand in its text and in its pieces."""

    def __init__(self, words: ReadWords) -> None:
        sentences, at = words.reading.sentences, words.pieces.at
        self._starts = np.array([start for sentence in sentences for start in sentence.starts], np.int64)
        self._ends = np.array([end for sentence in sentences for end in sentence.ends], np.int64)
        # A word behind the last piece that is read, or without pieces, covers none: first and last are the same.
        self._first = np.array([min(first, own[-1]) for own in at for first in own[:-1]], np.int64)
        self._last = np.array([min(last, own[-1]) for own in at for last in own[1:]], np.int64)
        #: The number of each piece's sentence, -1 outside all.
        self.sentence_of = np.full(len(words.last), -1)
        for number, own in enumerate(at):
            self.sentence_of[own[0] : own[-1]] = number

    def cover(self, spans: Iterable[Span]) -> npt.NDArray[np.bool_]:
        """Return which pieces are of words that the spans touch."""
        covered = np.zeros(len(self.sentence_of), bool)
        for start, end in spans:
            first = int(np.searchsorted(self._ends, start, side="right"))
            past = int(np.searchsorted(self._starts, end, side="left"))
            for word in range(first, past):
                covered[self._first[word] : self._last[word]] = True
        return covered


def _section(name: str) -> int:
    """Return the number of a category, or of the one that a label stands for, as in the articles learnt from."""
    known = name if name in SECTIONS else (category_of(name) or "").lower()
    return SECTIONS.index(known) if known in SECTIONS else 0
