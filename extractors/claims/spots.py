"""Where the encoder looks for a pair: the stretches of pieces of its mentions and of the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from extractors.claims.pairs import Meeting, Pair
from extractors.claims.pieces import KINDS, Pieces, Stretch
from extractors.claims.reading import Reading

#: Meetings of a pair that the encoder reads, the nearest first.
MEETINGS = 2
#: Words before the first and after the last mention that count.
WINDOW = 4
#: Where nothing stands beside a mention: the document's opening mark.
NOWHERE: Stretch = (0, 1)
#: Distances are told apart in so many steps, each in two orders; one more number says that a pair never meets.
STEPS = 10
FAR = 2 * STEPS

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spots:
    """Positions for all pairs of a document.

    `mentions` has rows (start, end, entity). `meetings` has a row a meeting: the pair's number, five stretches (between
    the mentions, subject, object, before, after) and the number of its distance. `subjects`, `objects` and `kinds` have
    an entry a pair.
    """

    entities: int
    mentions: Whole
    meetings: Whole
    subjects: Whole
    objects: Whole
    kinds: Whole


def find_spots(reading: Reading, pieces: Pieces, pairs: Sequence[Pair]) -> Spots:
    """Return where the encoder looks for each of the pairs."""
    mentions = [
        (*pieces.stretch(number, place.start, place.end), entity)
        for entity, places in enumerate(reading.places)
        for number, place in places
    ]
    meetings = [
        (row, *_meeting(reading, pieces, meeting))
        for row, pair in enumerate(pairs)
        for meeting in pair.meetings[:MEETINGS]
    ]
    kinds = [KINDS.index(entity.kind) for entity in reading.entities]
    return Spots(
        len(reading.entities),
        np.array(mentions, np.int64).reshape(-1, 3),
        np.array(meetings, np.int64).reshape(-1, 12),
        np.array([p.subject for p in pairs], np.int64),
        np.array([p.object for p in pairs], np.int64),
        np.array([kinds[p.subject] * len(KINDS) + kinds[p.object] for p in pairs], np.int64),
    )


def _meeting(reading: Reading, pieces: Pieces, meeting: Meeting) -> tuple[int, ...]:
    number, subject, object_ = meeting.sentence, meeting.subject, meeting.object
    first, second = (subject, object_) if subject.start < object_.start else (object_, subject)
    last = max(first.end, second.end)
    inside = (first.end, second.start) if first.end < second.start else (first.start, last)
    size = len(reading.sentences[number].words)
    before = pieces.stretch(number, max(0, first.start - WINDOW), first.start) if first.start else NOWHERE
    after = pieces.stretch(number, last, min(size, last + WINDOW)) if last < size else NOWHERE
    step = min(STEPS - 1, int(sqrt(max(meeting.gap, 0)) * 1.5))
    return (
        *pieces.stretch(number, *inside),
        *pieces.stretch(number, subject.start, subject.end),
        *pieces.stretch(number, object_.start, object_.end),
        *before,
        *after,
        step if first is subject else STEPS + step,
    )
