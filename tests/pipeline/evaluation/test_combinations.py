"""Combinations of drugs: sentences written for the tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.records import Argument, Claim, Course, Effect, Evidence, MentionType, Predicate
from pipeline.evaluation.combinations import CombinationSentence, all_together, extracted, read, score

SENTENCE = "Aleparin plus betamab , with or without gammacort , was given ."


def record(sentence: str = SENTENCE, paragraph: str | None = None, rels: object = None) -> dict[str, object]:
    spans = []
    for number, name in enumerate(("gammacort", "Aleparin", "betamab")):
        start = sentence.find(name)
        spans.append({"span_id": number, "text": name, "start": start, "end": start + len(name)})
    relations = [{"class": "POS", "spans": [1, 2]}] if rels is None else rels
    text = paragraph or f"A synthetic trial. {sentence} It worked."
    return {"doc_id": "x", "sentence": sentence, "paragraph": text, "spans": spans, "rels": relations}


def sentence(tmp_path: Path, data: dict[str, object] | None = None) -> CombinationSentence:
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps(data or record()) + "\n", encoding="utf-8")
    return read(path)[0]


def combined(read: CombinationSentence, a: int, b: int) -> Evidence:
    ends = [Argument(None, read.names[i], MentionType.DRUG, (read.drugs[i],)) for i in (a, b)]
    return Evidence("x", Claim(ends[0], Predicate.COMBINED_WITH, ends[1]), read.span, "test")


def test_drugs_are_numbered_in_the_order_of_the_text(tmp_path: Path) -> None:
    found = sentence(tmp_path)
    assert found.names == ("aleparin", "betamab", "gammacort")
    assert found.gold == {(0, 1): "POS"}


def test_offsets_are_those_of_title_and_abstract(tmp_path: Path) -> None:
    found = sentence(tmp_path)
    assert found.article.title == "A synthetic trial."
    assert found.article.text[slice(*found.span)] == SENTENCE


def test_a_sentence_is_never_cut_into_title_and_abstract(tmp_path: Path) -> None:
    text = "Aleparin vs. betamab and gammacort"
    found = sentence(tmp_path, record(text, text))
    assert found.article.text[slice(*found.span)] == text


def test_drugs_claimed_pair_by_pair_are_one_combination(tmp_path: Path) -> None:
    read = sentence(tmp_path)
    evidence = [combined(read, 0, 1), combined(read, 1, 2), combined(read, 0, 2)]
    assert extracted(read, evidence, ()) == {(0, 1, 2): False}


def test_two_pairs_with_a_drug_in_common_are_two_combinations(tmp_path: Path) -> None:
    read = sentence(tmp_path)
    assert set(extracted(read, [combined(read, 0, 1), combined(read, 1, 2)], ())) == {(0, 1), (1, 2)}


def test_a_course_of_several_drugs_is_a_combination_that_works_when_it_improved(tmp_path: Path) -> None:
    read = sentence(tmp_path)
    drugs = tuple(Argument(None, read.names[i], MentionType.DRUG, (read.drugs[i],)) for i in (2, 0))
    course = Course("x", None, drugs, read.span, outcome="improved")
    assert extracted(read, (), [course]) == {(0, 2): True}


def test_an_effective_treatment_makes_its_combination_positive(tmp_path: Path) -> None:
    read = sentence(tmp_path)
    drug = Argument(None, "aleparin", MentionType.DRUG, (read.drugs[0],))
    disease = Argument(None, "asthma", MentionType.DISEASE, ((0, 1),))
    treats = Evidence("x", Claim(drug, Predicate.TREATS, disease), read.span, "test", Effect.EFFECTIVE)
    assert extracted(read, [combined(read, 0, 1), treats], ()) == {(0, 1): True}


def test_only_exactly_the_annotated_set_counts(tmp_path: Path) -> None:
    read = sentence(tmp_path)
    scores = score([(read, {(0, 1): False, (0, 1, 2): True})])
    assert (scores.any.right, scores.any.wrong, scores.any.missed) == (1, 1, 0)
    assert (scores.positive.right, scores.positive.wrong, scores.positive.missed) == (0, 1, 1)


def test_the_plainest_guess_takes_each_name_once(tmp_path: Path) -> None:
    data = record()
    data["spans"] = [*data["spans"], {"span_id": 3, "text": "betamab", "start": 14, "end": 21}]  # type: ignore[misc]
    assert all_together(sentence(tmp_path, data)) == {(0, 1, 3): True}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"doc_id": "x"}, "'paragraph' is missing"),
        (record(paragraph="Other words."), "the sentence is not in its paragraph"),
        (record(rels=[{"class": "GOOD", "spans": [0, 1]}]), "'GOOD' is not a class"),
    ],
)
def test_what_is_no_corpus_is_refused_by_line(tmp_path: Path, data: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=rf"corpus\.jsonl:1: .*{message}"):
        sentence(tmp_path, data)
