from __future__ import annotations

import pytest

from extractors.errors import InputError
from extractors.values import StudyDesign
from graphs import query
from graphs.assembly import assemble
from graphs.explanation import explain, find_claims
from graphs.paths import Path
from graphs.store import Store
from graphs.topics import Topic, understand
from tests.graphs.fieldnotes import Notes

RETRACTED = {"publication_types": (("D016441", "Retracted Publication"),)}


def topic(store: Store, name: str) -> Topic:
    return understand(store.connection, name)


def test_after_failure_strict_wants_a_stated_course_with_the_reason(store: Store) -> None:
    Notes(1).treated(
        "After RTX failed, belimumab helped 3 of 3 with vasculitis.", "belimumab", condition="vasculitis",
        prior=("RTX",), reason="refractory", patients=3, responders=3, outcome="improved",
    ).into(store)  # fmt: skip
    Notes(2).treated("RTX was not borne, belimumab was.", "belimumab", prior=("RTX",), reason="intolerant").into(store)
    Notes(3).says("Vasculitis resisted RTX.", "Vasculitis", "refractory_to", "RTX").says(
        "Belimumab healed vasculitis.", "Belimumab", "treats", "vasculitis", effect="effective"
    ).into(store)
    assemble(store)
    rituximab = topic(store, "rituximab")
    found = query.after_failure(store.connection, rituximab, reason="refractory")
    assert [row.course.pmid for row in found if row.course] == ["1"]
    assert len(query.after_failure(store.connection, rituximab)) == 2
    loose = query.after_failure(store.connection, rituximab, strict=False)
    assert [row.claim.pmid for row in loose if row.claim] == ["3"]
    vasculitis, lymphoma = topic(store, "vasculitis"), topic(store, "lymphoma")
    assert len(query.after_failure(store.connection, rituximab, condition=vasculitis, strict=False)) == 2
    assert query.after_failure(store.connection, rituximab, condition=lymphoma, strict=False) == ()


def test_after_failure_shows_the_failed_drug_only_where_it_was_given_once_more(store: Store) -> None:
    Notes(1).treated("RTX helped 2 of 9.", "RTX", prior=("RTX",), patients=9).into(store)
    Notes(2).treated("Re-treatment with RTX helped 1 of 8.", "RTX", prior=("RTX",), patients=8).into(store)
    Notes(3).treated("After RTX, belimumab helped 1 of 7.", "belimumab", prior=("RTX",), patients=7).into(store)
    Notes(4).says("Vasculitis resisted RTX.", "Vasculitis", "refractory_to", "RTX").says(
        "RTX healed vasculitis.", "RTX", "treats", "vasculitis", effect="effective"
    ).into(store)
    assemble(store)
    rituximab = topic(store, "rituximab")
    found = query.after_failure(store.connection, rituximab, strict=False)
    assert [row.course.pmid for row in found if row.course] == ["2", "3"]
    assert [row.claim for row in found if row.claim] == []
    (first,) = query.after_failure(store.connection, rituximab, limit=1)
    assert first.course is not None
    assert first.course.pmid == "2"


def test_after_failure_read_loosely_takes_no_target_for_a_treatment(store: Store) -> None:
    Notes(1).says("Vasculitis resisted RTX.", "Vasculitis", "refractory_to", "RTX").says(
        "BAFF healed vasculitis.", "BAFF", "treats", "vasculitis", effect="effective"
    ).into(store)
    assemble(store)
    assert query.after_failure(store.connection, topic(store, "rituximab"), strict=False) == ()


def test_after_failure_of_a_class_includes_its_drugs(store: Store) -> None:
    Notes(1).treated("After RTX, belimumab.", "belimumab", prior=("RTX",), reason="relapse").into(store)
    assemble(store)
    assert len(query.after_failure(store.connection, topic(store, "anti-CD20"))) == 1


def test_outcomes_show_no_difference_beside_improvement(store: Store) -> None:
    Notes(1).says("RTX lowered ESSDAI.", "RTX", "affects_outcome", "ESSDAI", effect="improved").into(store)
    Notes(2).says("RTX left flow as it was.", "RTX", "affects_outcome", "flow", effect="no_difference").into(store)
    assemble(store)
    found = query.outcomes(store.connection, topic(store, "rituximab"))
    assert sorted((a.claim.claim.object.name, a.claim.verdict) for a in found) == [
        ("ESSDAI", "improved"),
        ("flow", "no_difference"),
    ]
    (only,) = query.outcomes(store.connection, topic(store, "RTX"), endpoint=topic(store, "essdai"))
    assert only.source.pmid == "1"


