from collections.abc import Callable

from extractors.claims.cooccurrence import build
from extractors.document import Document


def test_cooccurrence_takes_the_commonest_predicate_of_the_types(read: Callable[..., Document]) -> None:
    document = read("[Vasculitis|Disease] and [rituximab|Drug]; [CD20|Protein] too.")
    found = {(e.claim.subject.name, e.claim.predicate, e.claim.object.name) for e in build().extract(document)}
    assert found == {
        ("rituximab", "treats", "Vasculitis"),
        ("rituximab", "targets", "CD20"),
        ("CD20", "associated_with", "Vasculitis"),
    }


def test_cooccurrence_stays_within_its_sentence_and_reach(read: Callable[..., Document]) -> None:
    apart = read("[Vasculitis|Disease] is rare. We gave [rituximab|Drug].")
    assert not list(build().extract(apart))
    far = read("[Vasculitis|Disease] is a rare thing that we saw and then gave [rituximab|Drug].")
    assert not list(build(max_words=3).extract(far))
    assert list(build(max_words=30).extract(far))
