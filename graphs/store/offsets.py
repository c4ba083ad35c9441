"""Proves that every offset of a store fits its text, and every number of a course or study is in it or follows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.courses.proof import course_faults, study_faults
from extractors.records import Article, Claim, Span
from graphs.store import claims, courses, reads


@dataclass(frozen=True, slots=True)
class OffsetReport:
    """What was checked and every fault found, as `article: what is wrong`."""

    articles: int
    sentences: int
    mentions: int
    evidence: int
    courses: int
    faults: tuple[str, ...]


def verify(connection: sqlite3.Connection) -> OffsetReport:
    """Hold every passage, sentence, mention, evidence, course and study against the text of its article."""
    counts = {"articles": 0, "sentences": 0, "mentions": 0, "evidence": 0, "courses": 0}
    faults: list[str] = []
    for article in reads.articles(connection):
        counts["articles"] += 1
        checks = {
            "sentences": _sentences(connection, article),
            "mentions": _mentions(connection, article),
            "evidence": _evidence(connection, article),
            "courses": _courses(connection, article),
        }
        faults += [f"{article.id}: {fault}" for fault in (*_passages(article), *_study(connection, article))]
        for kind, found in checks.items():
            for fault in found:
                counts[kind] += 1
                if fault:
                    faults.append(f"{article.id}: {fault}")
    return OffsetReport(**counts, faults=tuple(faults))


def _passages(article: Article) -> Iterator[str]:
    end = 0
    for passage in article.passages:
        if not (end <= passage.start <= passage.end <= len(article.text)):
            yield f"passage [{passage.start}, {passage.end}) overlaps the one before or leaves the text"
        end = passage.end


def _sentences(connection: sqlite3.Connection, article: Article) -> Iterator[str]:
    end = 0
    for sentence in reads.sentences(connection, article.id):
        where = f"sentence [{sentence.start}, {sentence.end})"
        passage = article.passages[sentence.passage] if sentence.passage < len(article.passages) else None
        if passage is None or not (passage.start <= sentence.start < sentence.end <= passage.end):
            yield f"{where} leaves its passage"
        elif sentence.start < end:
            yield f"{where} overlaps the one before"
        else:
            yield ""
        end = max(end, sentence.end)


def _mentions(connection: sqlite3.Connection, article: Article) -> Iterator[str]:
    for mention in reads.mentions(connection, article.id):
        found = article.text[mention.start : mention.end]
        yield "" if found == mention.text else f"mention [{mention.start}, {mention.end}) {mention.text!r} is {found!r}"


def _evidence(connection: sqlite3.Connection, article: Article) -> Iterator[str]:
    sentences = {sentence.span for sentence in reads.sentences(connection, article.id)}
    for source in claims.article_sources(connection, article.id):
        item = source.evidence
        where = f"evidence {item.id} [{item.sentence[0]}, {item.sentence[1]})"
        spans = [(role, span) for role, ends in _arguments(item.claim) for span in ends]
        spans += [(role, (start, end)) for role, start, end in item.cues]
        if not _inside(item.sentence, article):
            yield f"{where} leaves the text"
        elif not _starts_and_ends_sentences(item.sentence, sentences):
            yield f"{where} is not a run of whole sentences"
        else:
            wrong = [f"{role} {span}" for role, span in spans if not _inside(span, article)]
            yield f"{where}: outside the text: {', '.join(wrong)}" if wrong else ""


def _arguments(claim: Claim) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    return ("subject", claim.subject.spans), ("object", claim.object.spans)


def _courses(connection: sqlite3.Connection, article: Article) -> Iterator[str]:
    for course in courses.read(connection, article.id):
        yield "; ".join(f"course {course.id}: {fault}" for fault in course_faults(course, article.text))


def _study(connection: sqlite3.Connection, article: Article) -> Iterator[str]:
    study = reads.study(connection, article.id)
    if study:
        yield from (f"study: {fault}" for fault in study_faults(study, article.text))


def _inside(span: Span, article: Article) -> bool:
    return 0 <= span[0] < span[1] <= len(article.text)


def _starts_and_ends_sentences(span: Span, sentences: set[Span]) -> bool:
    return any(start == span[0] for start, _ in sentences) and any(end == span[1] for _, end in sentences)
