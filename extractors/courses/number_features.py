"""What tells the patients and responders of a course from other numbers: where they stand to its treatments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.courses.arms import Place, places_in
from extractors.courses.cues import course_patterns, cues_in
from extractors.courses.numbers import FARTHEST, Context, Number
from extractors.courses.regimens import Regimen

WORD = re.compile(r"[^\W\d_]+|%")
#: Distances between a number and a treatment are compared in steps of this many characters, up to the fifth.
STEP = 30
#: Between a course and its number in brackets: "(n = 24", " group (", " (arm A, ".
BRACKETED = re.compile(r"(?:\s[\w/-]+){0,3}\s?[(\[,:]\s?(?:[\w/+ -]{1,20}[,;:]\s?)?(?:total )?")
#: A count's percentage follows within this many characters, and is off by less than this many points.
SHARE_WITHIN, SHARE_OFF = 30, 0.75


def number_features(
    context: Context, regimen: Regimen, number: Number, numbers: Sequence[Number], patients: Number | None = None
) -> dict[str, float]:
    """Return where a number stands to the course's treatments and to the other courses', and the words around it."""
    text, sentence = context.document.text, number.sentence
    start, end = number.spans[0]
    kind = number.kind
    arms = min(len(context.chosen), 3)
    names = [f"kind={kind}", f"kind={kind}&arms={arms}", f"design={context.design}&arms={arms}&{kind}"]
    names.append(f"{kind}&passage={context.document.category(sentence)}")
    before = _words(text[max(sentence.start, start - 60) : start])[-3:]
    after = _words(text[end : min(sentence.end, end + 60)])[:4]
    names += [f"before={word}" for word in before] + [f"after={word}" for word in after]
    names += [f"previous={before[-1] if before else '^'}", f"next={after[0] if after else '$'}"]
    names += _near(context, regimen, number)
    names += _among_arms(context, regimen, number, numbers)
    names += _aligned(context, regimen, number, numbers)
    names += _linked(context, regimen, number, numbers)
    equal = "n" if number.value == context.n else "less" if context.n and number.value < context.n else "other"
    names += [f"study={equal}&arms={arms}", f"study={equal}&{kind}&arms={arms}", f"one={number.value == 1}"]
    if context.crossover:
        names += [f"crossover&study={equal}", f"crossover&{kind}"]
    names += [f"{kind}&sentence has {cue}" for cue in cues_in("result", text[sentence.start : sentence.end])]
    names += [f"{kind}&{cue} after" for cue in cues_in("result", text[end : min(sentence.end, end + 80)])]
    names += [f"{kind}&{cue} before" for cue in cues_in("result", text[max(sentence.start, start - 80) : start])]
    if patients:
        names.append(f"{kind}&same sentence as patients={sentence == patients.sentence}")
        names.append(f"{kind}&all={number.value == patients.value}")
        names += _fits(context, number, patients)
        if number.total is not None:
            names += [f"of the patients={number.total == patients.value}", f"of n={number.total == context.n}"]
        names.append(f"{kind}&patients of={patients.kind}&{number.spans[0] == patients.spans[0]}")
    else:
        names.append(f"{kind}&no patients")
    first = numbers[0].sentence if numbers else sentence
    names.append(f"{kind}&first sentence with numbers={sentence == first}")
    return dict.fromkeys(names, 1.0)


def nothing_features(context: Context, numbers: Sequence[Number], patients: Number | None = None) -> dict[str, float]:
    """Return the features of the answer that the number is not stated."""
    arms = min(len(context.chosen), 3)
    names = ["none", f"none&design={context.design}", f"none&arms={arms}", f"none&numbers={min(len(numbers) // 3, 4)}"]
    names += [f"none&n={context.n is not None}&arms={arms}", f"none&patients={patients is not None}"]
    return dict.fromkeys(names, 1.0)


def _near(context: Context, regimen: Regimen, number: Number) -> Iterator[str]:
    """Yield how far the course is from the number, on which side, and whether another course is nearer."""
    arm = context.arm_of(regimen)
    inside = places_in(context.places, number.sentence)
    own, side = _distance([p for p in inside if p.arm == arm], number)
    nearest, _ = _distance([p for p in inside if p.arm != arm], number)
    if own is None:
        yield f"{number.kind}&far"
        yield f"{number.kind}&another near={nearest is not None}"
        return
    yield f"{number.kind}&{side} by {min(own // STEP, 4)}"
    yield f"{number.kind}&near"
    if nearest is not None:
        yield f"{number.kind}&nearer than others={own < nearest}"
        yield f"{number.kind}&{side}&nearer={own < nearest}"
    else:
        yield f"{number.kind}&alone in sentence"


def _distance(places: Sequence[Place], number: Number) -> tuple[int | None, str]:
    """Return the characters between the number and the nearest place in its sentence, and the number's side."""
    start, end = number.spans[0]
    best: tuple[int | None, str] = (None, "")
    for place in places:
        distance, side = (start - place.end, "after") if start >= place.end else (place.start - end, "before")
        if best[0] is None or max(distance, 0) < best[0]:
            best = max(distance, 0), side
    return best


