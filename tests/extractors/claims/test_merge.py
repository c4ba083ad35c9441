from hypothesis import given
from hypothesis import strategies as st

from extractors.claims.merge import one_per_claim
from extractors.records import Argument, Claim, Evidence
from extractors.values import Certainty, Effect, MentionType, Origin, Predicate

DRUG = Argument("X:1", "rituximab", MentionType.DRUG, ((0, 9),))
OTHER = Argument("X:2", "belimumab", MentionType.DRUG, ((20, 29),))
DISEASE = Argument("X:3", "vasculitis", MentionType.DISEASE, ((30, 40),))


def evidence(sentence: tuple[int, int], **fields: object) -> Evidence:
    claim = fields.pop("claim", Claim(DRUG, Predicate.TREATS, DISEASE))
    return Evidence("PMID:990000001", claim, sentence, "test", **fields)  # type: ignore[arg-type]


def test_merge_takes_the_most_conclusive_certainty_and_effect() -> None:
    aim = evidence((0, 40), effect=Effect.UNSPECIFIED, certainty=Certainty.INVESTIGATED, score=0.9)
    result = evidence((50, 90), effect=Effect.EFFECTIVE, certainty=Certainty.ASSERTED, score=0.6)
    (claim,) = one_per_claim([aim, result])
    assert (claim.effect, claim.certainty, claim.score) == (Effect.EFFECTIVE, Certainty.ASSERTED, 0.9)
    assert claim.sentence == (0, 40)


def test_merge_is_the_studys_own_finding_where_one_agreeing_sentence_is() -> None:
    known = evidence((0, 40), origin=Origin.BACKGROUND, score=0.9)
    found = evidence((50, 90), origin=Origin.NOVEL, score=0.6)
    denied = evidence((50, 90), origin=Origin.NOVEL, negated=True, score=0.6)
    assert [one_per_claim(group)[0].origin for group in ([known, found], [known, denied], [known])] == [
        Origin.NOVEL, Origin.BACKGROUND, Origin.BACKGROUND,
    ]  # fmt: skip


def test_merge_joins_symmetric_claims_of_either_order() -> None:
    one = evidence((0, 40), claim=Claim(DRUG, Predicate.COMBINED_WITH, OTHER))
    two = evidence((50, 90), claim=Claim(OTHER, Predicate.COMBINED_WITH, DRUG), score=0.5)
    assert len(one_per_claim([one, two])) == 1
    directed = evidence((0, 40), claim=Claim(DRUG, Predicate.FOLLOWED_BY, OTHER))
    back = evidence((50, 90), claim=Claim(OTHER, Predicate.FOLLOWED_BY, DRUG))
    assert len(one_per_claim([directed, back])) == 2


def test_merge_lets_the_better_scored_side_deny() -> None:
    denied = evidence((0, 40), negated=True, certainty=Certainty.SPECULATIVE, score=0.9)
    stated = evidence((50, 90), score=0.5)
    (claim,) = one_per_claim([stated, denied])
    assert claim.negated
    assert claim.certainty is Certainty.SPECULATIVE


def test_merge_keeps_spans_of_all_sentences() -> None:
    elsewhere = Argument("X:1", "rituximab", MentionType.DRUG, ((60, 69),))
    both = one_per_claim([evidence((0, 40)), evidence((50, 90), claim=Claim(elsewhere, Predicate.TREATS, DISEASE))])
    assert both[0].claim.subject.spans == ((0, 9), (60, 69))


@given(st.permutations([evidence((n, n + 9), score=n / 10, negated=n % 2 == 0) for n in range(6)]))
def test_merge_does_not_depend_on_the_order_of_arrival(shuffled: list[Evidence]) -> None:
    assert one_per_claim(shuffled) == one_per_claim(sorted(shuffled, key=lambda e: e.sentence))
