"""What tells the number of participants analysed from the other numbers of a text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.cue_tables import patterns, read_sections
from extractors.document import Document
from extractors.study.participant_counts import Candidate
from extractors.values import StudyDesign

#: The table of cues.
TABLE = "participants"
WORD = re.compile(r"[^\W\d_]+")
#: Words near a number that are made features.
NEAR = 4


def null_features(design: StudyDesign) -> dict[str, float]:
    """Return the features of the answer that no number is stated."""
    return {"null": 1.0, f"null&{design}": 1.0}


def candidate_features(
    document: Document, candidate: Candidate, others: Sequence[Candidate], design: StudyDesign
) -> dict[str, float]:
    """Return what is known of a candidate: words around it, its passage, its size beside the others."""
    text = document.text
    start, end = candidate.spans[0][0], candidate.spans[-1][1]
    size = len(candidate.spans)
    form = "sum" if size > 1 else candidate.statistics[0].kind
    equals = "=" if "=" in text[slice(*candidate.spans[0])] else ""
    kind = f"{form}{equals}"
    names = [f"kind={kind}", f"design={design}&{form}", f"passage={document.category(candidate.sentence)}"]
    if size > 1:
        kinds = "+".join(s.kind for s in candidate.statistics[:2])
        last = (
            "controls"
            if "controls" in text[end : end + 60].lower() or "healthy" in text[end : end + 30].lower()
            else ""
        )
        same = len({tuple(_words(text[e : e + 20])[:1]) for _, e in candidate.spans}) == 1
        arms = [o for o in others if o.sentence == candidate.sentence and len(o.spans) == 1]
        marked = [o for o in arms if "=" in text[slice(*o.spans[0])]]
        larger = any(o.value >= candidate.value for o in arms)
        divided = bool(set(_words(text[candidate.sentence.start : candidate.sentence.end])) & _words_of("dividing"))
        names += [f"kinds={kinds}", f"kinds={kinds}{equals}&{last}", f"same={same}&{equals}", f"same={same}&{last}"]
        names += [f"all arms={bool(equals) and len(marked) == size}", f"larger in sentence={larger}&{equals}"]
        names += [f"divided={divided}&larger={larger}&{equals}", f"all counted={len(arms) == size}&{equals}"]
        names.append(f"arms={size}{equals}")
        parts = sorted(s.value or 0.0 for s in candidate.statistics)
        parts = sorted(float(o.value) for o in arms if o.spans[0] in candidate.spans) or parts
        names.append(f"unequal={min(int(math.log2(parts[-1] / max(parts[0], 1.0))), 5)}&{equals}")
        names.append(f"smallest addend={min(int(parts[0]), 3)}&{equals}")
        names.append(f"addend is one or two={parts[0] <= 2}&last={parts[-1] > 4}")
    else:
        marked = [o for o in others if o.sentence == candidate.sentence and "=" in text[slice(*o.spans[0])]]
        names.append(f"{kind}:marked beside={min(len([o for o in marked if len(o.spans) == 1]), 3)}")
    stages = [
        (side, name)
        for side, stretch in _stretches(text, candidate, others)
        for name, pattern in patterns(TABLE, "stage").items()
        if pattern.search(stretch)
    ]
    names += [f"{form}:{side} {name}" for side, name in stages]
    before = _words(text[max(candidate.sentence.start, start - 80) : start])[-NEAR:]
    after = _words(text[end : min(candidate.sentence.end, end + 80)])[: NEAR + 2]
    names += [f"{form}:before={word}" for word in before] + [f"{form}:after={word}" for word in after]
    names += [f"{form}:previous={before[-1] if before else '^'}", f"{form}:next={after[0] if after else '$'}"]
    names += [
        f"sentence={w}"
        for w in set(_words(text[candidate.sentence.start : candidate.sentence.end])) & _words_of("telling")
    ]
    singles = [o for o in others if len(o.spans) == 1]
    values = sorted({o.value for o in singles}, reverse=True)
    order = [o.spans[0] for o in singles].index(candidate.spans[0])
    names.append(f"{form}:order={min(order, 4)}")
    names.append(f"{form}:rank={min(sum(v > candidate.value for v in values), 4)}")
    repeats = sum(o.value == candidate.value for o in singles) - (size == 1)
    names.append(f"{form}:repeats={min(repeats, 2)}")
    if size == 1 and any(o.value == candidate.value for o in others if len(o.spans) > 1):
        names.append(f"{form}:is a sum")
    larger_before = any(o.value > candidate.value and o.spans[0] < candidate.spans[0] for o in singles)
    names.append(f"{form}:larger before={larger_before}")
    names.append(f"{form}:digits={len(str(candidate.value))}")
    if candidate.value == 1:
        names.append("one")
    names += [f"{form}:{name}" for name in _agreeing(candidate, others)]
    largest = bool(values) and candidate.value == values[0]
    names += [f"{form}:{side} {stage}&largest={largest}" for side, stage in stages]
    return dict.fromkeys(names, 1.0)


def _agreeing(candidate: Candidate, others: Sequence[Candidate]) -> Iterator[str]:
    """Yield how the other numbers bear the candidate out: as the total of parts, or as a sum in another sentence."""
    alike = [o for o in others if o is not candidate and o.value == candidate.value]
    totals = [o for o in alike if len(o.spans) == 1 and o.statistics[0].kind == "count_of"]
    yield f"is a total={min(len(totals), 2)}"
    if any(len(o.spans) > 1 and o.statistics[0].kind == "count_of" for o in alike):
        yield "is the totals of parts added up"
    if any(len(o.spans) > 1 and o.sentence != candidate.sentence for o in alike):
        yield "is a sum elsewhere"
    if len(candidate.spans) > 1:
        yield f"is stated={any(len(o.spans) == 1 for o in alike)}"
        larger = [o for o in others if len(o.spans) == 1 and o.value > candidate.value]
        yield f"sum&larger stated={min(len(larger), 2)}"


def _stretches(text: str, candidate: Candidate, others: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
    """Yield the text up to the numbers before and after a candidate, within its sentence and 80 characters."""
    start, end = candidate.spans[0][0], candidate.spans[-1][1]
    bounds = [o.spans[0] for o in others if len(o.spans) == 1 and o.sentence == candidate.sentence]
    first = max([candidate.sentence.start, start - 80, *(b for _, b in bounds if b <= start)])
    last = min([candidate.sentence.end, end + 80, *(a for a, _ in bounds if a >= end)])
    yield "before", text[first:start]
    yield "after", text[end:last]


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


@cache
def _words_of(kind: str) -> frozenset[str]:
    return frozenset(read_sections(TABLE)["words"][kind])
