"""Choose the courses of an article one by one: the best candidate beside those chosen, until "no more" is best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.courses.cues import course_patterns
from extractors.courses.features import regimen_features
from extractors.courses.regimens import Regimen
from extractors.document import Document
from extractors.linear import LinearModel
from extractors.values import StudyDesign

#: The learned weights, see extractors/training/courses.py: by the words alone, and with the encoder's odds.
MODEL, ENCODER_MODEL = "courses", "courses_with_encoder"
#: The encoder's odds count up to these.
LEAST_ODDS, MOST_ODDS = -5.0, 4.0
#: Designs whose articles report no course of their own.
WITHOUT_COURSES = frozenset(
    {
        StudyDesign.REVIEW,
        StudyDesign.GUIDELINE,
        StudyDesign.PROTOCOL,
        StudyDesign.CROSS_SECTIONAL,
        StudyDesign.CASE_CONTROL,
        StudyDesign.PRECLINICAL_IN_VIVO,
        StudyDesign.PRECLINICAL_IN_VITRO,
    }
)
#: Added to the score of "no more": the value with the best F1 by cross-validation on gold train.
STOP_BIAS = -1.2
#: No article of gold train but two has more.
MOST_COURSES = 6
#: Two courses of a sentence are compared by the words between them when those are fewer characters than this.
BETWEEN = 160


def choose_courses(
    document: Document,
    regimens: Sequence[Regimen],
    design: StudyDesign,
    model: LinearModel,
    encoder_odds: Sequence[float] | None = None,
) -> tuple[Regimen, ...]:
    """Return the chosen regimens in the order of their first naming."""
    if design in WITHOUT_COURSES:
        return ()
    features = own_features(document, regimens, design, encoder_odds)
    chosen: list[int] = []
    while len(chosen) < min(MOST_COURSES, len(regimens)):
        best = model.score(stop_features(regimens, chosen, design)) + STOP_BIAS
        winner = None
        for index in range(len(regimens)):
            if index in chosen or is_only_talk(document, regimens[index]):
                continue
            score = model.score(step_features(document, regimens, features[index], index, chosen))
            if score > best:
                best, winner = score, index
        if winner is None:
            break
        chosen.append(winner)
    return tuple(sorted((regimens[i] for i in chosen), key=lambda r: r.occurrences[0].spans))


def own_features(
    document: Document, regimens: Sequence[Regimen], design: StudyDesign, encoder_odds: Sequence[float] | None
) -> list[dict[str, float]]:
    """Return each candidate's features by the words and, as `read`, its odds by the encoder, where it was asked."""
    features = [regimen_features(document, regimen, regimens, design) for regimen in regimens]
    if encoder_odds is not None:
        for own, regimen, odds in zip(features, regimens, encoder_odds, strict=True):
            counted = min(MOST_ODDS, max(LEAST_ODDS, odds))
            own |= {"read": counted, f"read&{min(len(regimen.members), 3)}": counted}
    return features


def is_only_talk(document: Document, regimen: Regimen) -> bool:
    """Whether every sentence that names the regimen says what could be or is usually done, not what was done."""
    talk = course_patterns("talk")["only"]
    return all(talk.search(document.text, o.sentence.start, o.sentence.end) for o in regimen.occurrences)


def step_features(
    document: Document, regimens: Sequence[Regimen], own: Mapping[str, float], index: int, chosen: Sequence[int]
) -> dict[str, float]:
    """Return a candidate's own features with how it stands to the courses chosen so far."""
    regimen = regimens[index]
    form = f"{min(len(regimen.members), 3)}"
    names = [f"step={min(len(chosen), 3)}&{form}"]
    if not chosen:
        names.append(f"first&{form}")
        return {**own, **dict.fromkeys(names, 1.0)}
    others = [regimens[i] for i in chosen]
    relations = _relations(regimen, others)
    names += [f"{form}&{relation}" for relation in relations]
    names += [f"{form}&{relation}&composed={regimen.is_composed}" for relation in relations]
    names += [f"{form}&{relation}&{name}" for relation in relations for name in own if name.startswith(f"{form}&free=")]
    largest = max(len(other.members) for other in others)
    inert = any(course_patterns("role")["inert"].search(member.argument.name) for member in regimen.members)
    names.append(f"{form}&inert={inert}&largest={min(largest, 3)}&partner={'partner' in relations}")
    names += [f"{form}&{word}" for other in others for word in _between(document, regimen, other)]
    return {**own, **dict.fromkeys(names, 1.0)}


def stop_features(regimens: Sequence[Regimen], chosen: Sequence[int], design: StudyDesign) -> dict[str, float]:
    """Return the features of the answer that there are no more courses."""
    count = len(chosen)
    names = ["stop", f"stop&{min(count, 4)}", f"stop&{design}", f"stop&{design}&{min(count, 3)}"]
    return dict.fromkeys([*names, f"stop&n={min(len(regimens), 6)}"], 1.0)


def _relations(regimen: Regimen, others: Sequence[Regimen]) -> list[str]:
    keys, found = regimen.keys, []
    if any(keys < other.keys for other in others):
        found.append("part of chosen")
    if any(keys > other.keys for other in others):
        found.append("holds chosen")
    if all(not keys & other.keys for other in others):
        found += ["disjoint", f"disjoint&{min(len(others), 2)}"]
    if any(len(keys) > 1 and len(keys) == len(o.keys) and len(keys & o.keys) == len(keys) - 1 for o in others):
        found.append("partner")
    if any(len(keys) == len(other.keys) for other in others):
        found.append("same size")
    own = [member.argument.name.lower() for member in regimen.members]
    names = [member.argument.name.lower() for other in others for member in other.members]
    if any(a != b and (a in b or b in a) for a in own for b in names):
        found.append("name inside")
    return found


def _between(document: Document, regimen: Regimen, other: Regimen) -> set[str]:
    """Return the cues between two courses that one sentence names: "versus", "group", "(n ="."""
    found: set[str] = set()
    for first in other.occurrences:
        for second in regimen.occurrences:
            if first.sentence != second.sentence:
                continue
            (_, end), (start, _) = sorted(
                ((first.spans[0][0], first.spans[-1][1]), (second.spans[0][0], second.spans[-1][1]))
            )
            words = document.text[end:start]
            if start >= end and len(words) < BETWEEN:
                found |= {name for name, pattern in course_patterns("between").items() if pattern.search(words)}
    return found