def test_adverse_events_predictors_and_combinations(store: Store) -> None:
    Notes(1).says("RTX caused an infusion reaction.", "RTX", "causes_adverse_event", "infusion reaction").says(
        "BAFF predicts lymphoma.", "BAFF", "predicts", "lymphoma", effect="positive"
    ).says("Belimumab was added to RTX.", "Belimumab", "combined_with", "RTX").treated(
        "RTX then belimumab in vasculitis.", "RTX", "belimumab", condition="vasculitis", mode="sequential"
    ).into(store)
    assemble(store)
    (harm,) = query.adverse_events(store.connection, topic(store, "RTX"))
    assert harm.claim.claim.object.name == "infusion reaction"
    (sign,) = query.predictors(store.connection, topic(store, "lymphoma"))
    assert (sign.claim.claim.subject.name, sign.claim.verdict) == ("TNFSF13B", "positive")
    claims, given = query.combinations(store.connection, topic(store, "RTX"))
    assert [a.claim.claim.predicate for a in claims] == ["combined_with"]
    assert [source.course.mode for source in given] == ["sequential"]


def mechanism(store: Store) -> None:
    Notes(1).says("RTX raises BAFF.", "RTX", "increases", "BAFF").into(store)
    Notes(2).says("Belimumab blocks BAFF.", "Belimumab", "targets", "BAFF").into(store)
    Notes(3).says("BAFF drives B-cell survival.", "BAFF", "involved_in", "B-cell survival").into(store)
    Notes(4).says("B-cell survival might favour lymphoma.", "B-cell survival", "involved_in", "lymphoma",
                  certainty="speculative").into(store)  # fmt: skip
    Notes(5).says("Lymphoma goes with pSS.", "Lymphoma", "associated_with", "pSS").into(store)
    assemble(store)


def drawn(path: Path) -> list[tuple[str, int, bool]]:
    return [(hop.end_name, hop.sign, hop.gap) for hop in path.hops]


def test_path_from_rituximab_to_the_rationale_for_belimumab(store: Store) -> None:
    mechanism(store)
    start, end = topic(store, "rituximab"), topic(store, "belimumab")
    (path,) = query.mechanism_paths(store.connection, start, end)
    assert drawn(path) == [("TNFSF13B", 1, False), ("belimumab", -1, False)]
    assert [source.quote for source in path.sources] == ["RTX raises BAFF.", "Belimumab blocks BAFF."]
    assert (path.gaps, path.sign, path.hops[1].backward) == (0, -1, True)
    (via,) = query.mechanism_paths(store.connection, start, end, via=(topic(store, "BLyS"),))
    assert drawn(via) == drawn(path)


def test_path_of_four_hops_draws_associations_as_gaps(store: Store) -> None:
    mechanism(store)
    (path,) = query.mechanism_paths(store.connection, topic(store, "RTX"), topic(store, "pSS"))
    assert [name for name, _, _ in drawn(path)] == ["TNFSF13B", "B-cell survival", "lymphoma", "Sjögren syndrome"]
    assert path.gaps == 1
    assert path.hops[3].gap
    assert query.mechanism_paths(store.connection, topic(store, "RTX"), topic(store, "pSS"), most_hops=3) == ()


def test_path_that_nothing_supports_is_none(store: Store) -> None:
    mechanism(store)
    assert query.mechanism_paths(store.connection, topic(store, "pSS"), topic(store, "ESSDAI")) == ()


def test_path_goes_from_a_target_to_its_drug_only_at_its_end(store: Store) -> None:
    Notes(1).says("Belimumab targets BAFF.", "Belimumab", "targets", "BAFF").says(
        "Belimumab heals vasculitis.", "Belimumab", "treats", "vasculitis", effect="effective"
    ).into(store)
    assemble(store)
    baff = topic(store, "BAFF")
    assert len(query.mechanism_paths(store.connection, baff, topic(store, "belimumab"))) == 1
    assert query.mechanism_paths(store.connection, baff, topic(store, "vasculitis")) == ()


