"""A second reading of all pairs: a small transformer over word pieces, pooled over mentions and the words around them.

The network is three layers of MiniLM (Wang et al., 2020; arXiv 2002.10957) fitted to the fifteen predicates and to how
claims are made by `extractors/training/claims_encoder.py`, stored as three ONNX graphs: `words.onnx` (`words.py`)
gives for each piece a vector for each of the roles below, `pairs.onnx` adds them up for each pair, and `manner.onnx`
looks back from a claim at all pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np
import numpy.typing as npt

from extractors.claims import words
from extractors.claims.candidates import NOTHING
from extractors.claims.preparation import Prepared, probabilities_of
from extractors.claims.spots import Spots, find_spots
from extractors.claims.words import FOLDER, Table, WordReader, session

Rows = npt.NDArray[np.intp]

#: What the graph of pairs gives.
JUDGED = ("odds", "both", "strongest")
#: What a piece can be to a pair, in the order of its vectors: part of the subject or the object, wherever named;
#: between the mentions of a meeting, the subject's or the object's mention there, before both, after both; and again
#: part of the subject or the object, for what depends on both at once.
ROLES = (
    "subject",
    "object",
    "between",
    "subject here",
    "object here",
    "before",
    "after",
    "subject with",
    "object with",
)


@dataclass(frozen=True, slots=True)
class PairReading:
    """What the encoder makes of a document.

    `odds` are log odds, a row a pair and a column a predicate: NOTHING where the types do not allow it, the same for
    both orders of a symmetric one. `both` and `strongest` are what a claim on the pair asks with, its two entities and
    the strongest of its meetings; `keys_and_values`, a row a piece, are what it looks back at.
    """

    odds: Table
    both: Table
    strongest: Table
    keys_and_values: Table


class PairEncoder:
    """Reads all pairs of a document at once; `folder` holds graphs and tokenizer, the shipped ones unless given."""

    def __init__(self, folder: Traversable | None = None) -> None:
        self._words = WordReader(folder) if folder else words.shipped()
        folder = folder or resources.files(FOLDER)
        self._pairs, self._manner = (session((folder / f"{name}.onnx").read_bytes()) for name in ("pairs", "manner"))

    def read(self, prepared: Prepared) -> PairReading:
        """Return what the encoder makes of the document's pairs."""
        read = self._words.read(prepared.reading.document, prepared.reading)
        inputs = pool(read.vectors, find_spots(prepared.reading, read.pieces, prepared.pairs))
        odds, both, strongest = self._pairs.run(JUDGED, inputs)
        lowest = 1 / (1 + np.exp(-NOTHING))
        clipped = np.clip(probabilities_of(odds, prepared), lowest, 1 - lowest)
        return PairReading(
            np.asarray(np.log(clipped / (1 - clipped)), np.float32), both, strongest, read.keys_and_values
        )

    def manner(self, reading: PairReading, rows: Rows, predicates: Rows) -> Table:
        """Return log odds of the classes of manner for claims: a pair's row and the number of its predicate."""
        inputs = {
            "keys_and_values": reading.keys_and_values,
            "both": reading.both[rows],
            "strongest": reading.strongest[rows],
            "predicates": np.asarray(predicates, np.int64),
        }
        return np.asarray(self._manner.run(None, inputs)[0], np.float32)


def pool(vectors: Table, spots: Spots) -> dict[str, npt.NDArray[np.float32 | np.int64]]:
    """Return the inputs of the graph of pairs: means of vectors of pieces over the stretches that matter to a pair."""
    size = vectors.shape[1] // len(ROLES)
    sums = np.concatenate([np.zeros((1, vectors.shape[1]), np.float32), vectors.cumsum(axis=0, dtype=np.float32)])

    def mean(role: str, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], roles: int = 1) -> Table:
        first = ROLES.index(role) * size
        own = sums[:, first : first + roles * size]
        return np.asarray((own[ends] - own[starts]) / (ends - starts)[:, None], np.float32)

    starts, ends, owners = spots.mentions.T
    entities = np.zeros((spots.entities, vectors.shape[1]), np.float32)
    named, first = np.unique(owners, return_index=True)
    whole = mean(ROLES[0], starts, ends, len(ROLES))
    entities[named] = np.add.reduceat(whole, first, axis=0) / np.bincount(owners)[named][:, None]
    of = {role: entities[:, n * size : (n + 1) * size] for n, role in enumerate(ROLES)}
    meetings = spots.meetings
    rows, count = meetings[:, 0], len(meetings)
    met = np.zeros((count, size), np.float32)
    for number, role in enumerate(ROLES[2:7]):
        met += mean(role, meetings[:, 1 + 2 * number], meetings[:, 2 + 2 * number])
    # The graph lists all meetings and then, for pairs that never meet, all pairs: where a pair's own are.
    alone = count + np.arange(len(spots.subjects))
    earliest, latest = alone.copy(), alone.copy()
    earliest[rows[::-1]] = np.arange(count)[::-1]
    latest[rows] = np.arange(count)
    return {
        "ends": of["subject"][spots.subjects] + of["object"][spots.objects],
        "product": of["subject with"][spots.subjects] * of["object with"][spots.objects],
        "kinds": spots.kinds,
        "met": met,
        "distances": meetings[:, 11],
        "owners": rows,
        "first": earliest,
        "second": latest,
    }
