"""Gold documents as training examples: candidate pairs of found mentions, labelled by the gold claims they match."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from extractors.claims.candidates import PREDICATES
from extractors.claims.features import BITS
from extractors.claims.preparation import Prepared, Preparer
from extractors.document import Document
from extractors.records import Span
from extractors.values import Predicate

#: A longer argument matches nothing in the gold standard's scoring.
LONGEST_ARGUMENT = 100


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim as annotated, with the spans of its ends; `evidence` is the stretch that it was read from, if known."""

    subject: tuple[Span, ...]
    predicate: Predicate
    object: tuple[Span, ...]
    effect: str | None
    negated: bool
    certainty: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with its claims; `known` are the predicates that were annotated at all."""

    id: str
    title: str
    abstract: str
    claims: tuple[GoldClaim, ...]
    known: frozenset[Predicate]


@dataclass(frozen=True, slots=True)
class Example:
    """A document ready for training. `claims[row, column]` lists the gold claims that a candidate states."""

    gold: GoldDocument
    prepared: Prepared
    features: Any
    claims: Mapping[tuple[int, int], tuple[int, ...]]
    labels: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]

    def stated(self) -> list[tuple[int, int, GoldClaim, float]]:
        """Return (row, column, gold claim, weight) of the candidates that state one and whose types allow it.

        The weight is 1 shared among all candidates that state the same gold claim.
        """
        right = [(key, gold[0]) for key, gold in sorted(self.claims.items()) if self.prepared.allowed[key]]
        shares = Counter(gold for _, gold in right)
        return [(row, column, self.gold.claims[gold], 1 / shares[gold]) for (row, column), gold in right]


def read_gold(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a gold file; entities have surface forms, each of whose occurrences is a mention."""
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text = f"{record['title']}\n{record['abstract']}"
            spans = {
                e["key"]: tuple(s for form in e["mentions"] for s in occurrences(text, form))
                for e in record["entities"]
            }
            yield document(record, spans, record["title"], record["abstract"])


def document(
    record: Mapping[str, Any], spans: Mapping[str, tuple[Span, ...]], title: str, abstract: str
) -> GoldDocument:
    """Return the claims of a record with the spans of their ends in the place of entity keys."""
    claims = tuple(
        GoldClaim(
            spans[c["subject"]],
            Predicate(c["predicate"]),
            spans[c["object"]],
            c["effect"],
            c["negated"],
            c["certainty"],
            _evidence(c["evidence"], f"{title}\n{abstract}"),
        )
        for c in record["claims"]
    )
    return GoldDocument(record["id"], title, abstract, claims, frozenset(Predicate))


def _evidence(stated: str | Sequence[int], text: str) -> Span | None:
    """Return the stretch of a quotation, or of offsets; None where the text does not hold the quotation."""
    if not isinstance(stated, str):
        return stated[0], stated[1]
    start = text.find(stated)
    return (start, start + len(stated)) if start >= 0 else None


def occurrences(text: str, form: str) -> list[Span]:
    """Return where a surface form stands in a text, on word boundaries where it does anywhere."""
    found: list[Span] = []
    anywhere: list[Span] = []
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        anywhere.append((at, end))
        if not (at and _wordlike(text[at - 1])) and not (end < len(text) and _wordlike(text[end])):
            found.append((at, end))
        at = text.find(form, at + 1)
    return found or anywhere


def _wordlike(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def overlap(a: Span, b: Span) -> bool:
    """Say whether two spans share at least half of the shorter one, as the gold standard's scoring does."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared * 2 >= min(a[1] - a[0], b[1] - b[0])


def make_examples(documents: Iterable[tuple[GoldDocument, Document]], preparer: Preparer) -> Iterator[Example]:
    """Yield the documents, whose mentions are known, as examples."""
    for gold, found in documents:
        yield _example(gold, preparer.prepare(found))


def _example(gold: GoldDocument, prepared: Prepared) -> Example:
    entities = prepared.reading.entities
    touched: dict[tuple[Span, ...], list[int]] = {}
    for claim in gold.claims:
        for end in (claim.subject, claim.object):
            if end not in touched:
                touched[end] = [
                    n
                    for n, e in enumerate(entities)
                    if any(overlap(m.span, g) for m in e.mentions if m.end - m.start <= LONGEST_ARGUMENT for g in end)
                ]
    stated: dict[tuple[int, int, int], list[int]] = {}
    for number, claim in enumerate(gold.claims):
        column = PREDICATES.index(claim.predicate)
        for s in touched[claim.subject]:
            for o in touched[claim.object]:
                ends = {(s, o), (o, s)} if claim.predicate.symmetric else {(s, o)}
                for a, b in ends:
                    if a != b:
                        stated.setdefault((a, b, column), []).append(number)
    claims = {
        (row, column): tuple(stated[p.subject, p.object, column])
        for row, p in enumerate(prepared.pairs)
        for column in range(len(PREDICATES))
        if (p.subject, p.object, column) in stated
    }
    labels = np.zeros((len(prepared.pairs), len(PREDICATES)), bool)
    for key in claims:
        labels[key] = True
    known = np.array([p in gold.known for p in PREDICATES])
    return Example(gold, prepared, to_sparse(prepared.features), claims, labels, known)


def to_sparse(features: tuple[npt.NDArray[np.int32], ...]) -> Any:
    """Return hashed features as a sparse matrix of ones, a row a pair."""
    starts = np.cumsum([0, *(len(f) for f in features)])
    columns = np.concatenate(features) if features else np.zeros(0, np.int32)
    return sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(features), 1 << BITS))
