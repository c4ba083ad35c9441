"""How far two annotators agree on the same articles: F1 of one's claims against the other's.

    python -m extractors.training.agreement first.jsonl second.jsonl [--without ID …]

Arguments agree when a mention of one covers, is covered by, or overlaps by half of the shorter a mention of the other;
`relaxed` wants the same predicate, `strict` effect, negation and certainty too, `pair` neither (as the gold's scorer).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: A stand-off record as read from JSON: entities with spans, claims between their keys.
Record = dict[str, Any]
Claim = dict[str, Any]

SYMMETRIC = frozenset({"combined_with", "compared_with", "associated_with"})
QUALIFIERS = ("effect", "negated", "certainty")
MEASURES: dict[str, Callable[[Claim, Claim], bool]] = {
    "relaxed": lambda a, b: bool(a["predicate"] == b["predicate"]),
    "strict": lambda a, b: a["predicate"] == b["predicate"] and all(a[q] == b[q] for q in QUALIFIERS),
    "pair": lambda _a, _b: True,
}


def read(path: Path) -> dict[str, Record]:
    """Return the records of a stand-off file by id."""
    with path.open(encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def agree(first: Record, second: Record, accept: Callable[[Claim, Claim], bool]) -> int:
    """Return how many claims of two annotations of an article can be matched one to one, greedily."""
    left = list(second["claims"])
    matched = 0
    for claim in first["claims"]:
        hit = next((c for c in left if accept(claim, c) and _same_ends(first, claim, second, c)), None)
        if hit is not None:
            left.remove(hit)
            matched += 1
    return matched


def _same_ends(first: Record, a: Claim, second: Record, b: Claim) -> bool:
    ends = _touch(first, a["subject"], second, b["subject"]) and _touch(first, a["object"], second, b["object"])
    if ends or a["predicate"] not in SYMMETRIC:
        return ends
    return _touch(first, a["subject"], second, b["object"]) and _touch(first, a["object"], second, b["subject"])


def _touch(first: Record, a: str, second: Record, b: str) -> bool:
    return any(_overlap(x, y) for x in _spans(first, a) for y in _spans(second, b))


def _spans(record: Record, key: str) -> list[list[int]]:
    return [span for entity in record["entities"] if entity["key"] == key for span in entity["spans"]]


def _overlap(a: list[int], b: list[int]) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared * 2 >= min(a[1] - a[0], b[1] - b[0])


def main() -> None:
    """Print the agreement of two files on the articles that are in both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--without", nargs="*", default=[], metavar="ID", help="articles to leave out")
    arguments = parser.parse_args()
    one, two = read(arguments.first), read(arguments.second)
    shared = sorted((one.keys() & two.keys()) - set(arguments.without))
    claims = [sum(len(records[id_]["claims"]) for id_ in shared) for records in (one, two)]
    print(f"{len(shared)} articles, {claims[0]} and {claims[1]} claims")
    for name, accept in MEASURES.items():
        matched = sum(agree(one[id_], two[id_], accept) for id_ in shared)
        print(f"{name:8} F1 {2 * matched / sum(claims):.3f} ({matched} claims agree)")
    same = sum(one[id_]["study"]["design"] == two[id_]["study"]["design"] for id_ in shared)
    print(f"design   {same} of {len(shared)}; n {sum(one[i]['study']['n'] == two[i]['study']['n'] for i in shared)}")


if __name__ == "__main__":
    main()
