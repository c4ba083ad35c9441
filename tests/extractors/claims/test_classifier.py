from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from extractors.claims import second_opinion
from extractors.claims.classifier import ClassifierExtractor, build
from extractors.claims.model import load
from extractors.claims.second_opinion import Opinion
from extractors.document import Document
from extractors.errors import ConfigError
from extractors.records import Evidence

TREATED = (
    "Patients with [cryoglobulinaemic vasculitis|Disease] were treated with [rituximab|Drug]. "
    "[Rituximab|Drug] was effective in [cryoglobulinaemic vasculitis|Disease]."
)
TITLE = "[Rituximab|Drug] for [cryoglobulinaemic vasculitis|Disease]"


@pytest.fixture(scope="module")
def classifier() -> ClassifierExtractor:
    return build()


def claims(evidence: list[Evidence]) -> set[tuple[str, str, str]]:
    return {(e.claim.subject.name, str(e.claim.predicate), e.claim.object.name) for e in evidence}


def test_classifier_reads_a_plain_claim(read: Callable[..., Document], classifier: ClassifierExtractor) -> None:
    found = list(classifier.extract(read(TREATED, title=TITLE)))
    assert ("Rituximab", "treats", "cryoglobulinaemic vasculitis") in claims(found)
    assert all(e.effect is not None and not e.negated for e in found if e.claim.predicate == "treats")


def test_classifier_scores_are_probabilities_above_the_threshold(
    read: Callable[..., Document], classifier: ClassifierExtractor
) -> None:
    lowest = float(load().thresholds.min())
    assert all(lowest - 1e-3 <= e.score <= 1 for e in classifier.extract(read(TREATED, title=TITLE)))


def test_classifier_floor_only_adds_claims(read: Callable[..., Document], classifier: ClassifierExtractor) -> None:
    document = read(TREATED, title=TITLE)
    default, all_of_them = claims(list(classifier.extract(document))), claims(list(build(floor=0.02).extract(document)))
    assert default <= all_of_them


def test_classifier_evidence_points_into_its_sentence(
    read: Callable[..., Document], classifier: ClassifierExtractor
) -> None:
    document = read(TREATED, title=TITLE)
    for e in classifier.extract(document):
        start, end = e.sentence
        assert document.text[start:end].strip()
        assert all(start <= a < b <= end for _, a, b in e.cues)
        assert e.why


def test_classifier_is_deterministic(read: Callable[..., Document], classifier: ClassifierExtractor) -> None:
    document = read(TREATED, title=TITLE)
    assert list(classifier.extract(document)) == list(build().extract(document))


def test_classifier_has_nothing_to_say_without_mentions(
    read: Callable[..., Document], classifier: ClassifierExtractor
) -> None:
    assert not list(classifier.extract(read("Nothing was named.", title="On nothing")))


class Certain(Opinion):
    """An opinion that is sure of one class of manner."""

    sure = ""

    def manner(
        self, rows: npt.NDArray[np.intp], predicates: npt.NDArray[np.intp], words: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        odds = super().manner(rows, predicates, words)
        odds[:, load().classes.index(self.sure)] = 9.0
        return odds


@pytest.mark.parametrize("sure", ["treats ineffective", "negated", "speculative"])
def test_the_encoder_has_its_say_in_the_manner(
    sure: str, read: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Certain, "sure", sure)
    monkeypatch.setattr(second_opinion, "Opinion", Certain)
    found = list(build().extract(read(TREATED, title=TITLE)))
    asked = [e for e in found if " " not in sure or sure.startswith(f"{e.claim.predicate} ")]
    assert asked
    for e in asked:
        assert sure in {f"{e.claim.predicate} {e.effect}", "negated" if e.negated else "", str(e.certainty)}


def test_weights_that_tell_other_classes_of_manner_are_refused() -> None:
    second = second_opinion.SecondOpinion()
    second.classes = second.classes[::-1]
    with pytest.raises(ConfigError, match="encoder = false"):
        ClassifierExtractor(load(), second, floor=None)
