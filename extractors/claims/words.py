"""What the encoder makes of each word piece of a document: the part that claims and courses share.

`words.onnx` (three layers of MiniLM, 8-bit weights) is by far the greater part of the encoder's work, so the vectors of
the document read last are kept for who asks next. One thread, whatever the machine offers.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np
import numpy.typing as npt
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from extractors.claims.pieces import Cutter, Pieces
from extractors.claims.reading import Reading
from extractors.document import Document

Table = npt.NDArray[np.float32]

#: The folder of the shipped weights, beside the model cards.
FOLDER = "extractors.models.encoder"
#: The graph, and what it gives for each piece.
WORDS = "words.onnx"
READ = ("vectors", "keys_and_values", "last")


@dataclass(frozen=True, slots=True)
class ReadWords:
    """A document's pieces and, a row a piece, what was made of them.

    `vectors` has one for each role in a pair, `keys_and_values` are what a claim looks back at, `last` is the last
    layer.
    """

    reading: Reading
    pieces: Pieces
    vectors: Table
    keys_and_values: Table
    last: Table


class WordReader:
    """Reads the word pieces of documents; `folder` holds graph and tokenizer, the shipped ones unless given."""

    def __init__(self, folder: Traversable | None = None) -> None:
        folder = folder or resources.files(FOLDER)
        self._cutter = Cutter(Tokenizer.from_buffer((folder / "tokenizer.json").read_bytes()))
        self._graph = session((folder / WORDS).read_bytes())
        # Of each thread its own: a worker may read documents in several. Kept here and not by the document itself
        # (once_per_document): four megabytes each, and recipes hold thousands of documents.
        self._kept = threading.local()

    def read(self, document: Document, reading: Reading | None = None) -> ReadWords:
        """Return what the encoder makes of the document's pieces; `reading` is the document's, where there is one."""
        kept: ReadWords | None = getattr(self._kept, "read", None)
        if kept is None or kept.reading.document is not document:
            kept = self._kept.read = self._read(reading or Reading(document))
        return kept

    def _read(self, reading: Reading) -> ReadWords:
        pieces = self._cutter.cut(reading)
        runs = [self._graph.run(READ, {"pieces": p[None], "kinds": k[None]}) for p, k in pieces.runs]
        return ReadWords(reading, pieces, *(np.concatenate(parts) for parts in zip(*runs, strict=True)))


@cache
def shipped() -> WordReader:
    """Return the reader of the shipped weights, the same one for all of a process."""
    return WordReader()


def session(graph: bytes) -> InferenceSession:
    """Return what runs a graph on one thread."""
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(graph, options, providers=["CPUExecutionProvider"])