def test_treatments_that_take_a_side_come_before_what_was_only_given(store: Store) -> None:
    Notes(1, n=500).says("RTX was given for vasculitis.", "RTX", "treats", "vasculitis", effect="unspecified").into(
        store
    )
    Notes(2, design=StudyDesign.CASE_REPORT).says(
        "Belimumab healed vasculitis.", "Belimumab", "treats", "vasculitis", effect="effective"
    ).into(store)
    assemble(store)
    found = query.treatments(store.connection, topic(store, "vasculitis"))
    assert [a.claim.verdict for a in found] == ["effective", "unspecified"]


def test_path_does_not_walk_a_denied_claim(store: Store) -> None:
    Notes(1).says("RTX does not raise BAFF.", "RTX", "increases", "BAFF", negated=True).into(store)
    assemble(store)
    assert query.mechanism_paths(store.connection, topic(store, "RTX"), topic(store, "BAFF")) == ()


@pytest.mark.parametrize(
    ("first", "second", "differs"),
    [
        (
            {"design": StudyDesign.CASE_SERIES},
            {"design": StudyDesign.RANDOMISED_TRIAL},
            [("design", {"case reports", "controlled trial"})],
        ),
        ({"species": ("mouse",)}, {"species": ("human",)}, [("species", {"mouse", "human"})]),
        ({"species": ("mouse",)}, {}, []),
    ],
)
def test_contradictions_name_what_differs(
    store: Store, first: dict[str, object], second: dict[str, object], differs: list[tuple[str, set[str]]]
) -> None:
    for pmid, effect, fields in ((1, "effective", first), (2, "ineffective", second)):
        Notes(pmid, **fields).says("RTX in vasculitis.", "RTX", "treats", "vasculitis", effect=effect).into(store)  # type: ignore[arg-type]
    assemble(store)
    (found,) = query.contradictions(store.connection)
    quotes = {found.direction: found.source.pmid, found.other_direction: found.other_source.pmid}
    assert quotes == {"effective": "1", "ineffective": "2"}
    assert [(factor.name, {factor.side, factor.other}) for factor in found.factors] == differs
    assert (found.factor == "true conflict") == (not differs)


def test_contradictions_name_the_comparator(store: Store) -> None:
    for pmid, effect, other in ((1, "improved", "placebo"), (2, "no_difference", "belimumab")):
        Notes(pmid).says("RTX and ESSDAI.", "RTX", "affects_outcome", "ESSDAI", effect=effect).says(
            f"RTX against {other}.", "RTX", "compared_with", other
        ).into(store)
    assemble(store)
    (found,) = query.contradictions(store.connection, topic(store, "ESSDAI"))
    assert [(factor.name, {factor.side, factor.other}) for factor in found.factors] == [
        ("comparator", {"placebo", "belimumab"})
    ]


def test_contradictions_of_opposite_predicates(store: Store) -> None:
    Notes(1).says("RTX raises BAFF at week 24.", "RTX", "increases", "BAFF").into(store)
    Notes(2).says("RTX lowers BAFF at week 2.", "RTX", "decreases", "BAFF").into(store)
    assemble(store)
    (found,) = query.contradictions(store.connection, topic(store, "BAFF"))
    assert {found.direction, found.other_direction} == {"increases", "decreases"}
    assert "timing" in found.factor
    assert query.contradictions(store.connection, topic(store, "lymphoma")) == ()


def test_retraction_drops_out_of_belief_and_is_told(store: Store) -> None:
    Notes(1).says("RTX helps vasculitis.", "RTX", "treats", "vasculitis", effect="effective").into(store)
    Notes(2).says("RTX fails in vasculitis.", "RTX", "treats", "vasculitis", effect="ineffective").into(store)
    Notes(3, **RETRACTED).says("RTX cures vasculitis.", "RTX", "treats", "vasculitis", effect="effective").says(  # type: ignore[arg-type]
        "RTX helps ESSDAI.", "RTX", "affects_outcome", "ESSDAI", effect="improved"
    ).into(store)
    assemble(store)
    turned, other = sorted(
        query.lost_by_retraction(store.connection), key=lambda loss: str(loss.claim.claim.predicate)
    )[::-1]
    assert str(turned) == "1 of 3 sources, verdict stays mixed"
    assert str(other) == "1 of 1 source, verdict turns from improved to unsupported"
    (answer,) = query.treatments(store.connection, topic(store, "vasculitis"))
    assert (answer.claim.articles, answer.claim.retracted) == (2, 1)
    assert answer.source.pmid != "3"
    assert query.outcomes(store.connection, topic(store, "RTX")) == ()
    shown = query.evidence(store.connection, subject=topic(store, "RTX"), object=topic(store, "ESSDAI"))
    assert [source.retracted for source in shown] == [True]


