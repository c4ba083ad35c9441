"""What a dependency parse says of a candidate pair: the shortest path between the heads of its two mentions."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import sparse
from spacy.language import Language
from spacy.tokens import Doc, Token

from extractors.claims.features import BITS, MEETINGS
from extractors.claims.pairs import Pair
from extractors.claims.reading import stem
from extractors.document import Document
from extractors.records import Mention
from extractors.training.claims_data import Example

#: Longer paths are read edge by edge only.
LONGEST = 6
#: What the trees are told of a pair without a path.
NO_PATH = (-1.0, -1.0, -1.0, -1.0)
PIPES = ("tok2vec", "tagger", "parser")


def parse(documents: Sequence[Document], nlp: Language) -> tuple[list[Doc], float]:
    """Return each document parsed within sicca's own sentences and tokens, and the CPU seconds that it took."""
    began = time.process_time()
    parsed = []
    for document in documents:
        own = document.doc
        doc = Doc(
            nlp.vocab,
            words=[t.text for t in own],
            spaces=[bool(t.whitespace_) for t in own],
            sent_starts=[bool(t.is_sent_start) for t in own],
        )
        for name in PIPES:
            doc = nlp.get_pipe(name)(doc)
        parsed.append(doc)
    return parsed, time.process_time() - began


def with_paths(example: Example, doc: Doc) -> tuple[Example, npt.NDArray[np.float32]]:
    """Return the example with hashed path features, and for each pair numbers for the trees."""
    at = {t.idx: t for t in doc}
    rows: list[list[int]] = []
    numbers = []
    for pair in example.prepared.pairs:
        words = set(_words(pair, example, at))
        rows.append(sorted({crc32(f"path {w}".encode()) % (1 << BITS) for w in words}))
        numbers.append(_numbers(pair, at))
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.array([c for row in rows for c in row], np.int32)
    shape = example.features.shape
    features = example.features + sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=shape)
    features.data[:] = 1
    return replace(example, features=features), np.array(numbers, np.float32).reshape(len(rows), len(NO_PATH))


def head(mention: Mention, at: dict[int, Token]) -> Token | None:
    """Return the word of a mention that hangs on a word outside it; None where its words are cut otherwise."""
    words = [t for i in range(mention.start, mention.end) if (t := at.get(i)) is not None]
    inside = {t.i for t in words}
    return next((t for t in words if t.head.i not in inside or t.head.i == t.i), None)


def path(a: Token, b: Token) -> tuple[list[Token], list[Token]] | None:
    """Return the words from each end up to where the two meet, that word last in both; None across sentences."""
    up = [a, *a.ancestors]
    index = {t.i: n for n, t in enumerate(up)}
    down = []
    for token in [b, *b.ancestors]:
        down.append(token)
        if token.i in index:
            return up[: index[token.i] + 1], down
    return None


def _words(pair: Pair, example: Example, at: dict[int, Token]) -> Iterator[str]:
    entities = example.prepared.reading.entities
    kinds = f"{entities[pair.subject].type}>{entities[pair.object].type}"
    for meeting in pair.meetings[:MEETINGS]:
        a, b = head(meeting.subject.mention, at), head(meeting.object.mention, at)
        found = path(a, b) if a is not None and b is not None else None
        if found is None:
            continue
        up, down = found
        labels = [f"{t.dep_}>" for t in up[:-1]] + [f"<{t.dep_}" for t in reversed(down[:-1])]
        top = up[-1]
        between = [stem(t.lower_) for t in [*up[1:], *reversed(down[1:-1])]] if len(up) > 1 else []
        if len(labels) <= LONGEST:
            yield f"labels {' '.join(labels)}"
            yield f"labels {' '.join(labels)} {kinds}"
            yield f"stems {' '.join(between)} {labels[0] if labels else ''} {labels[-1] if labels else ''}"
        yield from (f"label {label} {kinds}" for label in labels)
        yield from (f"stem {w}" for w in between)
        yield from (f"stem {w} {kinds}" for w in between)
        meets = f"{stem(top.lower_)} {up[-2].dep_ if len(up) > 1 else '^'} {down[-2].dep_ if len(down) > 1 else '^'}"
        yield f"top {meets}"
        yield f"top {meets} {kinds}"
        yield f"top tag {top.tag_} {kinds}"
        yield f"length {min(len(labels), 10)}"
        yield from (f"denied {stem(top.lower_)}" for t in top.children if t.dep_ == "neg")


def _numbers(pair: Pair, at: dict[int, Token]) -> tuple[float, ...]:
    """Return length of the nearest path, steps up and down, and whether a verb stands at its top."""
    if not pair.meetings:
        return NO_PATH
    a, b = (head(place.mention, at) for place in (pair.meetings[0].subject, pair.meetings[0].object))
    found = path(a, b) if a is not None and b is not None else None
    if found is None:
        return NO_PATH
    up, down = found
    return float(len(up) + len(down) - 2), float(len(up) - 1), float(len(down) - 1), float(up[-1].tag_.startswith("VB"))
