"""Mechanism paths: from one thing to another over directed, signed claims, hop by hop, with gaps shown as gaps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from typing import NamedTuple

from extractors.values import Predicate
from graphs.answers import AssembledClaim, Source
from graphs.store import claims, hierarchy, reads, walks
from graphs.store.walks import Edge, Row
from graphs.topics import Topic

#: Which way a claim carries an effect from subject to object; 0 carries it with unknown sign.
FORWARD: dict[str, int] = {
    Predicate.INCREASES: 1,
    Predicate.DECREASES: -1,
    Predicate.TARGETS: -1,
    Predicate.INVOLVED_IN: 1,
    Predicate.PREDICTS: 0,
    Predicate.TREATS: -1,
    Predicate.AFFECTS_OUTCOME: 0,
    Predicate.CAUSES_ADVERSE_EVENT: 1,
}
#: Claims that are also walked from object to subject: what complicates comes from what it complicates, a protein from
#: the cell that expresses it, and a target leads to the drug against it (the rationale for giving that drug).
BACKWARD: dict[str, int] = {Predicate.COMPLICATION_OF: 1, Predicate.EXPRESSED_BY: 1, Predicate.TARGETS: -1}
#: Clinical results end a path: that a drug helps in a disease is no step on the way to what the disease does.
ENDS = frozenset({Predicate.TREATS, Predicate.AFFECTS_OUTCOME, Predicate.CAUSES_ADVERSE_EVENT})
#: Claims that say no direction: walked both ways, and only as gaps. Being given or compared together is no mechanism.
SYMMETRIC = frozenset({Predicate.ASSOCIATED_WITH})
#: The ways in which a predicate's claims are walked: from subject to object (False), backward (True).
WAYS: dict[str, tuple[bool, ...]] = {
    str(predicate): tuple(
        backward
        for backward, walked in ((False, FORWARD), (True, BACKWARD))
        if predicate in walked or predicate in SYMMETRIC
    )
    for predicate in Predicate
}
#: Verdicts that say which way, whatever the predicate.
SIGNED_VERDICTS = {"increased": 1, "decreased": -1, "positive": 1, "negative": -1}
#: Verdicts of claims that carry no effect on: walked only as gaps.
UNSUPPORTING = frozenset({"investigated", "no_difference", "ineffective", "mixed"})
#: A hop believed less is a supposition and drawn as a gap.
LEAST_BELIEF = 0.1
#: How much a hop without support lowers a path's score, so that a path without gaps is preferred.
GAP_FACTOR = 0.05
#: Strongest claims looked at around either end (a hub of the field has thousands), and around the nodes between.
FIRST_RING, NEXT_RING = 800, 12
#: Claims of the first ring at most, shared out evenly among the kinds of a topic; each has one whatever their number.
MOST_FIRST = 16_000
#: Nodes of a ring from which the next is drawn, and chains that are weighed against each other at the end.
WIDTH, SHORTLIST = 60, 100


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path. A gap has a claim that only associates or supposes."""

    start: str
    start_name: str
    end: str
    end_name: str
    claim: AssembledClaim
    #: 1 raises, -1 lowers, 0 unknown.
    sign: int
    gap: bool

    @property
    def backward(self) -> bool:
        """Whether the claim is walked from its object to its subject."""
        return self.claim.claim.subject.key != self.start


@dataclass(frozen=True, slots=True)
class Path:
    """Hops from A to B, with the sentence for each, and how far the chain is believed (the product of its hops)."""

    hops: tuple[Hop, ...]
    sources: tuple[Source, ...]
    #: Species of each hop's study, where stated.
    species: tuple[tuple[str, ...], ...]
    score: float

    @property
    def sign(self) -> int:
        """Whether A in the end raises (1) or lowers (-1) B; 0 where a hop's sign is unknown."""
        sign = 1
        for hop in self.hops:
            sign *= hop.sign
        return sign

    @property
    def gaps(self) -> int:
        """Number of hops that are not supported."""
        return sum(hop.gap for hop in self.hops)

    def _repr_html_(self) -> str:
        from graphs.display import html, tabulate

        return html.table(tabulate.paths([self], f"From {self.hops[0].start_name} to {self.hops[-1].end_name}"))


