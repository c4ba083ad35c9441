"""The trained classifier: a linear model over the words of every candidate pair, then trees over what it made of all.

With `encoder`, a small transformer reads all pairs too, and a claim's probability and manner come from both.

Every claim names what it was read from: the rule that reads it too, or the word that weighed most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from extractors.assertion.effect import EffectReader
from extractors.assertion.reader import AssertionReader
from extractors.claims.candidates import PREDICATES, Candidates, candidates
from extractors.claims.features import PairFeatures
from extractors.claims.manner import EFFECTS, MannerReader
from extractors.claims.matcher import PatternMatcher
from extractors.claims.model import Model, load
from extractors.claims.pairs import Pair
from extractors.claims.preparation import Prepared, Preparer, probabilities_of
from extractors.claims.sentences import Place
from extractors.claims.settings import Setting, SettingReader
from extractors.claims.types import read_signatures
from extractors.claims.wholes import of_wholes
from extractors.document import Document
from extractors.errors import ConfigError
from extractors.optional import load_encoder
from extractors.records import Claim, Evidence, Mention
from extractors.values import Certainty, Effect, Predicate

if TYPE_CHECKING:
    from extractors.claims.second_opinion import Opinion, SecondOpinion

Odds = npt.NDArray[np.float32]


class ClassifierExtractor:
    """Claims whatever is likely enough; `floor` replaces the predicates' own thresholds."""

    name = "classifier"

    def __init__(self, model: Model, second: SecondOpinion | None, *, floor: float | None) -> None:
        self._model = model
        self._second = second
        own = second.thresholds if second else model.thresholds
        self._thresholds = own if floor is None else np.full(len(PREDICATES), floor, np.float32)
        self._matcher = PatternMatcher()
        self._preparer = Preparer(self._matcher, read_signatures())
        self._asserted = AssertionReader()
        self._effects = EffectReader()
        if second and second.classes != model.classes:
            raise ConfigError(
                "extraction.options.classifier.encoder: the weights of the claims and of their encoder tell different "
                "classes of manner; install sicca anew, or set encoder = false"
            )
        self._column = {name: number for number, name in enumerate(model.classes)}

    def extract(self, document: Document) -> Iterator[Evidence]:
        """Yield one evidence for each claim, in the order of the pairs."""
        prepared = self._preparer.prepare(document)
        if not prepared.pairs:
            return
        found = candidates(
            prepared.reading, prepared.pairs, self._first(prepared), prepared.allowed, prepared.rules, self._matcher
        )
        if not len(found.rows):
            return
        opinion = self._second.read(prepared) if self._second else None
        scores = self._probabilities(prepared, found, opinion)
        chosen = np.flatnonzero(scores >= self._thresholds[found.predicates])
        claims = [(prepared.pairs[found.rows[i]], PREDICATES[found.predicates[i]]) for i in chosen]
        where = SettingReader(prepared.reading, prepared.matches, self._asserted, self._effects)
        settings = where.settings(claims, self._model.statements)
        told = [(*claim, setting) for claim, setting in zip(claims, settings, strict=True)]
        if not told:
            return
        manners = self._model.manner.odds(MannerReader(prepared.reading, self._model.direction).features(told))
        if opinion:
            manners = opinion.manner(found.rows[chosen], found.predicates[chosen], manners)
        for (pair, predicate, setting), manner, score in zip(
            told, manners.tolist(), scores[chosen].tolist(), strict=True
        ):
            yield self._evidence(document.article.id, prepared, manner, pair, predicate, setting, score)

    def _probabilities(self, prepared: Prepared, found: Candidates, opinion: Opinion | None) -> npt.NDArray[np.float64]:
        """Return each candidate's probability."""
        trees = self._model.trees.odds(found.numbers)
        scores = opinion.probability(found, trees) if opinion else self._model.calibration.probability(trees)
        return of_wholes(prepared.reading, prepared.pairs, found, scores)

    def _first(self, prepared: Prepared) -> Odds:
        """Return the linear model's probabilities."""
        return probabilities_of(self._model.linear.odds(prepared.features), prepared)

    def _evidence(
        self,
        article: str,
        prepared: Prepared,
        odds: Sequence[float],
        pair: Pair,
        predicate: Predicate,
        setting: Setting,
        score: float,
    ) -> Evidence:
        reading = prepared.reading
        effect = self._effect(predicate, odds)
        negated = odds[self._column["negated"]] > 0
        certainty = max(Certainty, key=lambda c: odds[self._column[c]])
        sentence = reading.sentences[setting.sentence]
        subject, object_ = (_nearest(reading.places[n], setting) for n in (pair.subject, pair.object))
        claim = Claim(
            reading.entities[pair.subject].argument(subject), predicate, reading.entities[pair.object].argument(object_)
        )
        cues = [("trigger", *sentence.offsets(*t)) for t in setting.triggers]
        word = None if cues else self._weightiest(prepared, pair, predicate, setting)
        if word is not None:
            cues.append(("trigger", *sentence.offsets(word, word + 1)))
        if negated and (cue := setting.assertion.negation):
            cues.append(("negation", *sentence.offsets(cue.start, cue.end)))
        if certainty is not Certainty.ASSERTED and (cue := setting.assertion.hedge):
            cues.append(("certainty", *sentence.offsets(cue.start, cue.end)))
        if effect not in {None, Effect.UNSPECIFIED} and setting.effect:
            cues.append(("effect", *sentence.offsets(setting.effect.start, setting.effect.end)))
        return Evidence(
            article,
            claim,
            sentence.sentence.span,
            self.name,
            effect,
            negated,
            certainty,
            round(score, 4),
            tuple(cues),
            _why(pair, setting, None if word is None else sentence.words[word]),
        )

    def _weightiest(self, prepared: Prepared, pair: Pair, predicate: Predicate, setting: Setting) -> int | None:
        """Return the word of the claim's sentence that weighed most in the first stage, where one did."""
        column = self._model.linear.weights[:, PREDICATES.index(predicate)]
        found = PairFeatures(prepared.reading, prepared.rules).weightiest(pair, column)
        return found[1] if found and found[0] == setting.sentence else None

    def _effect(self, predicate: Predicate, odds: Sequence[float]) -> Effect | None:
        if predicate not in EFFECTS:
            return None
        return max(EFFECTS[predicate], key=lambda e: odds[self._column[f"{predicate} {e}"]])