def _linked(context: Context, regimen: Regimen, number: Number, numbers: Sequence[Number]) -> Iterator[str]:
    """Yield whether the number is bound to this course or to another one: in brackets after it, or right before it."""
    if len(context.chosen) < 2:
        return
    arm = context.arm_of(regimen)
    text, (start, end) = context.document.text, number.spans[0]
    inside = places_in(context.places, number.sentence)
    before = max((p for p in inside if p.end <= start), key=lambda p: p.end, default=None)
    after = min((p for p in inside if p.start >= end), key=lambda p: p.start, default=None)
    spans = [n.spans[0] for n in numbers if n.sentence == number.sentence]
    bracket = before and BRACKETED.fullmatch(text, before.end, start)
    if before and bracket:
        yield f"bracketed={'own' if before.arm == arm else 'other'}"
        yield f"{number.kind}&bracketed={'own' if before.arm == arm else 'other'}"
    elif after and course_patterns("arms")["counts"].search(text[end : after.start]):
        between = any(end <= a < after.start for a, _ in spans)
        if not between:
            yield f"counts={'own' if after.arm == arm else 'other'}&{after.how}"
            yield f"{number.kind}&counts={'own' if after.arm == arm else 'other'}"


def _among_arms(context: Context, regimen: Regimen, number: Number, numbers: Sequence[Number]) -> Iterator[str]:
    """Yield whether the number is one of neighbouring numbers that add up to the study's, and its place among them."""
    arms = len(context.chosen)
    if context.n and number.value * max(arms, 2) == context.n:
        yield f"{number.kind}&equal share"
    position = next((i for i, r in enumerate(context.chosen) if r is regimen), 0)
    at = numbers.index(number)
    for size in (2, 3, 4):
        for first in range(max(0, at - size + 1), min(at, len(numbers) - size) + 1):
            window = numbers[first : first + size]
            if sum(n.value for n in window) != context.n or window[-1].spans[0][0] - window[0].spans[0][0] > FARTHEST:
                continue
            yield "arm"
            yield f"arm&{number.kind}"
            yield f"arm&as many as courses={size == arms}"
            if size == arms:
                yield f"arm&in order={at - first == position}"
                yield f"arm&in order={at - first == position}&arms={arms}"
            return


def _fits(context: Context, number: Number, patients: Number) -> Iterator[str]:
    """Yield whether the percentage printed after the number is its share of the course's patients."""
    end = number.spans[0][1]
    found = next((found for sentence, found in context.statistics if sentence == number.sentence), ())
    for s in found:
        if s.kind == "percentage" and s.value is not None and 0 <= s.start - end <= SHARE_WITHIN and patients.value:
            fits = abs(100 * number.value / patients.value - s.value) < SHARE_OFF
            yield f"{number.kind}&its share fits={fits}"
            yield f"its share fits={fits}&all={number.value == patients.value}"
            return


def _aligned(context: Context, regimen: Regimen, number: Number, numbers: Sequence[Number]) -> Iterator[str]:
    """Yield whether the number is as far on in its sentence's numbers as the course in the sentence's courses."""
    arm = context.arm_of(regimen)
    order = list(dict.fromkeys(p.arm for p in places_in(context.places, number.sentence)))
    alike = [n for n in numbers if n.sentence == number.sentence and n.kind == number.kind]
    respectively = "respectively" in context.document.text[number.sentence.start : number.sentence.end]
    if len(order) > 1 and arm in order and len(alike) == len(order):
        yield f"{number.kind}&aligned={alike.index(number) == order.index(arm)}"
        yield f"aligned={alike.index(number) == order.index(arm)}&respectively={respectively}"
    if len(alike) == len(context.chosen) > 1:
        yield f"{number.kind}&in order={alike.index(number) == arm}"


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]
