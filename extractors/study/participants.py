"""How many participants were analysed: every count of the text, and sums of arms, ranked by learned weights."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.document import Document, once_per_document
from extractors.linear import LinearModel, load_model
from extractors.records import Sentence, Span, Statistic
from extractors.statistics.numbers import COUNT, parse_number
from extractors.statistics.sentences import read_numbers
from extractors.values import StudyDesign

#: The learned weights, see extractors/training/study.py.
MODEL = "study_participants"
#: Designs that have no participants of their own.
WITHOUT = frozenset(
    {StudyDesign.REVIEW, StudyDesign.GUIDELINE, StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.PRECLINICAL_IN_VITRO}
)
#: Designs whose abstracts nearly always state their number (all but two of 78 in gold train): the best is taken.
ALWAYS = frozenset(
    {StudyDesign.CASE_SERIES, StudyDesign.COHORT, StudyDesign.CASE_CONTROL, StudyDesign.NONRANDOMISED_TRIAL}
)
#: The person a case report is about.
PERSON = re.compile(
    r"\b(?:an?|the|one|our) (?:[\w-]+ ){0,5}?(?:patient|man|woman|boy|girl|child|infant|male|female|case)\b",
    re.IGNORECASE,
)
#: Several persons of what is indexed as a case report ("we present 2 cases").
REPORTED = re.compile(
    r"\b(?:report(?:ed)?|describe[ds]?|present(?:ed)?) (?:on |here )?(?:the )?(?:cases? (?:of )?)?"
    rf"(?P<count>(?!one\b|1\b){COUNT}) (?:[\w-]+ ){{0,4}}?"
    r"(?:cases|patients|women|men|children|siblings|sisters|brothers)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")
#: Words near a number that are made features.
NEAR = 4
#: Arms are summed within a sentence only, and no more than this many.
MOST_ARMS = 5
#: Counts further apart than this many characters are not summed.
FARTHEST = 150


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number of participants, with the spans it is read or summed from."""

    value: int
    spans: tuple[Span, ...]
    statistics: tuple[Statistic, ...]
    sentence: Sentence


@once_per_document
def count_participants(document: Document, design: StudyDesign) -> tuple[int, tuple[Span, ...]] | None:
    """Return the participants analysed and the spans of the number or of its addends; None where none is stated."""
    return rank_participants(document, design, load_model(MODEL))


def rank_participants(
    document: Document, design: StudyDesign, model: LinearModel
) -> tuple[int, tuple[Span, ...]] | None:
    """Return what `count_participants` does, by the weights of a model."""
    if design in WITHOUT:
        return None
    if design is StudyDesign.CASE_REPORT:
        reported = REPORTED.search(document.text)
        if reported:
            return int(parse_number(reported["count"])), (reported.span("count"),)
        person = PERSON.search(document.text)
        if person:
            return 1, (person.span(),)
        design = StudyDesign.CASE_SERIES  # indexed as a case report, but no single person is spoken of
    found = candidates(document)
    best = -math.inf if design in ALWAYS else model.score(null_features(design))
    chosen: Candidate | None = None
    for candidate in found:
        score = model.score(candidate_features(document, candidate, found, design))
        if score > best:
            best, chosen = score, candidate
    return (chosen.value, chosen.spans) if chosen else None


def null_features(design: StudyDesign) -> dict[str, float]:
    """Return the features of the answer that no number is stated."""
    return {"null": 1.0, f"null&{design}": 1.0}


def candidates(document: Document) -> list[Candidate]:
    """Return the counts of the text in its order, then the sums of neighbouring counts of one sentence."""
    singles: list[Candidate] = []
    sums: list[Candidate] = []
    for sentence, statistics, bare in read_numbers(document):
        inside = list(_counts(sentence, statistics, bare))
        singles.extend(inside)
        for size in range(2, MOST_ARMS + 1):
            for first in range(len(inside) - size + 1):
                arms = inside[first : first + size]
                if _may_be_arms(arms):
                    sums.append(_sum(arms, sentence))
    return singles + sums


