from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values import Certainty, Effect, Predicate, StudyDesign
from graphs.answers import Reading
from graphs.assembly import patients
from graphs.belief import Belief, Weights, assess, combine, direction, load_weights, weigh

WEIGHTS = load_weights()


def reading(article: str = "PMID:1", **changes: object) -> Reading:
    base = Reading(
        row=1, id=article, article=article, cluster=None, cohort=None, year=2020, design="cohort", n=30, retracted=0,
        section="results", effect="effective", negated=0, certainty="asserted", score=0.9,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


readings = st.builds(
    Reading,
    row=st.just(1),
    id=st.uuids().map(str),
    article=st.sampled_from([f"PMID:{i}" for i in range(6)]),
    cluster=st.sampled_from([None, "A", "B"]),
    cohort=st.sampled_from([None, "X"]),
    year=st.one_of(st.none(), st.integers(1950, 2030)),
    design=st.sampled_from([str(d) for d in StudyDesign]),
    n=st.one_of(st.none(), st.integers(0, 10_000)),
    retracted=st.sampled_from([0, 0, 0, 1]),
    section=st.sampled_from(["title", "results", "background", "weird label"]),
    effect=st.sampled_from(["effective", "ineffective", "mixed", "unspecified"]),
    negated=st.sampled_from([0, 0, 1]),
    certainty=st.sampled_from([str(c) for c in Certainty]),
    score=st.floats(0, 1),
)


def treats(*found: Reading, weights: Weights = WEIGHTS) -> Belief:
    return assess("treats", found, weights)


def in_direction(belief: Belief, way: str) -> float:
    return dict(belief.directions).get(way, 0.0)


@given(st.lists(readings, max_size=12))
def test_belief_lies_between_nothing_and_certainty(found: list[Reading]) -> None:
    belief = treats(*found)
    assert 0 <= belief.belief <= 1
    assert 0 <= belief.opposed <= 1


@given(st.lists(readings, max_size=12), st.randoms())
def test_belief_does_not_depend_on_order(found: list[Reading], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = treats(*found), treats(*shuffled)
    assert (one.verdict, one.belief, one.opposed) == (two.verdict, two.belief, two.opposed)


@given(st.lists(readings, max_size=8), readings)
def test_belief_in_a_direction_never_falls_when_a_witness_for_it_is_added(found: list[Reading], more: Reading) -> None:
    before, after = treats(*found), treats(*found, more)
    for way, value in before.directions:
        assert in_direction(after, way) >= value - 1e-12


@given(st.lists(readings, min_size=1, max_size=8))
def test_belief_does_not_grow_by_hearing_the_same_twice(found: list[Reading]) -> None:
    assert treats(*found).belief == treats(*found, *found).belief


@given(readings, st.integers(1, 20))
def test_belief_counts_a_cohort_once_however_many_papers_it_fills(one: Reading, papers: int) -> None:
    first = replace(one, cohort="X")
    copies = [replace(first, article=f"PMID:{i + 100}", id=str(i)) for i in range(papers)]
    assert treats(first, *copies).belief == treats(first).belief


@given(st.lists(readings, min_size=1, max_size=8), st.data())
def test_belief_in_a_direction_never_grows_by_a_retraction(found: list[Reading], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(found) - 1))
    after = [replace(r, retracted=1) if i == place else r for i, r in enumerate(found)]
    before = treats(*found)
    for way, value in treats(*after).directions:
        assert value <= in_direction(before, way) + 1e-12


@given(readings, st.floats(0, 1), st.integers(0, 1000))
def test_strength_grows_with_score_and_participants(one: Reading, score: float, n: int) -> None:
    strength = weigh("treats", one, WEIGHTS).value
    assert weigh("treats", replace(one, score=max(one.score, score)), WEIGHTS).value >= strength
    assert weigh("treats", replace(one, n=(one.n or 0) + n), WEIGHTS).value >= strength


@pytest.mark.parametrize("predicate", list(Predicate))
def test_weights_know_every_design(predicate: Predicate) -> None:
    for design in StudyDesign:
        assert 0 < weigh(predicate, reading(design=str(design)), WEIGHTS).design < 1


def test_combine_of_two_halves_is_three_quarters() -> None:
    assert combine([0.5, 0.5]) == 0.75
    assert combine([]) == 0


def test_belief_of_one_small_case_series_is_small_but_not_nothing() -> None:
    # 0.9 × 0.45 (case series) × (0.5 + 0.5 × 3/23) × 1.0 (results)
    belief = treats(reading(design="case_series", n=3))
    assert belief.verdict == "effective"
    assert belief.belief == pytest.approx(0.9 * 0.45 * (0.5 + 0.5 * 3 / 23))


def test_belief_of_ten_reviews_is_that_of_the_best() -> None:
    reviews = [reading(f"PMID:{i}", design="review") for i in range(10)]
    assert treats(*reviews).belief == treats(reviews[0]).belief


def test_belief_of_a_null_trial_against_a_case_report_is_ineffective() -> None:
    trial = reading("PMID:1", design="randomised_trial", n=133, effect="ineffective")
    report = reading("PMID:2", design="case_report", n=1)
    belief = treats(trial, report)
    assert belief.verdict == "ineffective"
    assert 0 < belief.opposed < belief.belief


def test_belief_of_two_trials_that_disagree_is_mixed() -> None:
    trials = [
        reading(f"PMID:{i}", design="randomised_trial", effect=e) for i, e in enumerate(("effective", "ineffective"))
    ]
    assert treats(*trials).verdict == "mixed"


def test_belief_of_a_plan_is_nothing_and_says_so() -> None:
    belief = treats(reading(certainty="investigated"))
    assert (belief.verdict, belief.belief) == ("investigated", 0.0)


def test_belief_of_what_only_a_retracted_article_says_is_nothing() -> None:
    belief = treats(reading(retracted=1))
    assert (belief.verdict, belief.belief) == ("retracted", 0.0)


@pytest.mark.parametrize(
    ("predicate", "effect", "negated", "way"),
    [
        ("treats", Effect.EFFECTIVE, False, "effective"),
        ("treats", Effect.EFFECTIVE, True, "ineffective"),
        ("treats", Effect.INEFFECTIVE, True, "ineffective"),
        ("treats", None, True, "denied"),
        ("treats", None, False, "unspecified"),
        ("affects_outcome", Effect.IMPROVED, True, "no_difference"),
        ("affects_outcome", Effect.WORSENED, False, "worsened"),
        ("predicts", Effect.POSITIVE, True, "denied"),
        ("increases", None, True, "denied"),
        ("increases", None, False, "stated"),
    ],
)
def test_direction_of_a_reading(predicate: str, effect: Effect | None, negated: bool, way: str) -> None:
    assert direction(predicate, effect=effect, negated=negated, certainty="asserted") == way


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([reading("a", n=10), reading("b", n=20)], (30, 30)),
        ([reading("a", n=10), reading("a", n=10, id="again")], (10, 10)),
        ([reading("a", n=10, cluster="T"), reading("b", n=8, cluster="T")], (10, 10)),
        ([reading("a", n=10, cohort="C"), reading("b", n=8, cohort="C")], (10, 18)),
        ([reading("a", n=10, cohort="C", cluster="T"), reading("b", n=8, cohort="C", cluster="T"),
          reading("c", n=5, cohort="C")], (10, 15)),
        ([reading("a", n=10), reading("b", n=500, design="meta_analysis")], (10, 10)),
        ([reading("a", n=None)], (None, None)),
    ],
)  # fmt: skip
def test_patients_are_counted_once(found: list[Reading], expected: tuple[int | None, int | None]) -> None:
    assert patients(found) == expected
