from collections.abc import Callable

import numpy as np
import pytest

from extractors.assertion.effect import EffectReader
from extractors.assertion.reader import AssertionReader
from extractors.claims.manner import BITS, MannerReader
from extractors.claims.matcher import PatternMatcher
from extractors.claims.model import Linear
from extractors.claims.pairs import Pair, find_pairs
from extractors.claims.reading import Reading
from extractors.claims.settings import Setting, SettingReader
from extractors.claims.types import read_signatures
from extractors.document import Document
from extractors.values import Certainty, Predicate

JOINABLE = frozenset((s.subject, s.object) for s in read_signatures())
NO_DIRECTION = Linear(np.zeros((1 << 16, 3), np.float32), np.zeros(3, np.float32))


def settle(document: Document, predicate: Predicate) -> tuple[MannerReader, Pair, Setting]:
    reading = Reading(document)
    matcher = PatternMatcher()
    matches = tuple(m for s in reading.sentences for m in matcher.find(s, reading.entities))
    where = SettingReader(reading, matches, AssertionReader(), EffectReader())
    pair = next(p for p in find_pairs(reading, JOINABLE) if p.subject < p.object)
    stated = where.stated(pair, predicate)
    return MannerReader(reading, NO_DIRECTION), pair, where.at(stated, stated.default)


def test_manner_prefers_the_sentence_that_a_rule_reads(read: Callable[..., Document]) -> None:
    document = read(
        "[Rituximab|Drug], [purpura|Disease]. [Rituximab|Drug] was effective in [purpura|Disease].", title="On a case"
    )
    _, _, setting = settle(document, Predicate.TREATS)
    assert setting.sentence == 2
    assert setting.rule is not None
    assert setting.rule.startswith("treats")


@pytest.mark.parametrize(
    ("verb", "negated", "certainty"),
    [
        ("induced", False, Certainty.ASSERTED),
        ("did not induce", True, Certainty.ASSERTED),
        ("may induce", False, Certainty.SPECULATIVE),
    ],
)
def test_manner_reads_the_cues_of_its_sentence(
    read: Callable[..., Document], verb: str, negated: bool, certainty: Certainty
) -> None:
    _, _, setting = settle(read(f"[BAFF|Protein] {verb} [IL-6|Protein].", title="On culture"), Predicate.INCREASES)
    assert (setting.assertion.negated, setting.assertion.certainty) == (negated, certainty)


def test_manner_of_a_far_pair_is_read_where_the_object_stands(read: Callable[..., Document]) -> None:
    _, _, setting = settle(
        read("All patients had [purpura|Disease].", title="[Rituximab|Drug] again"), Predicate.TREATS
    )
    assert setting.sentence == 1


def test_manner_features_are_places_and_tell_denial(read: Callable[..., Document]) -> None:
    made = []
    for verb in ("induced", "did not induce"):
        document = read(f"[BAFF|Protein] {verb} [IL-6|Protein].", title="On culture")
        reader, pair, setting = settle(document, Predicate.INCREASES)
        (places,) = reader.features([(pair, Predicate.INCREASES, setting)])
        made.append(set(places.tolist()))
    assert made[0] != made[1]
    assert all(0 <= place < 1 << BITS for places in made for place in places)