class _Step(NamedTuple):
    """An edge walked one way; there are thousands to a search, so a tuple."""

    start: int
    end: int
    edge: Edge
    sign: int
    gap: bool
    #: Whether nothing may come after it: a clinical result, or the drug against a target.
    last: bool
    weight: float


_Chain = tuple[_Step, ...]


def find(
    connection: sqlite3.Connection,
    start: Topic,
    end: Topic,
    *,
    via: Sequence[Topic] = (),
    most_hops: int = 4,
    limit: int = 5,
) -> tuple[Path, ...]:
    """Return the best paths from A to B, through `via` in order, fewest gaps first.

    Searched from both ends at once. Paths of one and two hops are found whatever they are (of a topic with
    more than twenty kinds, over the strongest claims of each); longer ones are sought
    where those have gaps, over the strongest claims around the strongest nodes. The score is the product of beliefs.
    """
    stations = [_station(connection, topic) for topic in (start, *via, end)]
    chains: list[_Chain] = [()]
    for one, two in pairwise(stations):
        leg = _leg(connection, one, two, most_hops)
        chains = _best([chain + more for chain in chains for more in leg], limit)
    told = (_told(connection, chain) for chain in chains if chain)
    # A claim whose sentence a run has taken out is no hop until it is assembled again.
    return tuple(path for path in told if len(path.sources) == len(path.hops))


class _Station(NamedTuple):
    """A topic's nodes, and the strongest claims around them."""

    nodes: frozenset[int]
    edges: list[Row]


