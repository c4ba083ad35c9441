from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.records import Argument, Claim, Evidence, Mention, MentionType, Predicate
from extractors.scores import Score
from pipeline.evaluation.mentions import read_pubtator, score_concepts, score_spans
from pipeline.evaluation.relations import score_induced_diseases

CORPUS = """1|t|Lithium and goitre
1|a|Lithium may cause goitre.
1\t0\t7\tLithium\tChemical\tD008094
1\t12\t18\tgoitre\tDisease\tD006042
1\t19\t26\tLithium\tChemical\tD008094
1\tCID\tD008094\tD006042

2|t|Nothing here
2|a|
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.pubtator"
    path.write_text(CORPUS, encoding="utf-8")
    return path


def test_mentions_are_scored_by_exact_span_and_type(corpus: Path) -> None:
    first, second = read_pubtator(corpus)
    found = [
        Mention(0, 7, "Lithium", MentionType.DRUG, "MESH:D008094"),
        Mention(12, 17, "goitr", MentionType.DISEASE),
        Mention(19, 26, "Lithium", MentionType.DISEASE, "MESH:D006042"),
    ]
    types = frozenset({MentionType.DRUG, MentionType.DISEASE})
    spans = score_spans([(first, found), (second, [])], types)
    assert spans[MentionType.DRUG] == Score(right=1, wrong=0, missed=1)
    assert spans[MentionType.DISEASE] == Score(right=0, wrong=2, missed=1)
    concepts = score_concepts([(first, found)], types)
    assert concepts[MentionType.DRUG] == Score(right=1)
    assert concepts[MentionType.DISEASE] == Score(right=1)


def test_relations_are_scored_by_pairs_of_concepts(corpus: Path) -> None:
    first, _ = read_pubtator(corpus)
    drug = Argument("MESH:D008094", "lithium", MentionType.DRUG, ((0, 7),))
    goitre = Argument("MESH:D006042", "goitre", MentionType.DISEASE, ((12, 18),))
    other = Argument("MESH:D999999", "other", MentionType.DISEASE, ((12, 18),))
    found = [
        Evidence("1", Claim(drug, Predicate.CAUSES_ADVERSE_EVENT, goitre), (0, 18), "test"),
        Evidence("1", Claim(drug, Predicate.CAUSES_ADVERSE_EVENT, other), (0, 18), "test"),
        Evidence("1", Claim(drug, Predicate.TREATS, other), (0, 18), "test"),
    ]
    assert score_induced_diseases([(first, found)]) == Score(right=1, wrong=1, missed=0)


def test_mentions_name_the_line_that_is_no_annotation(tmp_path: Path) -> None:
    path = tmp_path / "corpus.pubtator"
    path.write_text(CORPUS.replace("Disease", "Planet"), encoding="utf-8")
    with pytest.raises(InputError, match=":4: not a PubTator annotation"):
        read_pubtator(path)
