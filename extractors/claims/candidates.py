"""Candidates of the second stage: a pair with a predicate, and how it stands beside its rivals in the document.

The linear model looks at one pair and its words. The trees look at what it made of them, at what it made of all other
pairs of the same entities, and at how much the article is about the two: a drug of the title, a disease named once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.claims.matcher import PatternMatcher
from extractors.claims.pairs import Pair
from extractors.claims.reading import Reading
from extractors.values import MentionType, Predicate

Numbers = npt.NDArray[np.float32]
Table = npt.NDArray[np.float64]

#: The source of mentions that no trained recogniser marked; it learnt from texts where only what matters is marked.
BY_NAME = "dictionary"
#: The predicates in the order of all weight tables.
PREDICATES = tuple(Predicate)
#: The types that claims join, in the order of the indicator columns.
KINDS = (
    MentionType.DRUG,
    MentionType.PROCEDURE,
    MentionType.DISEASE,
    MentionType.PROTEIN,
    MentionType.CELL,
    MentionType.PROCESS,
    MentionType.OUTCOME,
)
#: Candidates that the linear model finds less likely than this are given up.
HOPELESS = 0.02
#: The gap of a pair that shares no sentence, in words.
FAR_GAP = 40.0
#: Log odds of what is not a candidate.
NOTHING = -12.0

ENTITY = ("mentions", "share_of_top", "in_title", "first", "last", "in_conclusion", "sentences", "of_type", "letters",
          "linked", "recognised")  # fmt: skip
MEETING = (
    "meetings", "gap", "forward", "nested", "title", "position", "between", "between_like_subject",
    "between_like_object", "places", "words_apart", "conclusion", "methods", "results", "background", "sentences_apart",
)  # fmt: skip
DOCUMENT = ("subject_sum", "subject_sum_as_object", "object_sum", "object_sum_as_subject", "subject_best",
            "object_best", "sentences", "entities")  # fmt: skip
RIVALS = (
    "odds", "best_other_predicate", "pair_best", "behind_pair_best", "behind_subject_best", "behind_object_best",
    "behind_document_best", "document_sum", "subject_sum_here", "object_sum_here", "object_as_subject_here",
    "subject_as_object_here", "rule", "other_rule", "rules", "reverse_odds", "reverse_best",
)  # fmt: skip


class Candidates:
    """The (pair, predicate) candidates of a document and their numbers, row by row."""

    def __init__(self, rows: npt.NDArray[np.intp], predicates: npt.NDArray[np.intp], numbers: Numbers) -> None:
        self.rows = rows
        self.predicates = predicates
        self.numbers = numbers


def candidates(
    reading: Reading,
    pairs: Sequence[Pair],
    probabilities: Numbers,
    allowed: npt.NDArray[np.bool_],
    rules: dict[tuple[int, int], list[tuple[int, float]]],
    matcher: PatternMatcher,
) -> Candidates:
    """Return the candidates worth a second look; `probabilities` and `allowed` have a row a pair, a column a predicate.

    Of a symmetric claim only the order of the entities in the document is a candidate.
    """
    symmetric = np.array([p.symmetric for p in PREDICATES])
    subjects = np.array([p.subject for p in pairs], np.intp)
    objects = np.array([p.object for p in pairs], np.intp)
    keep = allowed & (probabilities >= HOPELESS) & ~(symmetric & (subjects > objects)[:, None])
    rows, predicates = np.nonzero(keep)
    if not len(rows):
        return Candidates(rows, predicates, np.zeros((0, 0), np.float32))
    clipped = np.clip(probabilities, 1e-5, 1 - 1e-5)
    odds = np.log(clipped / (1 - clipped))
    entity = np.array(_entities(reading), np.float32)
    wanted, inverse = np.unique(rows, return_inverse=True)
    meeting = np.array([_meeting(reading, pairs[i]) for i in wanted], np.float32)[inverse]
    own = np.zeros((len(pairs), len(PREDICATES)), np.float32)
    index = {(p.subject, p.object): i for i, p in enumerate(pairs)}
    for ends, found in rules.items():
        if ends in index:
            for number, score in found:
                column = PREDICATES.index(matcher.rules[number].predicate)
                own[index[ends], column] = max(own[index[ends], column], score)
    s, o = subjects[rows], objects[rows]
    parts = [
        np.eye(len(PREDICATES), dtype=np.float32)[predicates],
        _one_hot(reading, s),
        _one_hot(reading, o),
        entity[s],
        entity[o],
        meeting,
        _document(reading, subjects, objects, probabilities)[rows],
        _rivals(subjects, objects, odds, clipped, own, index, rows, predicates, len(reading.entities)),
    ]
    return Candidates(rows, predicates, np.concatenate(parts, axis=1).astype(np.float32))


def _one_hot(reading: Reading, numbers: npt.NDArray[np.intp]) -> Numbers:
    kinds = [KINDS.index(e.kind) if e.kind in KINDS else len(KINDS) for e in reading.entities]
    indicators: Numbers = np.eye(len(KINDS) + 1, dtype=np.float32)[np.array(kinds)[numbers]]
    return indicators


def _entities(reading: Reading) -> list[tuple[float, ...]]:
    """Return for each entity the numbers named in ENTITY."""
    count: dict[MentionType, int] = {}
    top: dict[MentionType, int] = {}
    for entity in reading.entities:
        count[entity.kind] = count.get(entity.kind, 0) + 1
        top[entity.kind] = max(top.get(entity.kind, 0), len(entity.mentions))
    total = len(reading.sentences)
    concluding = {n for n, c in enumerate(reading.categories) if "concl" in c} | {total - 1}
    rows: list[tuple[float, ...]] = []
    for entity, places in zip(reading.entities, reading.places, strict=True):
        at = sorted({n for n, _ in places}) or [total]
        rows.append((
            len(entity.mentions), len(entity.mentions) / top[entity.kind], at[0] == 0, at[0] / total, at[-1] / total,
            not concluding.isdisjoint(at), len(at), count[entity.kind], len(entity.name),
            entity.concept is not None, sum(m.source != BY_NAME for m in entity.mentions) / len(entity.mentions),
        ))  # fmt: skip
    return rows


def _meeting(reading: Reading, pair: Pair) -> tuple[float, ...]:
    """Return the numbers named in MEETING, of the nearest meeting."""
    if not pair.meetings:
        apart = [abs(a - b) for a, _ in reading.places[pair.subject] for b, _ in reading.places[pair.object]]
        return (0, FAR_GAP, -1, 0, 0, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, min(apart, default=20))
    meeting = pair.meetings[0]
    a, b = meeting.subject, meeting.object
    first, second = (a, b) if a.start <= b.start else (b, a)
    places = reading.sentences[meeting.sentence].places
    between = [p.kind for p in places if first.end <= p.start and p.end <= second.start]
    category = reading.categories[meeting.sentence]
    return (
        len(pair.meetings), meeting.gap, a.start < b.start, second.start < first.end, meeting.sentence == 0,
        meeting.sentence / len(reading.sentences), len(between),
        between.count(reading.entities[pair.subject].kind), between.count(reading.entities[pair.object].kind),
        len(places), second.start - first.end, "concl" in category, "method" in category, "result" in category,
        "background" in category or "obj" in category, 0,
    )  # fmt: skip


def _document(
    reading: Reading, subjects: npt.NDArray[np.intp], objects: npt.NDArray[np.intp], probabilities: Numbers
) -> Numbers:
    """Return for each pair the numbers named in DOCUMENT."""
    best = probabilities.max(axis=1)
    size = len(reading.entities)
    as_subject, as_object = np.bincount(subjects, best, size), np.bincount(objects, best, size)
    top = np.zeros(size)
    np.maximum.at(top, subjects, best)
    np.maximum.at(top, objects, best)
    everywhere = np.broadcast_to(np.array([len(reading.sentences), size]), (len(subjects), 2))
    columns = [as_subject[subjects], as_object[subjects], as_object[objects], as_subject[objects], top[subjects]]
    table = np.concatenate([np.stack([*columns, top[objects]], axis=1), everywhere], axis=1)
    return np.asarray(table, dtype=np.float32)


def _rivals(
    subjects: npt.NDArray[np.intp],
    objects: npt.NDArray[np.intp],
    odds: Numbers,
    probabilities: Numbers,
    own: Numbers,
    index: dict[tuple[int, int], int],
    rows: npt.NDArray[np.intp],
    predicates: npt.NDArray[np.intp],
    size: int,
) -> Numbers:
    """Return for each candidate the numbers named in RIVALS."""
    of_subject, sum_subject = _of_entities(subjects, odds, probabilities, size)
    of_object, sum_object = _of_entities(objects, odds, probabilities, size)
    here, s, o = odds[rows, predicates], subjects[rows], objects[rows]
    masked = odds[rows].copy()
    masked[np.arange(len(rows)), predicates] = NOTHING
    rule = own[rows].copy()
    own_rule = rule[np.arange(len(rows)), predicates].copy()
    rule[np.arange(len(rows)), predicates] = 0
    pair_best = odds[rows].max(axis=1)
    back = np.array([index.get((b, a), -1) for a, b in zip(s.tolist(), o.tolist(), strict=True)])
    reverse = np.where((back >= 0)[:, None], odds[back], NOTHING)
    columns = [
        here, masked.max(axis=1), pair_best, here - pair_best, here - of_subject[s, predicates],
        here - of_object[o, predicates], here - odds.max(axis=0)[predicates], probabilities.sum(axis=0)[predicates],
        sum_subject[s, predicates], sum_object[o, predicates], sum_subject[o, predicates], sum_object[s, predicates],
        own_rule, rule.max(axis=1), (own[rows] > 0).sum(axis=1), reverse[np.arange(len(rows)), predicates],
        reverse.max(axis=1),
    ]  # fmt: skip
    return np.asarray(np.stack(columns, axis=1), dtype=np.float32)


def _of_entities(ends: npt.NDArray[np.intp], odds: Numbers, probabilities: Numbers, size: int) -> tuple[Table, Table]:
    """Return for each entity its best odds and the sum of its probabilities over the pairs that it is this end of."""
    order = np.argsort(ends, kind="stable")
    entities, starts = np.unique(ends[order], return_index=True)
    best, total = np.full((size, odds.shape[1]), NOTHING), np.zeros((size, odds.shape[1]))
    best[entities] = np.maximum.reduceat(odds[order], starts, axis=0)
    total[entities] = np.add.reduceat(probabilities[order], starts, axis=0, dtype=np.float64)
    return best, total