def _station(connection: sqlite3.Connection, topic: Topic) -> _Station:
    nodes = hierarchy.nodes(connection, topic.ids)
    most = min(FIRST_RING, max(1, MOST_FIRST // max(1, len(nodes))))
    roots = hierarchy.broad(topic.ids)
    if roots is None:
        edges = walks.around(connection, nodes, most=most)
    else:
        edges = walks.around_topic(connection, roots, most=most, predicates=[p for p, ways in WAYS.items() if ways])
    return _Station(frozenset(nodes), edges)


def _leg(connection: sqlite3.Connection, start: _Station, end: _Station, most_hops: int) -> list[_Chain]:
    """Return the best chains between two topics: a ring of two hops around each end meets at four."""
    # Of a hub's thousands of claims, most lead to what the other end does not know: they are not made steps at first.
    outward = _steps(start.edges, start.nodes, forward=True, far=end.nodes | _far(end))
    found: list[_Chain] = [(step,) for step in outward if step.end in end.nodes]
    if most_hops >= 2:
        inward = _steps(end.edges, end.nodes, forward=False, far={step.end for step in outward})
        found += _meet([(step,) for step in outward], [(step,) for step in inward])
    if most_hops >= 3 and not _whole(found):
        inward = _steps(end.edges, end.nodes, forward=False)
        far = _extend(connection, _steps(start.edges, start.nodes, forward=True), forward=True)
        found += _meet(far, [(step,) for step in inward])
        if most_hops >= 4 and not _whole(found):
            found += _meet(far, _extend(connection, inward, forward=False))
    return _best((chain for chain in found if _simple(chain)), SHORTLIST)


def _far(station: _Station) -> set[int]:
    """Return the nodes that a topic's claims lead to or come from."""
    nodes = station.nodes
    to = {object_ for _, subject, _, object_, _, _ in station.edges if subject in nodes}
    return to.union(subject for _, subject, _, object_, _, _ in station.edges if object_ in nodes)


def _steps(
    rows: Iterable[Row], near: AbstractSet[int], *, forward: bool, far: AbstractSet[int] | None = None
) -> list[_Step]:
    """Return the edges as steps that leave (or, not forward, reach) one of the nodes, the best for each far node.

    With `far`, only the steps whose other end is among these.
    """
    best: dict[tuple[int, int], _Step] = {}
    for row in rows:
        _, subject, predicate, object_, _, _ = row
        # Of a hub's thousands of claims, most cannot be walked this way: they are not looked at further.
        for backward in WAYS.get(predicate, ()):
            here, there = (subject, object_) if backward is not forward else (object_, subject)
            if here in near and (far is None or there in far):
                step = _step(Edge._make(row), backward=backward)
                key = step.start, step.end
                known = best.get(key)
                if known is None or (known.gap, -known.weight) > (step.gap, -step.weight):
                    best[key] = step
    return list(best.values())


def _step(edge: Edge, *, backward: bool) -> _Step:
    """Return a claim as walked from its subject to its object, or backward."""
    predicate = edge.predicate
    start, end = (edge.object, edge.subject) if backward else (edge.subject, edge.object)
    if predicate in SYMMETRIC:
        return _Step(start, end, edge, 0, True, False, _weight(edge, gap=True))
    gap = edge.belief < LEAST_BELIEF or edge.verdict in UNSUPPORTING
    if backward:
        sign, last = BACKWARD[predicate], predicate == Predicate.TARGETS
    else:
        sign, last = SIGNED_VERDICTS.get(edge.verdict, FORWARD[predicate]), predicate in ENDS
    return _Step(start, end, edge, sign, gap, last, _weight(edge, gap=gap))


def _weight(edge: Edge, *, gap: bool) -> float:
    return GAP_FACTOR * max(edge.belief, LEAST_BELIEF) if gap else edge.belief


def _extend(connection: sqlite3.Connection, ring: list[_Step], *, forward: bool) -> list[_Chain]:
    """Return chains of two: the strongest steps of a ring, each with a step beyond."""
    open_ = [step for step in ring if not (forward and step.last)]
    ring = sorted(open_, key=lambda step: (step.gap, -step.weight, step.edge.claim))[:WIDTH]
    by_node: dict[int, list[_Step]] = {}
    for step in ring:
        by_node.setdefault(step.end if forward else step.start, []).append(step)
    beyond = _steps(walks.around(connection, sorted(by_node), most=NEXT_RING), by_node.keys(), forward=forward)
    if forward:
        return [(first, step) for step in beyond for first in by_node[step.start]]
    return [(step, last) for step in beyond for last in by_node[step.end]]


def _meet(outward: Iterable[_Chain], inward: Iterable[_Chain]) -> list[_Chain]:
    """Return the chains that join where an outward and an inward one share a node."""
    by_node: dict[int, list[_Chain]] = {}
    for chain in inward:
        by_node.setdefault(chain[0].start, []).append(chain)
    return [first + second for first in outward for second in by_node.get(first[-1].end, ())]


def _simple(chain: _Chain) -> bool:
    """Tell whether no node is visited twice and nothing comes after what must be last."""
    nodes = [chain[0].start, *(step.end for step in chain)]
    return len(set(nodes)) == len(nodes) and not any(step.last for step in chain[:-1])


def _whole(chains: Iterable[_Chain]) -> bool:
    """Tell whether there is a chain without gaps."""
    return any(not any(step.gap for step in chain) for chain in chains if _simple(chain))


def _score(chain: _Chain) -> float:
    score = 1.0
    for step in chain:
        score *= step.weight
    return score


def _best(chains: Iterable[_Chain], limit: int) -> list[_Chain]:
    """Return the best chains, fewest gaps first, one for each sequence of nodes."""

    def order(chain: _Chain) -> tuple[int, float, tuple[int, ...]]:
        return sum(step.gap for step in chain), -_score(chain), tuple(step.edge.claim for step in chain)

    found: dict[tuple[int, ...], _Chain] = {}
    for chain in nsmallest(limit * 4, chains, key=order):
        found.setdefault(tuple(step.end for step in chain), chain)
    return list(found.values())[:limit]


def _told(connection: sqlite3.Connection, chain: _Chain) -> Path:
    ids = walks.claim_ids(connection, [step.edge.claim for step in chain])
    known = claims.by_ids(connection, list(ids.values()))
    hops = []
    for step in chain:
        claim = known[ids[step.edge.claim]]
        ends = claim.claim.subject, claim.claim.object
        start, end = ends if step.start == step.edge.subject else ends[::-1]
        hops.append(Hop(start.key, start.name, end.key, end.name, claim, step.sign, step.gap))
    sources = tuple(claims.quotes(connection, [hop.claim for hop in hops]))
    studies = (reads.study(connection, source.evidence.article) for source in sources)
    return Path(tuple(hops), sources, tuple(study.species if study else () for study in studies), _score(chain))
