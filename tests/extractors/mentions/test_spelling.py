from zlib import crc32

import numpy as np
import pytest

from extractors.mentions.spelling import BUCKETS, KINDS, WATCHED, Spelling, buckets


@pytest.fixture
def spelling() -> Spelling:
    """Knows one ending: that of monoclonal antibodies."""
    weights = np.zeros((BUCKETS, len(KINDS)), dtype=np.float32)
    weights[crc32(b"mab$") % BUCKETS, KINDS.index("drug")] = 8
    intercepts = np.zeros(len(KINDS), dtype=np.float32)
    intercepts[KINDS.index("plain")] = 1
    return Spelling(weights, intercepts)


def test_describe_follows_the_letters(spelling: Spelling) -> None:
    drug, word = spelling.describe(["Rituximab", "patients"])
    assert drug[:2] == ("0", "0:2")
    plain = KINDS.index("plain")
    assert word[:2] == (str(plain), f"{plain}:0")


@pytest.mark.parametrize("word", ["", "a", "IL", "12", "+", "2nd"])
def test_describe_says_nothing_of_what_is_no_word(spelling: Spelling, word: str) -> None:
    assert spelling.describe([word, "patients"])[0] == ("",) * (2 + len(WATCHED))


def test_buckets_do_not_depend_on_case_and_are_distinct() -> None:
    assert buckets("BELIMUMAB") == buckets("belimumab")
    assert len(set(buckets("banana"))) == len(buckets("banana"))
