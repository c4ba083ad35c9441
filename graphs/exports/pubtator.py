"""PubTator: each article with its mentions and its relations, the format of NCBI's text-mining tools."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from extractors.records import Article, Mention
from extractors.values import MentionType
from graphs.store import claims, reads

#: Our types as the public corpora call them; the others keep our names.
TYPES = {MentionType.DRUG: "Chemical", MentionType.PROTEIN: "Gene"}


def write(connection: sqlite3.Connection, path: Path) -> tuple[Path, ...]:
    """Write one file; equal content gives equal bytes."""
    with path.open("w", encoding="utf-8") as stream:
        for article in reads.articles(connection):
            stream.writelines(f"{line}\n" for line in _lines(connection, article))
            stream.write("\n")
    return (path,)


def ids(mentions: list[Mention]) -> dict[tuple[int, int, str], str]:
    """Return the concept ids by (start, end, type), several joined by ";", none as "-"."""
    found: dict[tuple[int, int, str], set[str]] = {}
    for mention in mentions:
        key = mention.start, mention.end, TYPES.get(mention.type, str(mention.type))
        found.setdefault(key, set()).update({mention.concept} if mention.concept else ())
    return {key: ";".join(sorted(concepts)) or "-" for key, concepts in sorted(found.items())}


def _lines(connection: sqlite3.Connection, article: Article) -> Iterator[str]:
    key = article.id.removeprefix("PMID:")
    # A line break or tab inside a text would end its line; a space keeps the offsets.
    text = "".join(" " if c in "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029" else c for c in article.text)
    cut = len(article.title)
    yield f"{key}|t|{text[:cut]}"
    yield f"{key}|a|{text[cut + 1 :]}"
    for (start, end, type_), concept in ids(reads.mentions(connection, article.id)).items():
        yield f"{key}\t{start}\t{end}\t{text[start:end]}\t{type_}\t{concept}"
    relations = {
        (item.claim.predicate, item.claim.subject.concept, item.claim.object.concept)
        for item in (source.evidence for source in claims.article_sources(connection, article.id))
        if item.claim.subject.concept and item.claim.object.concept and not item.negated
    }
    for predicate, subject, object_ in sorted(relations, key=str):
        yield f"{key}\t{predicate}\t{subject}\t{object_}"
