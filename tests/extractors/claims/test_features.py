import subprocess
import sys
from collections.abc import Callable

import numpy as np

from extractors.claims.features import BITS, PairFeatures
from extractors.claims.pairs import find_pairs
from extractors.claims.reading import Reading, code, stem
from extractors.claims.types import read_signatures
from extractors.document import Document

JOINABLE = frozenset((s.subject, s.object) for s in read_signatures())


def features(document: Document) -> dict[tuple[str, str], set[int]]:
    reading = Reading(document)
    names = [e.name for e in reading.entities]
    made = PairFeatures(reading, {})
    return {(names[p.subject], names[p.object]): set(made.lexical(p).tolist()) for p in find_pairs(reading, JOINABLE)}


def test_features_tell_who_comes_first(read: Callable[..., Document]) -> None:
    found = features(read("[BAFF|Protein] induces [APRIL|Protein].", title="On culture"))
    assert found["BAFF", "APRIL"] != found["APRIL", "BAFF"]
    assert all(0 <= place < 1 << BITS for places in found.values() for place in places)


def test_features_share_what_the_words_share(read: Callable[..., Document]) -> None:
    one = features(read("[BAFF|Protein] strongly induces [APRIL|Protein].", title="On culture"))["BAFF", "APRIL"]
    like = features(read("[IL-6|Protein] strongly induced [IFN|Protein].", title="On culture"))["IL-6", "IFN"]
    unlike = features(read("[IL-6|Protein] never met or saw [IFN|Protein].", title="On culture"))["IL-6", "IFN"]
    assert len(one & like) > len(one & unlike)


def test_codes_are_the_same_in_every_process() -> None:
    program = "from extractors.claims.reading import code; print(code('reduce'))"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(other.stdout) == code("reduce")


def test_stem_joins_forms_and_numbers() -> None:
    assert stem("reduction") != stem("reduced")
    assert stem("inhibits") == stem("inhibition") == "inhibi"
    assert stem("24") == stem("0") == "0"


def test_features_name_the_word_that_weighs_most(read: Callable[..., Document]) -> None:
    without = features(read("[BAFF|Protein] then strongly [APRIL|Protein].", title="On culture"))["BAFF", "APRIL"]
    reading = Reading(read("[BAFF|Protein] then strongly induces [APRIL|Protein].", title="On culture"))
    made = PairFeatures(reading, {})
    pair = next(p for p in find_pairs(reading, JOINABLE) if reading.entities[p.subject].name == "BAFF")
    weights = np.zeros(1 << BITS, np.float32)
    assert made.weightiest(pair, weights) is None
    weights[sorted(set(made.lexical(pair).tolist()) - without)] = 1
    found = made.weightiest(pair, weights)
    assert found is not None
    sentence, word = found
    assert reading.sentences[sentence].words[word] == "induces"
