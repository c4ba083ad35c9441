"""Ids that MeSH has retired since a corpus was annotated: supplementary records that have become headings.

NLM deletes a supplementary record when it makes a heading of it, so that a link to the heading counts as wrong against
an older corpus. Which heading took an id's place is read off the name alone: the record is no longer in the vocabulary,
and what the annotators gave its id to is the own name of just one heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extractors.vocabulary.compiled import CompiledVocabulary
from extractors.vocabulary.folding import fold
from pipeline.evaluation.mentions import CorpusDocument, bare

#: How ids of headings begin.
HEADING = "MESH:D"
#: The bare id of a supplementary record.
RECORD = re.compile(r"C\d+")


def successors(documents: Iterable[tuple[CorpusDocument, str]], vocabulary: CompiledVocabulary) -> dict[str, str]:
    """Return the heading's bare id for each retired id of the corpus that has one.

    `documents` come with their text, which the mentions' offsets count. An id whose mentions bear the names of several
    headings has no successor, nor has one that stands only beside others.
    """
    headings: dict[str, set[str]] = {}
    for document, text in documents:
        for start, end, _, ids in document.mentions:
            if len(ids) == 1 and RECORD.fullmatch(bare(ids[0])) and f"MESH:{bare(ids[0])}" not in vocabulary:
                named = (c.curie for c in vocabulary.headings(fold(text[start:end])))
                headings.setdefault(bare(ids[0]), set()).update(c for c in named if c.startswith(HEADING))
    return {retired: bare(next(iter(found))) for retired, found in sorted(headings.items()) if len(found) == 1}


def of_today(document: CorpusDocument, successor: Mapping[str, str]) -> CorpusDocument:
    """Return a document whose relations name the successors of retired ids."""
    relations = tuple((kind, successor.get(a, a), successor.get(b, b)) for kind, a, b in document.relations)
    return CorpusDocument(document.id, document.mentions, relations)
