"""Chemical-induced-disease relations of a PubTator corpus, document by document, end to end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.records import Evidence, Predicate
from extractors.scores import Score, compare
from pipeline.evaluation.mentions import CorpusDocument, bare


def score_induced_diseases(results: Iterable[tuple[CorpusDocument, Sequence[Evidence]]]) -> Score:
    """Compare the pairs of concept ids of asserted `causes_adverse_event` claims with the corpus's CID relations."""
    total = Score()
    for document, evidence in results:
        gold: set[tuple[object, ...]] = {(a, b) for kind, a, b in document.relations if kind == "CID"}
        found: set[tuple[object, ...]] = {
            (bare(e.claim.subject.concept), bare(e.claim.object.concept))
            for e in evidence
            if e.claim.predicate is Predicate.CAUSES_ADVERSE_EVENT
            and not e.negated
            and e.claim.subject.concept
            and e.claim.object.concept
        }
        total += compare(found, gold)
    return total
