"""Extracted claims against gold: relaxed (who does what to whom), strict (and how), pair (who with whom)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractors.records import Argument, Certainty, Effect, Evidence, Predicate, Span
from extractors.scores import Score
from pipeline.evaluation.gold import GoldClaim, GoldDocument

#: The predicates that carry an effect.
WITH_EFFECT = frozenset({Predicate.TREATS, Predicate.AFFECTS_OUTCOME, Predicate.PREDICTS})
#: A longer argument span is no mention of one concept; it matches nothing. In characters.
MAX_SPAN = 100

Accept = Callable[[Evidence, GoldClaim], bool]


@dataclass(frozen=True, slots=True)
class ClaimScores:
    """The three measures, the relaxed one by predicate too, and qualifiers among relaxed matches."""

    relaxed: Score
    strict: Score
    pair: Score
    by_predicate: tuple[tuple[Predicate, Score], ...]
    negation_right: int
    certainty_right: int
    effect_right: int
    #: Relaxed matches of the predicates that carry an effect.
    effect_all: int


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share at least half of the shorter one."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared * 2 >= min(a[1] - a[0], b[1] - b[0])


def touches(argument: Argument, spans: Iterable[Span]) -> bool:
    """Whether one of an argument's spans is a gold mention."""
    return any(overlaps(p, g) for p in argument.spans if p[1] - p[0] <= MAX_SPAN for g in spans)


def same_arguments(found: Evidence, gold: GoldClaim, document: GoldDocument) -> bool:
    """Whether both arguments match, in either order where the gold predicate is symmetric."""
    subject, obj = document.spans(gold.subject), document.spans(gold.object)
    first, second = found.claim.subject, found.claim.object
    if touches(first, subject) and touches(second, obj):
        return True
    return gold.predicate.symmetric and touches(first, obj) and touches(second, subject)


def qualifiers(claim: Evidence | GoldClaim, predicate: Predicate) -> tuple[str | None, bool, Certainty]:
    """Return effect (None where the predicate has none), negation and certainty."""
    effect = (claim.effect or Effect.UNSPECIFIED) if predicate in WITH_EFFECT else None
    return effect, claim.negated, claim.certainty


def distinct(found: Iterable[Evidence]) -> list[Evidence]:
    """Return the best-scored of those that say the same in the same way, best first."""
    seen: dict[object, Evidence] = {}
    for e in sorted(found, key=lambda e: -e.score):
        ends = (_identity(e.claim.subject), _identity(e.claim.object))
        seen.setdefault((e.claim.predicate, *ends, qualifiers(e, e.claim.predicate)[:2]), e)
    return list(seen.values())


def _identity(argument: Argument) -> str:
    return argument.concept or str(argument.spans)


def match(
    found: Sequence[Evidence], document: GoldDocument, accept: Accept
) -> tuple[dict[int, Evidence], list[Evidence]]:
    """Match one to one, greedily: gold index → what found it, and what is wrong; repeats are neither."""
    right: dict[int, Evidence] = {}
    wrong: list[Evidence] = []
    for e in found:
        hits = [i for i, g in enumerate(document.claims) if accept(e, g) and same_arguments(e, g, document)]
        free = [i for i in hits if i not in right]
        if free:
            right[free[0]] = e
        elif not hits:
            wrong.append(e)
    return right, wrong


def _relaxed(e: Evidence, g: GoldClaim) -> bool:
    return e.claim.predicate is g.predicate


def _strict(e: Evidence, g: GoldClaim) -> bool:
    return _relaxed(e, g) and qualifiers(e, e.claim.predicate) == qualifiers(g, g.predicate)


def _pair(_e: Evidence, _g: GoldClaim) -> bool:
    return True


def score_claims(results: Iterable[tuple[GoldDocument, Sequence[Evidence]]]) -> ClaimScores:
    """Score the claims of many documents; `results` pairs each gold document with what was found in it."""
    total = {name: Score() for name in ("relaxed", "strict", "pair")}
    by_predicate = {predicate: Score() for predicate in Predicate}
    negation = certainty = effect = effects = 0
    for document, evidence in results:
        found = distinct(evidence)
        for name, accept in (("relaxed", _relaxed), ("strict", _strict), ("pair", _pair)):
            right, wrong = match(found, document, accept)
            total[name] += Score(len(right), len(wrong), len(document.claims) - len(right))
            if name != "relaxed":
                continue
            for i, g in enumerate(document.claims):
                by_predicate[g.predicate] += Score(right=1) if i in right else Score(missed=1)
                if i in right:
                    e = right[i]
                    negation += e.negated == g.negated
                    certainty += e.certainty is g.certainty
                    if g.predicate in WITH_EFFECT:
                        effects += 1
                        effect += qualifiers(e, g.predicate)[0] == qualifiers(g, g.predicate)[0]
            for e in wrong:
                by_predicate[e.claim.predicate] += Score(wrong=1)
    listed = tuple((p, s) for p, s in sorted(by_predicate.items()) if s != Score())
    return ClaimScores(total["relaxed"], total["strict"], total["pair"], listed, negation, certainty, effect, effects)


def by_min_score(
    results: Iterable[tuple[GoldDocument, Sequence[Evidence]]], limits: Sequence[float]
) -> list[tuple[float, Score]]:
    """Return the relaxed score of the claims at or above each limit, for limits that leave something out.

    What the extractors' own thresholds left out is not there to be counted: below the lowest score that was found, a
    limit says nothing.
    """
    pairs = list(results)
    lowest = min((e.score for _, evidence in pairs for e in evidence), default=1.0)
    curve = []
    for limit in limits:
        if limit >= lowest:
            kept = [(document, [e for e in evidence if e.score >= limit]) for document, evidence in pairs]
            curve.append((limit, score_claims(kept).relaxed))
    return curve
