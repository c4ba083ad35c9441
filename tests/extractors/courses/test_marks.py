"""What the encoder is told of candidate courses: pieces that name them, and where pieces stand."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from extractors.claims.words import ReadWords, WordReader
from extractors.courses.marks import (
    AT_END,
    BESIDE,
    DESIGNS,
    IN_TITLE,
    MOST_CANDIDATES,
    NO_MENTION,
    OTHER,
    OWN,
    SECTIONS,
    Marks,
    mark,
)
from extractors.courses.regimens import Regimen, find_regimens
from extractors.courses.treatments import group_treatments
from extractors.document import Document
from extractors.values import StudyDesign
from tests.extractors.courses.texts import document

TRIAL = document(
    "Rituximab in purpura",
    "BACKGROUND: Prednisone is usual. METHODS: We gave rituximab or placebo. RESULTS: Purpura went. "
    "CONCLUSIONS: More is to be done. Rituximab helps.",
)
WORDS = WordReader()


def regimens_of(read: Document) -> tuple[Regimen, ...]:
    return find_regimens(read, group_treatments(read))


def named(regimens: tuple[Regimen, ...], *names: str) -> Regimen:
    return next(r for r in regimens if [m.argument.name.lower() for m in r.members] == list(names))


@pytest.fixture(scope="module")
def read() -> ReadWords:
    return WORDS.read(TRIAL)


@pytest.fixture(scope="module")
def marks(read: ReadWords) -> Marks:
    regimens = regimens_of(TRIAL)
    return mark(read, [named(regimens, "rituximab")], regimens, StudyDesign.RANDOMISED_TRIAL)


def numbers_at(read: ReadWords, text: str, numbers: npt.NDArray[np.int64], nth: int = 0) -> set[int]:
    """Return the numbers of the pieces of a stretch of the text."""
    start = -1
    for _ in range(nth + 1):
        start = TRIAL.text.lower().index(text.lower(), start + 1)
    found: set[int] = set()
    for n, sentence in enumerate(read.reading.sentences):
        for i, (a, b) in enumerate(zip(sentence.starts, sentence.ends, strict=True)):
            if a < start + len(text) and start < b:
                found |= set(numbers[slice(*read.pieces.stretch(n, i, i + 1))].tolist())
    return found


@pytest.mark.parametrize(
    ("words", "nth", "number"),
    [
        ("Rituximab", 0, OWN),
        ("rituximab", 1, OWN),
        ("rituximab", 2, OWN),
        ("Prednisone", 0, OTHER),
        ("placebo", 0, OTHER),
        ("purpura", 0, NO_MENTION),
        ("helps", 0, NO_MENTION),
    ],
)
def test_pieces_of_a_candidate_and_of_others_are_told_apart(
    read: ReadWords, marks: Marks, words: str, nth: int, number: int
) -> None:
    assert numbers_at(read, words, marks.mentions[0], nth) == {number}


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("in purpura", IN_TITLE + BESIDE),
        ("is usual", 0),
        ("We gave", BESIDE),
        ("went", 0),
        ("to be done", AT_END),
        ("helps", AT_END + BESIDE),
    ],
)
def test_pieces_know_where_they_stand(read: ReadWords, marks: Marks, words: str, place: int) -> None:
    assert numbers_at(read, words, marks.places[0]) == {place}


@pytest.mark.parametrize(
    ("words", "section"),
    [("in purpura", "title"), ("is usual", "background"), ("We gave", "methods"), ("helps", "conclusions")],
)
def test_pieces_know_their_section(read: ReadWords, marks: Marks, words: str, section: str) -> None:
    assert numbers_at(read, words, marks.sections) == {1 + SECTIONS.index(section)}


def test_opening_and_closing_marks_stand_nowhere(marks: Marks) -> None:
    assert (marks.sections[0], marks.places[0, 0], marks.mentions[0, 0]) == (0, 0, NO_MENTION)
    assert (marks.sections[-1], marks.places[0, -1], marks.mentions[0, -1]) == (0, 0, NO_MENTION)


def test_counts_are_of_the_candidate_and_of_the_article(marks: Marks) -> None:
    assert (marks.treatments.tolist(), marks.namings.tolist()) == ([1], [3])
    assert marks.candidates.tolist() == [min(MOST_CANDIDATES, len(regimens_of(TRIAL)))]
    assert DESIGNS[marks.design[0]] is StudyDesign.RANDOMISED_TRIAL


def test_a_section_of_another_name_counts_as_the_abstract() -> None:
    passages = tuple(p if p.is_title else replace(p, category=None, label="LESSONS") for p in TRIAL.article.passages)
    odd = replace(TRIAL, article=replace(TRIAL.article, passages=passages))
    marks = mark(WORDS.read(odd), regimens_of(odd), regimens_of(odd), StudyDesign.OTHER)
    assert set(marks.sections.tolist()) == {0, 1 + SECTIONS.index("title"), 1 + SECTIONS.index("abstract")}
