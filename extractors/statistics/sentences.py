"""The numbers of each sentence of a document, read once for all who ask for them."""

from __future__ import annotations

import re

from extractors.document import Document, once_per_document
from extractors.records import Sentence, Statistic
from extractors.statistics.numbers import COUNT, parse_number
from extractors.statistics.reader import find_statistics

#: A whole number that no statistic claims ("307 patients in one trial and 326 in the other"); years are none.
BARE = re.compile(rf"(?<![\w.,·/-])(?!(?:19|20)\d\d(?!\d)){COUNT}(?![\w/%·-]|\s?[–%])", re.IGNORECASE)


@once_per_document
def read_numbers(
    document: Document,
) -> tuple[tuple[Sentence, tuple[Statistic, ...], tuple[Statistic, ...]], ...]:
    """Return each sentence with its statistics and with the whole numbers that no statistic claims.

    The kind of the latter is "bare", or "word" where they are written out.
    """
    found = []
    for sentence in document.sentences:
        statistics = find_statistics(document.text, sentence.start, sentence.end)
        bare = tuple(
            Statistic(m.start(), m.end(), "bare" if m.group()[0].isdigit() else "word", parse_number(m.group()))
            for m in BARE.finditer(document.text, sentence.start, sentence.end)
            if all(m.end() <= s.start or s.end <= m.start() for s in statistics)
        )
        found.append((sentence, statistics, bare))
    return tuple(found)
