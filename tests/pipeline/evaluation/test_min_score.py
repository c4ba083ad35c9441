"""What a lower limit of the score trades; the article is synthetic."""

from __future__ import annotations

from extractors.language.sections import flat_article
from extractors.records import Argument, Certainty, Claim, Evidence, MentionType, Predicate
from pipeline.evaluation.claims import by_min_score
from pipeline.evaluation.gold import GoldClaim, GoldDocument

ARTICLE = flat_article("x", "Betamab and asthma", "Betamab or gammacort for asthma.")
PLACES = (("drug", ((0, 7), (19, 26))), ("asthma", ((12, 18), (44, 50))), ("other", ((30, 39),)))
STATED = GoldClaim("drug", Predicate.TREATS, "asthma", None, False, Certainty.ASSERTED)
GOLD = GoldDocument(ARTICLE, PLACES, (STATED,), (), None, None)


def treats(start: int, end: int, score: float) -> Evidence:
    drug = Argument(None, "a drug", MentionType.DRUG, ((start, end),))
    disease = Argument(None, "asthma", MentionType.DISEASE, ((12, 18),))
    return Evidence("x", Claim(drug, Predicate.TREATS, disease), (0, 18), "test", score=score)


def test_a_higher_limit_leaves_out_what_scores_less() -> None:
    found = [(GOLD, [treats(0, 7, 0.9), treats(30, 39, 0.4)])]
    curve = dict(by_min_score(found, (0.4, 0.5, 0.95)))
    assert (curve[0.4].precision, curve[0.4].recall) == (0.5, 1.0)
    assert (curve[0.5].precision, curve[0.5].recall) == (1.0, 1.0)
    assert curve[0.95].recall == 0.0


def test_limits_below_everything_found_are_not_shown() -> None:
    assert [limit for limit, _ in by_min_score([(GOLD, [treats(0, 7, 0.45)])], (0.4, 0.5))] == [0.5]
