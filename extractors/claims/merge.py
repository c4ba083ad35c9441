"""One claim for each statement of an article, from the evidence of all its sentences and extractors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.records import Argument, Evidence
from extractors.values import Certainty, Effect, Origin

#: The guidelines ask for the most conclusive certainty; the first is the most conclusive.
_CERTAINTIES = (Certainty.ASSERTED, Certainty.SPECULATIVE, Certainty.INVESTIGATED)


def one_per_claim(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return one evidence for each claim: the best-scored sentence with the most conclusive certainty and effect.

    It is novel where one of the sentences that agree is, for most findings are also led up to and summed up.
    The order is that of the sentences, then of the claims' keys; nothing depends on the order of arrival.
    """
    groups: dict[tuple[str, str, str], list[Evidence]] = {}
    for e in evidence:
        groups.setdefault(e.claim.key, []).append(e)
    merged = (_merge(sorted(group, key=_rank)) for group in groups.values())
    return tuple(sorted(merged, key=lambda e: (e.sentence, e.claim.key)))


def _rank(e: Evidence) -> tuple[float, tuple[int, int], str]:
    return -e.score, e.sentence, e.extractor


def _merge(group: list[Evidence]) -> Evidence:
    best = group[0]
    # A denial and a statement of the same claim do not mix: the better-scored side speaks.
    agreeing = [e for e in group if e.negated == best.negated]
    certainty = min((e.certainty for e in agreeing), key=_CERTAINTIES.index)
    claim = replace(
        best.claim,
        subject=_all_spans(best.claim.subject, group),
        object=_all_spans(best.claim.object, group),
    )
    origin = Origin.NOVEL if any(e.origin is Origin.NOVEL for e in agreeing) else best.origin
    return replace(best, claim=claim, certainty=certainty, effect=_effect(best, agreeing), origin=origin)


def _effect(best: Evidence, agreeing: list[Evidence]) -> Effect | None:
    """Return the best-scored effect that says something; an effect that is only named loses to one that is judged."""
    conclusive = (e.effect for e in agreeing if e.effect not in {None, Effect.UNSPECIFIED})
    return next(conclusive, best.effect)


def _all_spans(argument: Argument, group: list[Evidence]) -> Argument:
    ends = (end for e in group for end in (e.claim.subject, e.claim.object))
    spans = dict.fromkeys(argument.spans)
    for end in ends:
        if end.key == argument.key:
            spans.update(dict.fromkeys(end.spans))
    return replace(argument, spans=tuple(spans))
