"""What the encoder is told of candidate courses: pieces that name them, and where pieces stand."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from extractors.claims.pieces import LONGEST_SENTENCE
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


def labelled(label: str) -> Document:
    passages = tuple(p if p.is_title else replace(p, category=None, label=label) for p in TRIAL.article.passages)
    return replace(TRIAL, article=replace(TRIAL.article, passages=passages))


@pytest.mark.parametrize(
    ("label", "section"), [("AN ODD LABEL", "abstract"), ("PATIENTS AND METHODS", "methods"), ("FUNDING", "unassigned")]
)
def test_a_label_without_a_category_counts_as_the_one_it_stands_for(label: str, section: str) -> None:
    odd = labelled(label)
    marks = mark(WORDS.read(odd), regimens_of(odd), regimens_of(odd), StudyDesign.OTHER)
    assert set(marks.sections.tolist()) == {0, 1 + SECTIONS.index("title"), 1 + SECTIONS.index(section)}


def test_every_design_has_its_number() -> None:
    assert sorted(DESIGNS) == sorted(StudyDesign)


def test_words_behind_the_last_piece_that_is_read_mark_none() -> None:
    long = document(
        "A report",
        "We gave " + "very " * LONGEST_SENTENCE + "little methotrexate. Belimumab was never given to anybody.",
    )
    regimens = regimens_of(long)
    marks = mark(WORDS.read(long), [named(regimens, "methotrexate")], regimens, StudyDesign.OTHER)
    assert OWN not in marks.mentions
    assert not (marks.places & BESIDE).any()


def test_a_title_alone_is_title_and_end() -> None:
    alone = document("Rituximab in purpura", "")
    marks = mark(WORDS.read(alone), regimens_of(alone), regimens_of(alone), StudyDesign.OTHER)
    assert set(marks.places[0, 1:-1].tolist()) == {IN_TITLE + AT_END + BESIDE}
    assert marks.places[0, [0, -1]].tolist() == [0, 0]


def test_an_article_without_a_title_has_no_piece_in_one() -> None:
    without = document("", "We gave rituximab. Purpura went. It was well tolerated.")
    marks = mark(WORDS.read(without), regimens_of(without), regimens_of(without), StudyDesign.OTHER)
    assert marks.mentions.any()
    assert not (marks.places & IN_TITLE).any()


def test_marks_of_a_long_article_stand_in_all_its_runs() -> None:
    long = document("Rituximab in purpura", "Purpura went away in nearly every patient. " * 80 + "Rituximab helps.")
    words = WORDS.read(long)
    marks = mark(words, regimens_of(long), regimens_of(long), StudyDesign.OTHER)
    ends = np.cumsum([len(numbers) for numbers, _ in words.pieces.runs])
    assert len(ends) > 1
    own = np.flatnonzero(marks.mentions[0] == OWN)
    assert own[0] < ends[0]
    assert ends[-2] <= own[-1] < ends[-1]
    assert not marks.places[0][[0, *(ends - 1)]].any()
