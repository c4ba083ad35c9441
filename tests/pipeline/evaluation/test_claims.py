"""Counts worked out by hand on a document written for the purpose."""

import json
from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.records import Argument, Certainty, Claim, Effect, Evidence, MentionType, Predicate
from extractors.scores import Score
from pipeline.evaluation import gold
from pipeline.evaluation.claims import overlaps, score_claims

TITLE = "Rituximab and belimumab in purpura"
DOCUMENT = {
    "id": "D",
    "title": TITLE,
    "abstract": "",
    "entities": [
        {"key": "rtx", "type": "Drug", "mentions": ["Rituximab"]},
        {"key": "bel", "type": "Drug", "mentions": ["belimumab"]},
        {"key": "pur", "type": "Disease", "mentions": ["purpura"]},
    ],
    "claims": [
        {"subject": "rtx", "predicate": "treats", "object": "pur", "effect": "effective", "negated": False,
         "certainty": "asserted"},
        {"subject": "bel", "predicate": "treats", "object": "pur", "effect": "unspecified", "negated": False,
         "certainty": "asserted"},
        {"subject": "rtx", "predicate": "combined_with", "object": "bel", "effect": None, "negated": False,
         "certainty": "asserted"},
    ],
    "courses": [],
    "study": {"design": "case_report", "n": 1},
}  # fmt: skip


def argument(text: str) -> Argument:
    start = TITLE.index(text)
    return Argument(None, text, MentionType.DRUG, ((start, start + len(text)),))


def evidence(
    subject: str,
    predicate: Predicate,
    object_: str,
    *,
    effect: Effect | None = None,
    certainty: Certainty = Certainty.ASSERTED,
) -> Evidence:
    claim = Claim(argument(subject), predicate, argument(object_))
    return Evidence("D", claim, (0, len(TITLE)), "test", effect=effect, certainty=certainty)


@pytest.fixture
def document(tmp_path: Path) -> gold.GoldDocument:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(DOCUMENT) + "\n", encoding="utf-8")
    (read,) = gold.read(path)
    return read


def test_claims_are_scored_relaxed_strict_and_by_pair(document: gold.GoldDocument) -> None:
    found = [
        evidence("Rituximab", Predicate.TREATS, "purpura", effect=Effect.EFFECTIVE),
        # right drug and disease, wrong effect: relaxed but not strict
        evidence("belimumab", Predicate.TREATS, "purpura", effect=Effect.EFFECTIVE),
        # symmetric: the other way round counts
        evidence("belimumab", Predicate.COMBINED_WITH, "Rituximab"),
        # right pair, wrong predicate
        evidence("Rituximab", Predicate.CAUSES_ADVERSE_EVENT, "purpura"),
    ]
    scores = score_claims([(document, found)])
    assert scores.relaxed == Score(right=3, wrong=1, missed=0)
    assert scores.strict == Score(right=2, wrong=2, missed=1)
    assert scores.pair == Score(right=3, wrong=0, missed=0)
    assert dict(scores.by_predicate)[Predicate.TREATS] == Score(right=2)
    assert dict(scores.by_predicate)[Predicate.CAUSES_ADVERSE_EVENT] == Score(wrong=1)
    assert (scores.effect_right, scores.effect_all) == (1, 2)


def test_claims_repeated_are_neither_right_nor_wrong(document: gold.GoldDocument) -> None:
    found = [
        evidence("Rituximab", Predicate.TREATS, "purpura", effect=Effect.EFFECTIVE),
        evidence("Rituximab", Predicate.TREATS, "purpura", effect=Effect.INEFFECTIVE),
    ]
    assert score_claims([(document, found)]).relaxed == Score(right=1, wrong=0, missed=2)


def test_claims_direction_counts_unless_symmetric(document: gold.GoldDocument) -> None:
    assert score_claims([(document, [evidence("purpura", Predicate.TREATS, "Rituximab")])]).relaxed == Score(0, 1, 3)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((0, 4), (0, 4), True),
        ((0, 4), (4, 8), False),
        ((0, 4), (2, 20), True),
        ((0, 4), (3, 20), False),
        ((5, 6), (0, 100), True),
    ],
)
def test_claims_spans_overlap_by_half_of_the_shorter(a: tuple[int, int], b: tuple[int, int], expected: bool) -> None:
    assert overlaps(a, b) is overlaps(b, a) is expected


def test_gold_occurrences_keep_to_word_boundaries_where_they_can() -> None:
    assert gold.occurrences("SS and SSA", "SS") == [(0, 2)]
    assert gold.occurrences("antiSSA", "SSA") == [(4, 7)]


@pytest.mark.parametrize(
    ("content", "part"),
    [("", "holds no gold"), ("{}\n", ":1: not a gold document: 'id' is missing"), ("{\n", ":1: not a gold document")],
)
def test_gold_says_what_is_wrong(tmp_path: Path, content: str, part: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=part):
        gold.read(path)