def _nearest(places: list[tuple[int, Place]], setting: Setting) -> Mention | None:
    """Return the entity's mention in the claim's sentence that is nearest to the words that state it."""
    own = [place for number, place in places if number == setting.sentence]
    away = [(max(place.start - setting.end, setting.start - place.end, 0), place.start) for place in own]
    return own[away.index(min(away))].mention if own else None


def _why(pair: Pair, setting: Setting, word: str | None) -> str:
    """Say in words what the claim was read from."""
    if setting.rule:
        return f"rule {setting.rule}"
    if not pair.meetings:
        return "no sentence names both; read from the document as a whole"
    number = len(pair.meetings)
    weighty = f"'{word}' between them weighs most; " if word else ""
    named = "sentence names" if number == 1 else "sentences name"
    return f"{weighty}{pair.meetings[0].gap} words apart; {number} {named} both"


def build(*, floor: float | None = None, encoder: bool = True) -> ClassifierExtractor:
    """Build the classifier with the shipped weights; `floor` is a probability to use for every predicate.

    Raises ConfigError where what the encoder needs is not installed.
    """
    second = load_encoder("extraction.options.classifier.encoder", _second_opinion) if encoder else None
    return ClassifierExtractor(load(), second, floor=floor)


def _second_opinion() -> SecondOpinion:
    """Import what the encoder runs on only where it is asked for: it takes as long as all the rest."""
    from extractors.claims.second_opinion import SecondOpinion

    return SecondOpinion()