def _may_be_arms(arms: Sequence[Candidate]) -> bool:
    """Whether counts may be parts of one total: none a share of another, one named, none far from the next."""
    kinds = [arm.statistics[0].kind for arm in arms]
    near = all(b.spans[0][0] - a.spans[0][1] <= FARTHEST for a, b in pairwise(arms))
    return near and "count_of" not in kinds and "count" in kinds and (len(arms) == 2 or "bare" not in kinds[1:])


def _counts(sentence: Sentence, found: Sequence[Statistic], bare: Sequence[Statistic]) -> Iterator[Candidate]:
    bare = [replace(s, kind="bare") for s in bare]
    for s in sorted((*found, *bare), key=lambda s: s.start):
        if s.kind == "count_of" and s.total is not None:
            yield Candidate(int(s.total), ((s.start, s.end),), (s,), sentence)
        elif s.kind in {"count", "bare"} and s.value is not None and s.value >= 1 + (s.kind == "bare"):
            yield Candidate(int(s.value), ((s.start, s.end),), (s,), sentence)


def _sum(arms: Sequence[Candidate], sentence: Sentence) -> Candidate:
    return Candidate(
        sum(arm.value for arm in arms),
        tuple(span for arm in arms for span in arm.spans),
        tuple(s for arm in arms for s in arm.statistics),
        sentence,
    )


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
        divided = bool(set(_words(text[candidate.sentence.start : candidate.sentence.end])) & DIVIDING)
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
    for side, stretch in _stretches(text, candidate, others):
        found = [name for name, pattern in STAGES.items() if pattern.search(stretch)]
        names += [f"{form}:{side} {name}" for name in found]
    before = _words(text[max(candidate.sentence.start, start - 80) : start])[-NEAR:]
    after = _words(text[end : min(candidate.sentence.end, end + 80)])[: NEAR + 2]
    names += [f"{form}:before={word}" for word in before] + [f"{form}:after={word}" for word in after]
    names += [f"{form}:previous={before[-1] if before else '^'}", f"{form}:next={after[0] if after else '$'}"]
    names += [
        f"sentence={w}" for w in set(_words(text[candidate.sentence.start : candidate.sentence.end])) & SENTENCE_WORDS
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
    return dict.fromkeys(names, 1.0)


#: Words of a sentence that splits participants into arms.
DIVIDING = frozenset(
    {"randomized", "randomised", "randomly", "assigned", "allocated", "divided", "groups", "group", "received", "arm"}
)
#: Words of a sentence that tell what it counts.
SENTENCE_WORDS = frozenset(
    """
    randomized randomised randomly enrolled included recruited total analysed analyzed evaluable treated received
    identified studied consecutive screened eligible excluded withdrew completed responded assigned participated
    controls compared retrospectively prospectively diagnosed underwent evaluated followed population intention cohort
    """.split()  # noqa: SIM905 (a list of words reads better as words)
)


#: What a study does with participants, stage by stage; the number that was analysed is wanted.
STAGES = {
    "screened": re.compile(
        r"\b(?:screened|eligible|registered|referred|assessed for|identified|invited|planned|original)", re.IGNORECASE
    ),
    "enrolled": re.compile(
        r"\b(?:enrol+ed|included|recruited|participated|entered|reviewed|studied|treated)\b", re.IGNORECASE
    ),
    "randomised": re.compile(r"\b(?:randomi[sz]ed|randomly|assigned|allocated)\b", re.IGNORECASE),
    "analysed": re.compile(
        r"\b(?:analy[sz]ed|evaluable|evaluated|available|intention-to-treat|full analysis|final)\b", re.IGNORECASE
    ),
    "completed": re.compile(r"\b(?:completed|finished|continued|remained)\b", re.IGNORECASE),
    "lost": re.compile(r"\b(?:excluded|withdrew|withdrawn|discontinued|lost|dropped|died|refused)\b", re.IGNORECASE),
    "event": re.compile(
        r"\b(?:had|achieved|developed|experienced|responded|relapsed|showed|improved|reported)\b", re.IGNORECASE
    ),
    "each": re.compile(r"\b(?:each|per) (?:\w+ )?(?:group|arm)", re.IGNORECASE),
    "things": re.compile(
        r"\b(?:samples?|studies|trials|articles|centers|centres|clinics|hospitals|sites|eyes|cells|mice|rats|literature)\b",
        re.IGNORECASE,
    ),
}


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
