import numpy as np
import pytest

from extractors.mentions.tagger import LABELS
from extractors.mentions.token_features import Tokens
from extractors.training.ner_fit import UNSEEN_STEP, join_schemes, label_tokens
from extractors.values import MentionType

DISEASE, DRUG = MentionType.DISEASE, MentionType.DRUG


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([], ["O", "O", "O", "O"]),
        ([(0, 1, DRUG)], ["B-Drug", "O", "O", "O"]),
        ([(2, 5, DISEASE)], ["O", "B-Disease", "I-Disease", "O"]),
        ([(0, 1, DRUG), (2, 3, DRUG)], ["B-Drug", "B-Drug", "O", "O"]),
        ([(4, 7, DISEASE), (6, 7, DRUG)], ["O", "O", "B-Disease", "I-Disease"]),
    ],
)
def test_label_tokens_covers_every_token_touched(
    mentions: list[tuple[int, int, MentionType]], expected: list[str]
) -> None:
    tokens = Tokens(((0, 1), (2, 3), (4, 5), (6, 7)), [0, 1, 2, 3], (0, 4), {})
    assert label_tokens(tokens, mentions) == expected


def test_join_schemes_makes_weights_relative_to_outside_and_drops_the_smallest() -> None:
    first = ({7: {"B-Drug": 2.0, "O": -1.0}, 8: {"B-Drug": 0.001}}, {("O", "O"): 1.0, ("O", "B-Drug"): -2.0})
    second = ({7: {"B-Disease": 5.0}, 3: {"O": 1.0}}, {("O", "O"): 0.0, ("O", "B-Disease"): 0.0})
    weights = join_schemes({"a": first, "b": second})
    assert weights.schemes == ("a", "b")
    assert weights.columns == (("a", "B-Drug"), ("b", "B-Disease"))
    assert weights.keys.tolist() == [3, 7]
    assert weights.values.tolist() == [[0.0, -1.0], [3.0, 5.0]]
    assert weights.transitions[0, 0, LABELS.index("B-Drug")] == pytest.approx(-3.0)
    assert weights.transitions[0, 0, LABELS.index("B-Cell")] == pytest.approx(UNSEEN_STEP - 1.0)
    assert np.isfinite(weights.transitions).all()
