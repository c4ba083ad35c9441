from collections.abc import Callable

import numpy as np
import pytest

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.pairs import Pair, find_pairs
from extractors.claims.reading import Reading
from extractors.claims.types import read_signatures
from extractors.claims.wholes import of_wholes
from extractors.document import Document
from extractors.records import Mention
from extractors.values import MentionType, Predicate

Reader = Callable[..., Document]
NESTED = "Patients with [lupus|Disease] had [anti-CD20 antibody|Drug], a blow to CD20, with [prednisone|Drug]."


def reading(read: Reader, marked: str, *inner: tuple[str, MentionType, int]) -> Reading:
    """Read marked text with mentions more: (words, type, which of their occurrences)."""
    document = read(marked)
    more = list(document.mentions)
    for words, kind, number in inner:
        start = -1
        for _ in range(number + 1):
            start = document.text.index(words, start + 1)
        more.append(Mention(start, start + len(words), words, kind, None, words, "test"))
    return Reading(document.with_mentions(more))


def scored(found: Reading, predicate: Predicate, scores: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Return the probabilities that are not 0 of the claims on the given pairs afterwards, by the ends' names."""
    kinds = frozenset((s.subject, s.object) for s in read_signatures())
    pairs = tuple(find_pairs(found, kinds))
    rows = [i for i, pair in enumerate(pairs) if _names(found, pair) in scores]
    assert len(rows) == len(scores)
    column = PREDICATES.index(predicate)
    candidates = Candidates(np.array(rows), np.full(len(rows), column), np.zeros((len(rows), 1), np.float32))
    before = np.array([scores[_names(found, pairs[i])] for i in rows])
    after = of_wholes(found, pairs, candidates, before)
    return {_names(found, pairs[i]): float(s) for i, s in zip(rows, after, strict=True) if s}


def _names(found: Reading, pair: Pair) -> tuple[str, str]:
    return found.entities[pair.subject].name, found.entities[pair.object].name


def test_what_was_read_of_a_part_is_believed_of_the_whole(read: Reader) -> None:
    found = reading(read, NESTED.replace(", a blow to CD20,", ""), ("CD20", MentionType.PROTEIN, 0))
    before = {("CD20", "lupus"): 0.8, ("anti-CD20 antibody", "lupus"): 0.5, ("prednisone", "lupus"): 0.3}
    after = {("anti-CD20 antibody", "lupus"): 0.8, ("prednisone", "lupus"): 0.3}
    assert scored(found, Predicate.TREATS, before) == after


def test_a_likelier_whole_keeps_its_probability(read: Reader) -> None:
    found = reading(read, NESTED, ("CD20", MentionType.PROTEIN, 0))
    before = {("CD20", "lupus"): 0.4, ("anti-CD20 antibody", "lupus"): 0.6}
    assert scored(found, Predicate.TREATS, before) == {("anti-CD20 antibody", "lupus"): 0.6}


def test_a_part_without_its_whole_among_the_candidates_is_left_out(read: Reader) -> None:
    found = reading(read, NESTED, ("CD20", MentionType.PROTEIN, 0))
    assert scored(found, Predicate.TREATS, {("CD20", "lupus"): 0.9}) == {}


def test_what_also_stands_by_itself_in_the_sentence_is_no_part(read: Reader) -> None:
    found = reading(read, NESTED, ("CD20", MentionType.PROTEIN, 0), ("CD20", MentionType.PROTEIN, 1))
    before = {("CD20", "lupus"): 0.8, ("anti-CD20 antibody", "lupus"): 0.5}
    assert scored(found, Predicate.TREATS, before) == before


def test_a_treatment_may_target_what_its_name_holds(read: Reader) -> None:
    found = reading(read, NESTED, ("CD20", MentionType.PROTEIN, 0))
    before = {("anti-CD20 antibody", "CD20"): 0.7}
    assert scored(found, Predicate.TARGETS, before) == before


@pytest.mark.parametrize("score", [0.1, 0.9])
def test_of_a_symmetric_claim_the_order_in_the_document_is_found(read: Reader, score: float) -> None:
    found = reading(read, "In [fever|Disease] we saw [anti-CD20 antibody|Drug].", ("CD20", MentionType.PROTEIN, 0))
    before = {("fever", "CD20"): score, ("fever", "anti-CD20 antibody"): 0.5}
    assert scored(found, Predicate.ASSOCIATED_WITH, before) == {("fever", "anti-CD20 antibody"): max(score, 0.5)}
