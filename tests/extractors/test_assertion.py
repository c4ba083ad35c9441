import pytest

from extractors.assertion.effect import EffectReader
from extractors.assertion.phrases import Phrases, longest
from extractors.assertion.reader import AssertionReader
from extractors.values import Certainty, Effect, Predicate

ASSERTED, SPECULATIVE, INVESTIGATED = Certainty.ASSERTED, Certainty.SPECULATIVE, Certainty.INVESTIGATED

#: Invented sentences in words, the word that states the relation, whether it is denied, how sure it is.
SENTENCES = [
    ("rituximab reduced igg", "reduced", False, ASSERTED),
    ("rituximab did not reduce igg", "reduce", True, ASSERTED),
    ("rituximab not only reduced igg but also igm", "reduced", False, ASSERTED),
    ("neither drug reduced igg", "reduced", True, ASSERTED),
    ("igg was not measured , but rituximab reduced igm", "reduced", False, ASSERTED),
    ("rituximab failed to reduce igg", "reduce", True, ASSERTED),
    ("rituximab may reduce igg", "reduce", False, SPECULATIVE),
    ("we aimed to assess whether rituximab reduces igg", "reduces", False, INVESTIGATED),
    ("we asked whether rituximab may reduce igg", "reduce", False, INVESTIGATED),
    ("sicca may persist , whereas rituximab reduced igg", "reduced", False, ASSERTED),
    ("igg reduction was absent", "reduction", True, ASSERTED),
    ("rituximab in sicca is being evaluated", "in", False, INVESTIGATED),
]


@pytest.mark.parametrize(("sentence", "trigger", "negated", "certainty"), SENTENCES)
def test_assertion_reads_denial_and_certainty(sentence: str, trigger: str, negated: bool, certainty: Certainty) -> None:
    words = sentence.split()
    at = words.index(trigger)
    assertion = AssertionReader().scan(words).judge(at, at + 1)
    assert (assertion.negated, assertion.certainty) == (negated, certainty)


def test_assertion_names_its_cue() -> None:
    words = ["rituximab", "did", "not", "reduce", "igg"]
    negation = AssertionReader().scan(words).judge(3, 4).negation
    assert negation is not None
    assert words[negation.start : negation.end] == ["did", "not"]


@pytest.mark.parametrize(
    ("predicate", "sentence", "effect"),
    [
        (Predicate.TREATS, "rituximab was effective", Effect.EFFECTIVE),
        (Predicate.TREATS, "rituximab was not effective", Effect.INEFFECTIVE),
        (Predicate.AFFECTS_OUTCOME, "scores did not differ despite better flow", Effect.NO_DIFFERENCE),
        (Predicate.PREDICTS, "low c4 was a risk factor", Effect.POSITIVE),
    ],
)
def test_effect_takes_the_weightiest_word(predicate: Predicate, sentence: str, effect: Effect) -> None:
    cue = EffectReader().read(predicate, sentence.split(), 0, 1)
    assert cue is not None
    assert cue.effect is effect


def test_effect_is_silent_where_the_predicate_has_none() -> None:
    assert EffectReader().read(Predicate.TARGETS, ["effective"], 0, 1) is None


def test_phrases_star_stands_for_any_ending() -> None:
    hits = list(Phrases(["reduc* the", "in"]).find(["it", "reduces", "the", "reduced", "in"]))
    assert [(h.index, h.start, h.end) for h in hits] == [(0, 1, 3), (1, 4, 5)]


def test_phrases_longest_hides_what_lies_in_it() -> None:
    hits = longest(Phrases(["not", "not only"]).find(["not", "only", "this"]))
    assert [h.index for h in hits] == [1]
