"""Claims by trigger patterns (configs/cues/claims.tsv): no training, each hit names its rule."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.assertion.effect import EffectReader
from extractors.assertion.reader import AssertionReader
from extractors.claims.entities import Entity, group
from extractors.claims.matcher import Match, PatternMatcher
from extractors.claims.sentences import SentenceWords, read_sentences
from extractors.document import Document
from extractors.records import Claim, Evidence
from extractors.values import Effect, Predicate


class PatternExtractor:
    """Reads a claim wherever a pattern's phrases stand around two mentions of the right types."""

    name = "patterns"

    def __init__(self, *, min_score: float) -> None:
        self._matcher = PatternMatcher()
        self._min_score = min_score
        self._assertion = AssertionReader()
        self._effect = EffectReader()

    def extract(self, document: Document) -> Iterator[Evidence]:
        """Yield an evidence for each sentence and claim, by the best rule that reads it there."""
        entities = group(document)
        for sentence in read_sentences(document, entities):
            best: dict[tuple[int, Predicate, int], Match] = {}
            for match in self._matcher.find(sentence, entities):
                key = match.subject.entity, match.rule.predicate, match.object.entity
                known = best.get(key)
                if match.rule.score >= self._min_score and (known is None or match.rule.score > known.rule.score):
                    best[key] = match
            yield from self._evidence(document.article.id, sentence, entities, list(best.values()))

    def _evidence(
        self, article: str, sentence: SentenceWords, entities: tuple[Entity, ...], matches: list[Match]
    ) -> Iterator[Evidence]:
        scan = self._assertion.scan(sentence.words)
        for match in matches:
            rule = match.rule
            start, end = min(t[0] for t in match.triggers), max(t[1] for t in match.triggers)
            assertion = scan.judge(start, end)
            cues = [("trigger", *sentence.offsets(*t)) for t in match.triggers]
            for role, cue in (("negation", assertion.negation), ("certainty", assertion.hedge)):
                if cue:
                    cues.append((role, *sentence.offsets(cue.start, cue.end)))
            effect = rule.effect
            if effect is None and (told := self._effect.read(rule.predicate, sentence.words, start, end)):
                effect = told.effect
                cues.append(("effect", *sentence.offsets(told.start, told.end)))
            if effect is None and self._effect.has_effect(rule.predicate):
                effect = Effect.UNSPECIFIED
            # Failing to work is an effect, not a denial of having been tried.
            negated = assertion.negated and rule.predicate not in {Predicate.TREATS, Predicate.AFFECTS_OUTCOME}
            claim = Claim(
                entities[match.subject.entity].argument(match.subject.mention),
                rule.predicate,
                entities[match.object.entity].argument(match.object.mention),
            )
            yield Evidence(
                article,
                claim,
                sentence.sentence.span,
                self.name,
                effect,
                negated,
                assertion.certainty,
                rule.score,
                tuple(cues),
                rule.name,
            )


def build(*, min_score: float = 0.0) -> PatternExtractor:
    """Build the pattern extractor; rules that score below `min_score` in the table stay unused."""
    return PatternExtractor(min_score=min_score)
