"""Regimens that stand together in no one stretch: with a background that arms share, and lists with schedules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.courses.chains import LONGEST_CHAIN, LONGEST_JOINT, Entry, Naming, Occurrence, find_joints
from extractors.courses.cues import course_patterns
from extractors.courses.treatments import Treatment
from extractors.document import Document
from extractors.records import Sentence

#: Joints of what is composed.
SHARED, LISTED, INSTEAD = "shared", "listed", "instead"
COMPOSED = frozenset({SHARED, LISTED, INSTEAD})
#: Fewer drugs of a sentence are no list.
SHORTEST_LIST = 3
#: Longest regimen in which a drug is replaced by another arm's.
LONGEST_REPLACED = 4

Namings = Sequence[tuple[Sentence, Sequence[Naming]]]


def compose(
    document: Document, namings: Namings, chains: Sequence[Entry], treatments: Mapping[str, Treatment]
) -> Iterator[Entry]:
    """Yield the composed regimens of an article."""
    for sentence, inside in namings:
        yield from _shared(document.text, sentence, inside)
        yield from _listed(document.text, sentence, inside)
    yield from _instead(document, namings, chains, treatments)


def _shared(text: str, sentence: Sentence, namings: Sequence[Naming]) -> Iterator[Entry]:
    """Yield each earlier treatment of a sentence with those that follow "in combination with" further on."""
    joints = find_joints(text, sentence, namings)
    cue = course_patterns("composed")["shared"]
    for number in range(1, len(namings)):
        found = cue.search(text[sentence.start : namings[number].span[0]])
        if not found:
            continue
        joined = (SHARED, f"shared {found['by'].lower()}")
        last = number
        while last < len(joints) and joints[last] in {"and", "comma", "plus"}:
            last += 1
        background = namings[number : last + 1]
        for first in range(number):
            final = first
            while True:
                arm = namings[first : final + 1]
                keys = tuple(key for naming in (*arm, *background) for key in naming.keys)
                if len(set(keys)) == len(keys) <= LONGEST_CHAIN:
                    yield keys, Occurrence(sentence, tuple(n.span for n in (*arm, *background)), joined)
                if final + 1 >= number or joints[final] is None:
                    break
                final += 1


def _listed(text: str, sentence: Sentence, namings: Sequence[Naming]) -> Iterator[Entry]:
    """Yield all treatments of a sentence from "received" on, where nothing sets them against one another."""
    patterns = course_patterns("composed")
    given = patterns["given"].search(text, sentence.start, sentence.end)
    if not given:
        return
    inside = [naming for naming in namings if naming.span[0] >= given.end()]
    keys = tuple(dict.fromkeys(key for naming in inside for key in naming.keys))
    if not SHORTEST_LIST <= len(keys) <= LONGEST_CHAIN + 1:
        return
    if not patterns["parted"].search(text, inside[0].span[1], inside[-1].span[0]):
        yield keys, Occurrence(sentence, tuple(naming.span for naming in inside), (LISTED,))


def _instead(
    document: Document, namings: Namings, chains: Iterable[Entry], treatments: Mapping[str, Treatment]
) -> Iterator[Entry]:
    """Yield chains with one treatment in the place of another that it is compared with: "A plus B", "placebo".

    They stand where the other treatment does.
    """
    known = {frozenset(keys) for keys, _ in chains}
    others = _alternatives(document, namings, treatments)
    places: dict[str, list[tuple[Sentence, Naming]]] = {}
    for sentence, inside in namings:
        for naming in inside:
            places.setdefault(naming.keys[0], []).append((sentence, naming))
    made: set[frozenset[str]] = set()
    for keys in dict.fromkeys(keys for keys, _ in chains if len(keys) <= LONGEST_REPLACED):
        for old in keys:
            for new in others.get(old, ()):
                changed = tuple(new if key == old else key for key in keys)
                whole = frozenset(changed)
                if new in keys or whole in known or whole in made:
                    continue
                made.add(whole)
                for sentence, naming in places[new]:
                    yield changed, Occurrence(sentence, (naming.span,), (INSTEAD,))


def find_rivals(document: Document, namings: Namings) -> frozenset[frozenset[str]]:
    """Return the pairs of treatments that a sentence sets against one another: "A or B", "A versus B"."""
    parted = course_patterns("break")["words"]
    return frozenset(
        frozenset((first.keys[0], second.keys[0]))
        for _, inside in namings
        for first, second in pairwise(inside)
        if first.keys != second.keys
        and second.span[0] - first.span[1] <= LONGEST_JOINT
        and parted.search(document.text, first.span[1], second.span[0])
    )


def _alternatives(
    document: Document, namings: Namings, treatments: Mapping[str, Treatment]
) -> dict[str, tuple[str, ...]]:
    """Return for each treatment those that a sentence sets against it, and the article's placebo."""
    control = course_patterns("arms")["control"]
    rivals = find_rivals(document, namings)
    placebos = {key for key, treatment in treatments.items() if control.search(treatment.argument.name)}
    return {
        key: tuple(o for o in treatments if o != key and (o in placebos or frozenset((key, o)) in rivals))
        for key in treatments
    }
