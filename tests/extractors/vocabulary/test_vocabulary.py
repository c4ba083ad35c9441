"""The vocabulary of names and kinds, and the shape of the curated lexicons."""

import pytest

from extractors.records import Concept, MentionType
from extractors.vocabulary.lexicon import Name
from extractors.vocabulary.vocabulary import Vocabulary, curated

DRUGS = Concept("T:drugs", "anti-CD20 antibodies", MentionType.DRUG)
DRUG = Concept("T:rtx", "rituximab", MentionType.DRUG, synonyms=("RTX",), parents=("T:drugs",))
COPY = Concept("T:copy", "rituximab biosimilar", MentionType.DRUG, parents=("T:rtx",))
LOOP = Concept("T:loop", "loop", MentionType.DRUG, parents=("T:pool",))
POOL = Concept("T:pool", "pool", MentionType.DRUG, parents=("T:loop",))


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary([*(Name(c.name, c) for c in (DRUGS, DRUG, COPY, LOOP, POOL)), Name("RTX", DRUG, exact=True)])


def test_lookup_finds_a_concept_by_any_spelling_of_its_names(vocabulary: Vocabulary) -> None:
    assert {n.concept for n in vocabulary.lookup("Anti-CD20 antibody")} == {DRUGS}
    assert vocabulary.lookup("rituxima") == ()


def test_matches_yields_every_name_from_a_place_shortest_first(vocabulary: Vocabulary) -> None:
    found = [(end, names[0].concept) for end, names in vocabulary.matches(["a", "rituximab", "biosimilar"], 1)]
    assert found == [(2, DRUG), (3, COPY)]


def test_a_query_for_the_class_finds_its_members(vocabulary: Vocabulary) -> None:
    assert vocabulary.descendants("T:drugs") == ("T:copy", "T:rtx")
    assert vocabulary.ancestors("T:copy") == ("T:drugs", "T:rtx")


def test_ancestors_end_where_parents_run_in_a_circle(vocabulary: Vocabulary) -> None:
    assert vocabulary.ancestors("T:loop") == ("T:pool",)


def test_concept_refuses_an_unknown_curie(vocabulary: Vocabulary) -> None:
    assert "T:none" not in vocabulary
    with pytest.raises(KeyError):
        vocabulary.concept("T:none")


def test_curated_lexicons_name_rituximab_a_kind_of_anti_cd20_antibody() -> None:
    (concept,) = {n.concept for n in curated().lookup("MabThera")}
    assert concept.name == "rituximab"
    assert "SICCA:anti-cd20-antibodies" in curated().ancestors(concept.curie)
    assert concept.curie in curated().descendants("SICCA:b-cell-depletion-therapy")


def test_curated_concepts_have_one_row_each() -> None:
    concepts = list(curated().concepts())
    assert len({c.curie for c in concepts}) == len(concepts) == len(curated())
