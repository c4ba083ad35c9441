"""A study's own findings told from what was known, on sentences written for these tests."""

import pytest

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article
from extractors.records import Argument, Claim, Evidence
from extractors.study.origin import marked, origin
from extractors.values import MentionType, Origin, Predicate, StudyDesign

NLP = build_nlp()
LABELLED = "BACKGROUND: Rituximab helps. RESULTS: Ten patients improved. Two died."


def document(abstract: str) -> Document:
    (parsed,) = parse((flat_article("X:1", "A title", abstract),), NLP)
    return parsed


def read_off(article: Document, first: int, last: int) -> Evidence:
    drug = Argument(None, "rituximab", MentionType.DRUG)
    claim = Claim(drug, Predicate.TREATS, Argument(None, "vasculitis", MentionType.DISEASE))
    return Evidence("X:1", claim, (article.sentences[first].start, article.sentences[last].end), "test")


@pytest.mark.parametrize(
    ("text", "number", "design", "told"),
    [
        ("BACKGROUND: Rituximab helps. RESULTS: Ten patients improved.", 1, StudyDesign.COHORT, "background"),
        ("BACKGROUND: Rituximab helps. RESULTS: Ten patients improved.", 2, StudyDesign.COHORT, "novel"),
        ("BACKGROUND: Rituximab helps. RESULTS: Ten patients improved.", 2, StudyDesign.REVIEW, "background"),
        ("Rituximab has been shown to help. We found no effect. It was safe. None died.", 1, StudyDesign.COHORT, "background"),
        ("Rituximab has been shown to help. We found no effect. It was safe. None died.", 2, StudyDesign.COHORT, "novel"),
    ],
)  # fmt: skip
def test_own_findings_are_told_from_what_was_known(text: str, number: int, design: StudyDesign, told: str) -> None:
    article = document(text)
    assert origin(article, article.sentences[number], design) == told


@pytest.mark.parametrize("design", [StudyDesign.REVIEW, StudyDesign.GUIDELINE])
def test_all_of_a_review_or_guideline_is_background(design: StudyDesign) -> None:
    article = document(LABELLED)
    assert {origin(article, sentence, design) for sentence in article.sentences} == {Origin.BACKGROUND}


def test_results_of_a_systematic_review_are_its_own() -> None:
    article = document(LABELLED)
    told = [origin(article, sentence, StudyDesign.SYSTEMATIC_REVIEW) for sentence in article.sentences[1:3]]
    assert told == [Origin.BACKGROUND, Origin.NOVEL]


def test_evidence_is_marked_by_its_sentence() -> None:
    article = document(LABELLED)
    found = marked(article, [read_off(article, 1, 1), read_off(article, 2, 2)], StudyDesign.COHORT)
    assert [e.origin for e in found] == [Origin.BACKGROUND, Origin.NOVEL]


def test_evidence_over_sentences_is_own_where_one_is() -> None:
    article = document(LABELLED)
    (found,) = marked(article, [read_off(article, 1, 3)], StudyDesign.COHORT)
    assert found.origin is Origin.NOVEL


def test_marking_changes_nothing_else() -> None:
    article = document(LABELLED)
    before = read_off(article, 1, 1)
    (after,) = marked(article, [before], StudyDesign.REVIEW)
    assert (after.id, after.claim, after.sentence, after.score) == (
        before.id,
        before.claim,
        before.sentence,
        before.score,
    )
