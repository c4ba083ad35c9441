"""What the readings of a trigger pattern are worth, on an article written for this test."""

import numpy as np

from extractors.claims.candidates import Candidates
from extractors.claims.matcher import PatternMatcher
from extractors.claims.preparation import Preparer
from extractors.claims.types import read_signatures
from extractors.language.nlp import build_nlp, parse
from extractors.records import Article, Mention
from extractors.training.claims_data import Example, GoldClaim, GoldDocument, make_examples
from extractors.training.claims_rules import DOUBT, fit_worth
from extractors.values import MentionType, Predicate

ABSTRACT = "Rituximab followed by belimumab was given for purpura."
NOBODY = Candidates(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros((0, 0), np.float32))


def example(matcher: PatternMatcher, *, right: bool) -> Example:
    text = f"A case\n{ABSTRACT}"
    (document,) = parse([Article("X:1", "A case", ABSTRACT)], build_nlp())
    spans = {name: (text.index(name), text.index(name) + len(name)) for name in ("Rituximab", "belimumab")}
    document = document.with_mentions(Mention(*span, name, MentionType.DRUG) for name, span in spans.items())
    claim = GoldClaim(
        (spans["Rituximab"],), Predicate.FOLLOWED_BY, (spans["belimumab"],), None, False, "asserted", None
    )
    gold = GoldDocument("X:1", "A case", ABSTRACT, (claim,) if right else (), frozenset(Predicate))
    (made,) = make_examples([(gold, document)], Preparer(matcher, read_signatures()))
    return made


def worth(*right: bool) -> dict[str, float]:
    matcher = PatternMatcher()
    examples = [example(matcher, right=r) for r in right]
    scores = [np.zeros(0) for _ in examples]
    thresholds = np.full(len(Predicate), 0.3)
    found = fit_worth(examples, [NOBODY] * len(examples), scores, thresholds, matcher.rules)
    return {rule.name: round(float(share), 3) for rule, share in zip(matcher.rules, found, strict=True) if share}


def test_a_pattern_that_reads_right_is_worth_its_share_with_some_doubt() -> None:
    found = worth(*[True] * 5)
    assert {share for name, share in found.items() if name.startswith("followed_by: S ~ followed by")} == {
        round(5 / (5 + DOUBT), 3)
    }


def test_patterns_of_a_predicate_that_gains_nothing_are_worth_nothing() -> None:
    assert worth(*[False] * 5) == {}
