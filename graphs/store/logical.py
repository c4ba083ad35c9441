"""A store's content without its local row numbers: equal content, equal lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, replace

from graphs.store import claims, concepts, courses, reads


def lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield one line a record, in content order; two stores are equal when their lines are."""
    for concept in concepts.read(connection):
        yield f"concept {astuple(concept)}"
    for article in reads.articles(connection):
        yield f"article {article!r}"
        yield f"study {reads.study(connection, article.id)!r}"
        for sentence in reads.sentences(connection, article.id):
            yield f"sentence {article.id} {astuple(sentence)}"
        for mention in reads.mentions(connection, article.id):
            yield f"mention {article.id} {mention!r}"
    for course in courses.read(connection):
        yield f"course {course!r}"
    for source in claims.all_sources(connection):
        yield f"evidence {source!r}"
    for claim in claims.read(connection):
        yield f"claim {replace(claim, quote=None)!r}"
