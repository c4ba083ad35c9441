"""Claims by trigger patterns (configs/cues/claims.tsv): no training, each hit names its rule."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import permutations

from extractors.assertion.effect import EffectReader
from extractors.assertion.phrases import Phrases
from extractors.assertion.reader import AssertionReader
from extractors.claims.entities import Entity, group
from extractors.claims.rules import Rule, read_rules
from extractors.claims.sentences import Place, SentenceWords, read_sentences
from extractors.claims.types import read_signatures
from extractors.document import Document
from extractors.records import Claim, Evidence
from extractors.values import Effect, MentionType, Predicate

#: Occurrences of one phrase group in a sentence: sorted (start, end) in words.
_Stretches = list[tuple[int, int]]


class PatternExtractor:
    """Reads a claim wherever a pattern's phrases stand around two mentions of the right types."""

    name = "patterns"

    def __init__(self, *, min_score: float) -> None:
        self._rules = tuple(rule for rule in read_rules() if rule.score >= min_score)
        phrases = sorted({phrase for rule in self._rules for phrase in rule.phrases})
        variants = [(number, variant) for number, phrase in enumerate(phrases) for variant in phrase.split("|")]
        self._groups = tuple(number for number, _ in variants)
        self._numbers = {phrase: number for number, phrase in enumerate(phrases)}
        self._phrases = Phrases(variant for _, variant in variants)
        self._by_types: dict[tuple[MentionType, MentionType], list[Rule]] = {}
        allowed = {(s.predicate, s.subject, s.object) for s in read_signatures()}
        for subject, object_ in {(s.subject, s.object) for s in read_signatures()}:
            self._by_types[subject, object_] = [
                r for r in self._rules if r.joins(subject, object_) and (r.predicate, subject, object_) in allowed
            ]
        self._assertion = AssertionReader()
        self._effect = EffectReader()

    def extract(self, document: Document) -> Iterator[Evidence]:
        """Yield an evidence for each sentence, claim and the best rule that reads it there."""
        entities = group(document)
        for sentence in read_sentences(document, entities):
            best: dict[tuple[int, Predicate, int], Evidence] = {}
            for evidence, key in self._read(document.article.id, sentence, entities):
                if key not in best or evidence.score > best[key].score:
                    best[key] = evidence
            yield from best.values()

    def _read(
        self, article: str, sentence: SentenceWords, entities: tuple[Entity, ...]
    ) -> Iterator[tuple[Evidence, tuple[int, Predicate, int]]]:
        found = self._find(sentence)
        scan = self._assertion.scan(sentence.words)
        for subject, object_ in permutations(sentence.places, 2):
            ends = entities[subject.entity], entities[object_.entity]
            if subject.entity == object_.entity or _overlap(subject, object_):
                continue
            for rule in self._by_types.get((ends[0].type, ends[1].type), ()):
                if rule.predicate.symmetric and object_.start < subject.start:
                    continue
                triggers = match(
                    rule, sentence, subject, object_, [found.get(self._numbers[p], []) for p in rule.phrases]
                )
                if triggers is None:
                    continue
                start, end = min(t[0] for t in triggers), max(t[1] for t in triggers)
                assertion = scan.judge(start, end)
                cues = [("trigger", *sentence.offsets(*t)) for t in triggers]
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
                claim = Claim(ends[0].argument(subject.mention), rule.predicate, ends[1].argument(object_.mention))
                evidence = Evidence(
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
                yield evidence, (subject.entity, rule.predicate, object_.entity)

    def _find(self, sentence: SentenceWords) -> dict[int, _Stretches]:
        found: dict[int, _Stretches] = {}
        for hit in self._phrases.find(sentence.words):
            found.setdefault(self._groups[hit.index], []).append((hit.start, hit.end))
        for stretches in found.values():
            stretches.sort()
        return found


def match(
    rule: Rule, sentence: SentenceWords, subject: Place, object_: Place, stretches: list[_Stretches]
) -> list[tuple[int, int]] | None:
    """Return where the rule's phrases stand around the two places, or None where they do not.

    Elements are taken from left to right from the first slot, and from right to left before it, the nearest first.
    """
    slots = {"S": (subject.start, subject.end), "O": (object_.start, object_.end)}
    names = [e for e in rule.elements if e in slots]
    if slots[names[0]][0] >= slots[names[1]][0]:
        return None
    queue = iter(stretches)
    wanted: list[tuple[int, int] | _Stretches] = [slots[e] if e in slots else next(queue) for e in rule.elements]
    pivot = rule.elements.index(names[0])
    chosen: list[tuple[int, int]] = []
    position = slots[names[0]][0]
    for element in reversed(wanted[:pivot]):
        before = [s for s in element if isinstance(s, tuple) and s[1] <= position]
        if not before or sentence.distance(before[-1][1], position) > rule.reach:
            return None
        chosen.append(before[-1])
        position = before[-1][0]
    position = slots[names[0]][1]
    for element in wanted[pivot + 1 :]:
        if isinstance(element, tuple):
            stretch = element
        else:
            at = bisect_left(element, (position, 0))
            if at == len(element):
                return None
            stretch = element[at]
            chosen.append(stretch)
        if stretch[0] < position or sentence.distance(position, stretch[0]) > rule.reach:
            return None
        position = stretch[1]
    return sorted(chosen)


def _overlap(a: Place, b: Place) -> bool:
    return a.start < b.end and b.start < a.end


def build(*, min_score: float = 0.0) -> PatternExtractor:
    """Build the pattern extractor; rules that score below `min_score` in the table stay unused."""
    return PatternExtractor(min_score=min_score)
