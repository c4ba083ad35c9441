"""Candidate courses judged by the encoder."""

import math
from hashlib import sha256
from importlib import resources

import pytest

from extractors.claims.words import FOLDER, WORDS, session
from extractors.courses import CourseFinder, sequences
from extractors.courses.outcome import choose_outcome
from extractors.courses.reader import GRAPH, OUTCOMES, CourseReader
from extractors.courses.regimens import find_regimens
from extractors.courses.selection import (
    ENCODER_MODEL,
    LEAST_ODDS,
    MODEL,
    MOST_ODDS,
    choose_courses,
    own_features,
)
from extractors.courses.treatments import group_treatments
from extractors.linear import load_model
from extractors.study.design import read_design
from extractors.values import StudyDesign
from tests.extractors.courses.texts import TRIAL, document, names

READER = CourseReader()
CANDIDATES = find_regimens(TRIAL, group_treatments(TRIAL))
DESIGN = StudyDesign.RANDOMISED_TRIAL
#: Series in which the words' choice of courses is close.
UNSETTLED = (
    document(
        "Belimumab after cyclophosphamide in cryoglobulinaemic vasculitis: a case series",
        "After rituximab, belimumab led to a complete response. All had received rituximab before. Cyclophosphamide may be "
        "an option in cryoglobulinaemic vasculitis.",
    ),
    document(
        "Rituximab after prednisone in cryoglobulinaemic vasculitis: a case series",
        "A complete response was seen. She was given rituximab, and purpura went. Methotrexate and rituximab were given.",
    ),
    document(
        "Methotrexate in cryoglobulinaemic vasculitis: report of three cases",
        "Under methotrexate, purpura came back. After cyclophosphamide, prednisone led to a complete response. "
        "Cyclophosphamide was stopped because of an infection.",
    ),
    document(
        "Rituximab after belimumab in cryoglobulinaemic vasculitis: a case series",
        "Two of six patients responded to belimumab. Methotrexate may be an option. All had received methotrexate before. "
        "Rituximab had failed.",
    ),
)
EVEN = dict.fromkeys(OUTCOMES, 0.2)


def test_outcomes_of_a_candidate_are_probabilities() -> None:
    outcomes = READER.outcomes(TRIAL, CANDIDATES, CANDIDATES, DESIGN)
    assert len(outcomes) == len(CANDIDATES)
    for read in outcomes:
        assert set(read) == set(OUTCOMES)
        assert sum(math.exp(p) for p in read.values()) == pytest.approx(1, abs=1e-9)


def test_a_candidate_is_judged_alike_alone_and_among_others() -> None:
    together = READER.odds(TRIAL, CANDIDATES, CANDIDATES, DESIGN)
    alone = [READER.odds(TRIAL, (c,), CANDIDATES, DESIGN)[0] for c in CANDIDATES]
    assert together == pytest.approx(alone, abs=1e-4)


def test_no_candidates_no_judgements() -> None:
    assert READER.odds(TRIAL, (), (), DESIGN) == []
    assert READER.outcomes(TRIAL, (), (), DESIGN) == []


def test_the_arms_of_a_trial_are_likelier_courses_than_what_is_no_arm() -> None:
    trial = document(TRIAL.article.title, "BACKGROUND: Cyclophosphamide is toxic. " + TRIAL.article.abstract)
    candidates = find_regimens(trial, group_treatments(trial))
    judged = READER.odds(trial, candidates, candidates, DESIGN)
    odds = {tuple(m.argument.name.lower() for m in c.members): o for c, o in zip(candidates, judged, strict=True)}
    assert min(odds["rituximab",], odds["placebo",]) > odds["cyclophosphamide",]


def test_the_graph_was_fitted_on_the_vectors_that_it_is_given() -> None:
    folder = resources.files(FOLDER)
    known = session((folder / GRAPH).read_bytes()).get_modelmeta().custom_metadata_map
    assert known == {WORDS: sha256((folder / WORDS).read_bytes()).hexdigest()}


@pytest.mark.parametrize(("odds", "counted"), [(-30.0, LEAST_ODDS), (0.5, 0.5), (30.0, MOST_ODDS)])
def test_the_encoders_odds_count_within_limits(odds: float, counted: float) -> None:
    features = own_features(TRIAL, CANDIDATES[:1], DESIGN, [odds])[0]
    assert (features["read"], features["read&1"]) == (counted, counted)


def test_without_the_encoder_no_candidate_has_its_odds() -> None:
    assert not [
        name for own in own_features(TRIAL, CANDIDATES, DESIGN, None) for name in own if name.startswith("read")
    ]


def test_the_encoder_settles_an_outcome_that_the_words_leave_open() -> None:
    read = {name: math.log(0.9 if name == "no_benefit" else 0.025) for name in OUTCOMES}
    assert choose_outcome(EVEN, None, read) == "no_benefit"


def test_the_encoder_does_not_outvote_clear_words() -> None:
    words = {name: 0.9 if name == "improved" else 0.025 for name in OUTCOMES}
    read = {name: math.log(0.9 if name == "no_benefit" else 0.025) for name in OUTCOMES}
    assert choose_outcome(words, None, read) == "improved"


def test_counted_responders_rule_out_that_no_outcome_is_stated() -> None:
    read = {name: math.log(0.9 if name == "not_stated" else 0.025) for name in OUTCOMES}
    assert choose_outcome(EVEN, 3, read) != "not_stated"


@pytest.mark.parametrize("encoder", [True, False])
def test_the_arms_of_a_trial_are_found_with_and_without_the_encoder(encoder: bool) -> None:
    courses = CourseFinder(encoder=encoder).extract(TRIAL)
    assert [[name.lower() for name in names(course)] for course in courses] == [["rituximab"], ["placebo"]]


def test_the_courses_of_cases_are_chosen_without_the_encoder() -> None:
    turned = 0
    for cases in UNSETTLED:
        candidates, (design, _) = find_regimens(cases, group_treatments(cases)), read_design(cases)
        assert design in sequences.CASES
        odds = READER.odds(cases, candidates, candidates, design)
        by_encoder = choose_courses(cases, candidates, design, load_model(ENCODER_MODEL), odds)
        turned += by_encoder != choose_courses(cases, candidates, design, load_model(MODEL))
        with_encoder, without = (CourseFinder(encoder=e).extract(cases) for e in (True, False))
        assert [names(course) for course in with_encoder] == [names(course) for course in without]
    assert turned, "the encoder turns none of these: the test needs others"
