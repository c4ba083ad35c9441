from collections.abc import Callable

import pytest

from extractors.claims.patterns import build
from extractors.document import Document
from extractors.values import Certainty, Effect

#: Invented sentences: marked text, then subject, predicate, object that must be read off it.
STATED = [
    ("[Rituximab|Drug] was effective in [purpura|Disease].", "Rituximab", "treats", "purpura"),
    ("Patients with [vasculitis|Disease] were treated with [belimumab|Drug].", "belimumab", "treats", "vasculitis"),
    ("[Neutropenia|Disease] caused by [rituximab|Drug] is rare.", "rituximab", "causes_adverse_event", "Neutropenia"),
    ("[Rituximab|Drug] plus [belimumab|Drug] was given.", "Rituximab", "combined_with", "belimumab"),
    ("[Rituximab|Drug] followed by [belimumab|Drug] was given.", "Rituximab", "followed_by", "belimumab"),
    ("We saw [vasculitis|Disease] refractory to [rituximab|Drug].", "vasculitis", "refractory_to", "rituximab"),
    ("We studied [rituximab|Drug] versus [placebo|Drug].", "rituximab", "compared_with", "placebo"),
    ("[Rituximab|Drug] improved [ESSDAI|Outcome] by week 24.", "Rituximab", "affects_outcome", "ESSDAI"),
    ("[Cryoglobulins|Protein] predicted [lymphoma|Disease].", "Cryoglobulins", "predicts", "lymphoma"),
    ("[Rituximab|Drug] binds [CD20|Protein].", "Rituximab", "targets", "CD20"),
    ("[Interferon|Protein] induces [BAFF|Protein].", "Interferon", "increases", "BAFF"),
    ("Depletion of [B cells|Cell] by [imlifidase|Drug] was fast.", "imlifidase", "decreases", "B cells"),
    ("[BAFF|Protein] plays a key role in [B-cell survival|Process].", "BAFF", "involved_in", "B-cell survival"),
    ("[BAFF|Protein] is expressed by [monocytes|Cell].", "BAFF", "expressed_by", "monocytes"),
    (
        "[Purpura|Disease] is a complication of [cryoglobulinaemia|Disease].",
        "Purpura",
        "complication_of",
        "cryoglobulinaemia",
    ),
    ("[BAFF|Protein] correlated with [fatigue|Disease].", "BAFF", "associated_with", "fatigue"),
]


@pytest.mark.parametrize(("marked", "subject", "predicate", "object_"), STATED)
def test_patterns_read_each_predicate(
    read: Callable[..., Document], marked: str, subject: str, predicate: str, object_: str
) -> None:
    found = {(e.claim.subject.name, e.claim.predicate, e.claim.object.name) for e in build().extract(read(marked))}
    assert (subject, predicate, object_) in found


def test_patterns_keep_the_words_that_decided(read: Callable[..., Document]) -> None:
    document = read("[BAFF|Protein] may be expressed by [monocytes|Cell].")
    evidence = next(e for e in build().extract(document) if e.claim.predicate == "expressed_by")
    cues = {(role, document.text[start:end]) for role, start, end in evidence.cues}
    assert {("trigger", "expressed by"), ("certainty", "may")} <= cues
    assert evidence.certainty is Certainty.SPECULATIVE
    assert evidence.why.startswith("expressed_by: S ~ ")
    assert document.text[slice(*evidence.sentence)] == "BAFF may be expressed by monocytes."


def test_patterns_tell_denial_from_lack_of_effect(read: Callable[..., Document]) -> None:
    denied = list(build().extract(read("[Rituximab|Drug] did not induce [BAFF|Protein].")))
    assert [(e.claim.predicate, e.negated) for e in denied] == [("increases", True)]
    useless = list(build().extract(read("[Rituximab|Drug] was not effective in [sicca|Disease].")))
    assert {(e.claim.predicate, e.negated) for e in useless} == {("treats", False)}


def test_patterns_do_not_join_types_that_cannot(read: Callable[..., Document]) -> None:
    assert not list(build().extract(read("[Monocytes|Cell] plus [placebo|Drug] were seen.")))


def test_patterns_read_effect_from_the_rule(read: Callable[..., Document]) -> None:
    (evidence,) = build().extract(read("[Rituximab|Drug] improved [ESSPRI|Outcome]."))
    assert evidence.effect is Effect.IMPROVED


def test_patterns_reach_no_further_than_the_rule_allows(read: Callable[..., Document]) -> None:
    far = "[BAFF|Protein] was measured in serum of many people at each of several visits over years and is expressed by"
    assert not list(build().extract(read(f"{far} [monocytes|Cell].")))
