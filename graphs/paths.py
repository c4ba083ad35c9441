"""Mechanism paths: from one thing to another over directed, signed claims, hop by hop, with gaps shown as gaps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.values import Predicate
from graphs.answers import AssembledClaim, Source
from graphs.store import claims, reads
from graphs.topics import Topic

#: Which way a claim carries an effect from subject to object; 0 carries it with unknown sign.
FORWARD = {
    Predicate.INCREASES: 1,
    Predicate.DECREASES: -1,
    Predicate.TARGETS: -1,
    Predicate.INVOLVED_IN: 1,
    Predicate.PREDICTS: 0,
    Predicate.TREATS: -1,
    Predicate.AFFECTS_OUTCOME: 0,
    Predicate.CAUSES_ADVERSE_EVENT: 1,
    Predicate.FOLLOWED_BY: 0,
}
#: Claims that are also walked from object to subject: what complicates comes from what it complicates, a protein from
#: the cell that expresses it, and a target leads to the drug against it (the rationale for giving that drug).
BACKWARD = {Predicate.COMPLICATION_OF: 1, Predicate.EXPRESSED_BY: 1, Predicate.TARGETS: -1}
#: A hop believed less is a supposition and drawn as a gap.
LEAST_BELIEF = 0.1
#: How much a hop without support lowers a path's score, so that a path without gaps is preferred.
GAP_FACTOR = 0.05
#: Strongest claims looked at around a node: a hub of the field has thousands.
FAN = 200


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

    Bidirectional search over the strongest claims around each node; the score is the product of the hops' beliefs.
    """
    stations = [start, *via, end]
    legs = [_leg(connection, one, two, most_hops) for one, two in pairwise(stations)]
    chains: list[tuple[Hop, ...]] = [()]
    for leg in legs:
        chains = _best([chain + more for chain in chains for more in leg], limit)
    return tuple(_told(connection, chain) for chain in chains if chain)


def _leg(connection: sqlite3.Connection, start: Topic, end: Topic, most_hops: int) -> list[tuple[Hop, ...]]:
    """Return chains of at most so many hops between two topics; two hops from each side suffice for four."""
    goals = set(end.ids)
    outward = _expand(connection, [((), id_) for id_ in start.ids], forward=True)
    found = [chain for chain, node in outward if node in goals]
    if most_hops >= 2:
        inward = _expand(connection, [((), id_) for id_ in end.ids], forward=False)
        found += _meet(outward, inward)
        if most_hops >= 3 and not any(_gaps(chain) == 0 for chain in found):
            far = _expand(connection, _nearest(outward), forward=True)
            found += _meet(far, inward)
            if most_hops >= 4 and not any(_gaps(chain) == 0 for chain in found):
                found += _meet(far, _expand(connection, _nearest(inward), forward=False))
    simple = [chain for chain in found if _simple(chain) and len(chain) <= most_hops]
    return _best(simple, FAN)


_Chain = tuple[tuple[Hop, ...], str]


def _expand(connection: sqlite3.Connection, chains: Iterable[_Chain], *, forward: bool) -> list[_Chain]:
    """Return the chains with one more hop at their open end."""
    by_node: dict[str, list[tuple[Hop, ...]]] = {}
    for chain, node in chains:
        by_node.setdefault(node, []).append(chain)
    ids = sorted(by_node)
    hops: list[Hop] = []
    for claim in claims.between(connection, ids, None, limit=FAN):
        hops += _hops(claim)
    for claim in claims.between(connection, None, ids, limit=FAN):
        hops += _hops(claim)
    longer: list[_Chain] = []
    for hop in dict.fromkeys(hops):
        node, far = (hop.start, hop.end) if forward else (hop.end, hop.start)
        for chain in by_node.get(node, ()):
            longer.append(((*chain, hop) if forward else (hop, *chain), far))
    return longer


def _hops(claim: AssembledClaim) -> list[Hop]:
    """Return the ways a claim can be walked."""
    there = claim.claim.subject.key, claim.claim.subject.name, claim.claim.object.key, claim.claim.object.name
    back = there[2:] + there[:2]
    predicate = claim.claim.predicate
    weak = claim.belief < LEAST_BELIEF or claim.verdict in {"investigated", "no_difference", "ineffective", "mixed"}
    found: list[Hop] = []
    if predicate in FORWARD:
        found.append(Hop(*there, claim, _sign(claim), weak))
    if predicate in BACKWARD:
        found.append(Hop(*back, claim, BACKWARD[predicate], weak))
    if predicate.symmetric:
        found += [Hop(*there, claim, 0, True), Hop(*back, claim, 0, True)]
    return found


def _sign(claim: AssembledClaim) -> int:
    return {"increased": 1, "decreased": -1, "positive": 1, "negative": -1}.get(
        claim.verdict, FORWARD[claim.claim.predicate]
    )


def _meet(outward: Iterable[_Chain], inward: Iterable[_Chain]) -> list[tuple[Hop, ...]]:
    by_node: dict[str, list[tuple[Hop, ...]]] = {}
    for chain, node in inward:
        by_node.setdefault(node, []).append(chain)
    return [first + second for first, node in outward for second in by_node.get(node, ())]


def _nearest(chains: list[_Chain]) -> list[_Chain]:
    return sorted(chains, key=lambda found: _order(found[0]))[:FAN]


def _simple(chain: tuple[Hop, ...]) -> bool:
    """Tell whether no node is visited twice and no claim walked to and fro."""
    nodes = [chain[0].start, *(hop.end for hop in chain)]
    joined = all(one.end == two.start for one, two in pairwise(chain))
    return joined and len(set(nodes)) == len(nodes)


def _gaps(chain: tuple[Hop, ...]) -> int:
    return sum(hop.gap for hop in chain)


def _score(chain: tuple[Hop, ...]) -> float:
    score = 1.0
    for hop in chain:
        score *= GAP_FACTOR if hop.gap else hop.claim.belief
    return score


def _order(chain: tuple[Hop, ...]) -> tuple[int, float, tuple[str, ...]]:
    return _gaps(chain), -_score(chain), tuple(hop.claim.id for hop in chain)


def _best(chains: Iterable[tuple[Hop, ...]], limit: int) -> list[tuple[Hop, ...]]:
    """Return the best chains, one for each sequence of nodes: parallel claims do not fill the list."""
    found: dict[tuple[str, ...], tuple[Hop, ...]] = {}
    for chain in sorted(chains, key=_order):
        found.setdefault(tuple(hop.end for hop in chain), chain)
    return list(found.values())[:limit]


def _told(connection: sqlite3.Connection, chain: tuple[Hop, ...]) -> Path:
    sources = tuple(claims.quotes(connection, [hop.claim for hop in chain]))
    studies = (reads.study(connection, source.evidence.article) for source in sources)
    return Path(chain, sources, tuple(study.species if study else () for study in studies), _score(chain))
