import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.mentions.conventions import FOREIGN, HELPERS, ArticleKinds, Pool, bucket, kinds_of
from extractors.mentions.tagger import IMPOSSIBLE, LABELS, Weights
from extractors.mentions.word_features import wide_hash

Floats = NDArray[np.float32]

COLUMNS = (("drugs", "B-Drug"), ("gold", "B-Drug"), ("gold", "B-Disease"), ("jnlpba", "B-Cell"))
EAGER = 0.5
DRUG, DISEASE = LABELS.index("B-Drug"), LABELS.index("B-Disease")


@pytest.fixture
def pool() -> Pool:
    steps = np.stack([np.full((len(LABELS),) * 2, value, dtype=np.float32) for value in (1, 3, 9)])
    schemes = ("drugs", "gold", "jnlpba")
    weights = Weights(np.zeros(0, np.uint32), np.zeros((0, 4), np.float32), schemes, COLUMNS, steps)
    return Pool(weights, eagerness=EAGER)


def pooled(pool: Pool, *shares: float) -> tuple[Floats, Floats]:
    scores = np.array([[2, 6, 8, 10]], dtype=np.float32)
    return pool.pool(scores, np.array(shares))


def test_pool_weighs_schemes_that_label_a_type(pool: Pool) -> None:
    emissions, _ = pooled(pool, 0.5, 0.5)
    assert emissions[0, DRUG] == pytest.approx(4 + 0.5 * EAGER)


def test_pool_asks_for_more_where_the_scheme_does_not_label_a_type(pool: Pool) -> None:
    emissions, _ = pooled(pool, 0.75, 0.25)
    assert emissions[0, DISEASE] == pytest.approx(8 - FOREIGN * 0.75 + 0.25 * EAGER)
    assert emissions[0, LABELS.index("B-Species")] == pytest.approx(-FOREIGN)


def test_pool_lets_a_helper_speak_with_its_part_of_the_share(pool: Pool) -> None:
    emissions, _ = pooled(pool, 0.0, 1.0)
    host, part = HELPERS["jnlpba"]
    assert host == "gold"
    assert emissions[0, LABELS.index("B-Cell")] == pytest.approx(10 - FOREIGN * (1 - part))


def test_pool_forbids_to_begin_inside(pool: Pool) -> None:
    _, transitions = pooled(pool, 0.5, 0.5)
    assert transitions[0, LABELS.index("I-Drug")] == IMPOSSIBLE
    assert transitions[DISEASE, LABELS.index("I-Drug")] == IMPOSSIBLE
    assert transitions[DRUG, LABELS.index("I-Drug")] == pytest.approx(2)
    assert transitions[DRUG, DISEASE] == pytest.approx(3)


def test_kinds_give_probabilities_that_follow_the_words() -> None:
    words = np.array([wide_hash(w) for w in ("trial", "placebo", "trial")], dtype=np.uint64)
    coefficients = np.zeros((2, 1 << 14), dtype=np.float32)
    coefficients[1, bucket(words)] = 5
    kinds = ArticleKinds(coefficients, np.zeros(2, dtype=np.float32))
    shares = kinds.shares(words)
    assert shares.sum() == pytest.approx(1)
    assert shares[1] > 0.9
    assert kinds.shares(np.array([wide_hash("gene")], dtype=np.uint64)) == pytest.approx([0.5, 0.5])


def test_kinds_of_leaves_the_helpers_out() -> None:
    assert kinds_of(("bc5cdr", "gold", "jnlpba", "outcomes")) == ("bc5cdr", "gold")