def test_new_since_a_run_tells_what_came_and_went(store: Store) -> None:
    Notes(1).says("RTX helps vasculitis.", "RTX", "treats", "vasculitis", effect="effective").into(store)
    assemble(store)
    store.record_run("{}")
    Notes(2).says("Belimumab helps vasculitis.", "Belimumab", "treats", "vasculitis", effect="effective").into(store)
    store.delete("PMID:1")
    assemble(store)
    store.record_run("{}")
    found = {(c.verdict_before, c.verdict) for c in query.new_since(store.connection, 1)}
    assert found == {("", "effective"), ("effective", "")}
    assert query.new_since(store.connection, 2) == ()
    with pytest.raises(InputError, match="it has 1, 2"):
        query.new_since(store.connection, 7)


def test_silence_counts_what_was_looked_at(store: Store) -> None:
    Notes(1).says("RTX and BAFF with CD20.", "RTX", "targets", "CD20").says(
        "BAFF and RTX.", "BAFF", "predicts", "RTX"
    ).into(store)
    Notes(2).says("RTX in lymphoma.", "RTX", "treats", "lymphoma").into(store)
    assemble(store)
    found = query.silence(store.connection, topic(store, "BAFF"), topic(store, "lymphoma"))
    assert (found.mention_subject, found.mention_object, found.mention_both) == (1, 1, 0)
    assert (found.sentences, found.claims) == ((), ())
    found = query.silence(store.connection, topic(store, "lymphoma"), topic(store, "RTX"))
    assert [sentence for _, sentence in found.sentences] == ["RTX in lymphoma."]
    assert len(found.claims) == 1


def test_gaps_are_treatments_beside_a_disease_without_a_finding(store: Store) -> None:
    Notes(1).says("RTX cures vasculitis.", "RTX", "treats", "vasculitis", effect="effective").says(
        "Belimumab targets BAFF.", "Belimumab", "targets", "BAFF"
    ).into(store)
    Notes(2).says("Belimumab will be tried in vasculitis.", "Belimumab", "treats", "vasculitis",
                  certainty="investigated").into(store)  # fmt: skip
    assemble(store)
    (gap,) = query.gaps(store.connection, topic(store, "vasculitis"))
    assert (gap.name, gap.articles, gap.said) == ("belimumab", 2, "investigated")


def test_statistics_count_what_is_there(store: Store) -> None:
    mechanism(store)
    found = {(what, value): count for what, value, count in query.statistics(store.connection)}
    assert found["articles", "all"] == 5
    assert found["claims by predicate", "involved_in"] == 2


def test_explain_reckons_to_what_assembly_wrote(store: Store) -> None:
    Notes(1, n=40).says("RTX helps vasculitis.", "RTX", "treats", "vasculitis", effect="effective").into(store)
    Notes(2).says("RTX fails in vasculitis.", "RTX", "treats", "vasculitis", effect="ineffective").into(store)
    Notes(3, **RETRACTED).says("RTX cures vasculitis.", "RTX", "treats", "vasculitis", effect="effective").into(store)  # type: ignore[arg-type]
    assemble(store)
    (claim,) = find_claims(store.connection, ("rituximab", "treats", "vasculitis"))
    assert find_claims(store.connection, (claim.id[:6],)) == (claim,)
    told = explain(store.connection, claim)
    assert (told.belief.verdict, told.belief.belief) == (claim.verdict, claim.belief)
    assert [line.source.pmid for line in told.lines] == ["1", "2", "3"]
    assert told.lines[2].strength is None
    by_hand = 1.0
    for line in told.lines[:1]:
        assert line.strength is not None
        by_hand *= (
            1 - line.strength.extraction * line.strength.design * line.strength.participants * line.strength.directness
        )
    assert told.belief.belief == pytest.approx(1 - by_hand)


@pytest.mark.parametrize("words", [("zzzz",), ("rituximab", "helps", "vasculitis"), ("treats",)])
def test_explain_of_no_claim_says_how_to_name_one(store: Store, words: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="no claim has this id"):
        find_claims(store.connection, words)


def test_explain_of_what_nobody_said_points_to_silence(store: Store) -> None:
    mechanism(store)
    with pytest.raises(InputError, match="sicca ask silence"):
        find_claims(store.connection, ("belimumab", "treats", "lymphoma"))
