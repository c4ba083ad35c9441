"""How a course ended, and what was tried before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import log

from extractors.courses.cues import course_patterns, find_cue
from extractors.courses.features import WINDOW
from extractors.courses.numbers import Context
from extractors.courses.regimens import Regimen
from extractors.courses.treatments import Treatment
from extractors.document import Document
from extractors.records import Sentence, Span
from extractors.values import MentionType

#: Words that make a treatment a prior one even where it is also part of a course.
ENDED = re.compile(r"refractory|resistan|fail|non-?respon|not respon|inadequate|intoleran|unresponsive", re.IGNORECASE)
#: The outcome of a course of which the text tells none.
UNSTATED = "not_stated"
#: What the encoder's log probability of an outcome counts beside that by the words; by cross-validation.
ENCODER_WEIGHT = 0.3
LEAST = 1e-9
#: That of a course that helped.
IMPROVED = "improved"


def choose_outcome(
    probabilities: Mapping[str, float], responders: int | None, encoder: Mapping[str, float] | None = None
) -> str:
    """Return the likeliest outcome; where some patients are counted as responders, one is stated.

    `probabilities` are by the words, `encoder` the log probabilities by the encoder, where it was asked.
    """
    stated = [name for name in probabilities if not (responders and name == UNSTATED)]

    def likelihood(name: str) -> float:
        return log(max(probabilities[name], LEAST)) + (ENCODER_WEIGHT * encoder[name] if encoder else 0.0)

    return max(stated, key=lambda name: (likelihood(name), name))


def find_prior(
    context: Context, regimen: Regimen, treatments: Sequence[Treatment]
) -> tuple[tuple[Treatment, ...], str | None, tuple[Span, ...]]:
    """Return the treatments tried before, why they ended, and the spans of the words that say so."""
    found: list[Treatment] = []
    reasons: list[tuple[str, Span]] = []
    text = context.document.text
    current = {key for chosen in context.chosen for key in chosen.keys}
    for treatment in treatments:
        name = treatment.argument.name
        if treatment.argument.type is not MentionType.DRUG or (
            not treatment.argument.concept and course_patterns("generic")["name"].search(name)
        ):
            continue
        for span in treatment.spans:
            sentence = context.document.sentence_at(span[0])
            if sentence is None or (treatment.key in regimen.keys and len(treatment.spans) == 1):
                continue
            cue = _prior_cue(text, sentence, span)
            if cue is None or (treatment.key in current and not ENDED.search(text[slice(*cue[1])])):
                continue
            if treatment.key in current and _is_result(context, regimen, sentence, treatment, cue[1]):
                continue
            if treatment not in found:
                found.append(treatment)
            reasons.append(cue)
            break
    reason = next((name for name, _ in reasons if name), None)
    return tuple(found), reason, tuple(span for _, span in reasons)


def _is_result(context: Context, regimen: Regimen, sentence: Sentence, treatment: Treatment, words: Span) -> bool:
    """Whether the failure of a drug that is itself a course is what the article found, not what came before.

    A drug that is all of the course was given before it only where the text says that it was given again.
    """
    text = context.document.text
    if regimen.keys == {treatment.key}:
        return not course_patterns("retreatment")["again"].search(text)
    if course_patterns("retreatment")["result"].search(text[sentence.start : words[0]]):
        return True
    own = any(o.sentence == sentence for o in regimen.occurrences)
    return not own and context.document.category(sentence) == "results" and words[0] >= treatment.spans[0][1]


def failed_before(document: Document, treatment: Treatment, *, of_cases: bool = False) -> bool:
    """Whether the text says that a treatment had failed, and not as a finding; of cases it is never a finding."""
    for span in treatment.spans:
        sentence = document.sentence_at(span[0])
        cue = _prior_cue(document.text, sentence, span) if sentence else None
        if sentence and cue and ENDED.search(document.text[slice(*cue[1])]):
            before = document.text[sentence.start : cue[1][0]]
            if of_cases or not course_patterns("retreatment")["result"].search(before):
                return True
    return False


def is_only_failed(document: Document, regimen: Regimen) -> bool:
    """Whether a regimen is named only as what had failed: never as given, and in most of its sentences as failed."""
    text, failed = document.text, 0
    for occurrence in regimen.occurrences:
        start = occurrence.sentence.start
        first, last = occurrence.spans[0], occurrence.spans[-1]
        cues = [_prior_cue(text, occurrence.sentence, span) for span in (first, last)]
        around = [cue[1] for cue in cues if cue and (cue[1][1] == first[0] or cue[1][0] == last[1])]
        if any(ENDED.search(text[slice(*words)]) for words in around):
            failed += 1
        elif course_patterns("around")["before_given"].search(text[start : occurrence.spans[0][0]]):
            return False
    return failed * 2 > len(regimen.occurrences)


def outcome_words(context: Context, regimen: Regimen) -> tuple[Span, ...]:
    """Return the words of the course's sentences that tell its result: what speaks for or against an outcome."""
    own = {o.sentence for o in regimen.occurrences}
    found = []
    for sentence in context.document.sentences:
        if sentence not in own or context.document.category(sentence) in {"background", "objective", "methods"}:
            continue
        for cue in ("response", "improved", "better", "worse", "none", "relapse"):
            match = course_patterns("result")[cue].search(context.document.text, sentence.start, sentence.end)
            if match:
                found.append(match.span())
    return tuple(sorted(set(found)))


def _prior_cue(text: str, sentence: Sentence, span: Span) -> tuple[str, Span] | None:
    """Return why the treatment ended ("" where no reason is given) and the words that say so."""
    start = max(sentence.start, span[0] - WINDOW)
    before = find_cue("around", "before_prior", text[start : span[0]])
    after = find_cue("around", "after_versus_prior", text[span[1] : min(sentence.end, span[1] + WINDOW)])
    if before:
        words = (start + before.start(), span[0])
    elif after:
        words = (span[1], span[1] + after.end())
    else:
        return None
    if re.search(r"na[iï]ve|contraindic", text[slice(*words)], re.IGNORECASE):
        return None
    for name, pattern in course_patterns("prior").items():
        if pattern.search(text[max(sentence.start, words[0] - 20) : words[1] + 12]):
            return name, words
    return "", words
