"""Judgements as gold JSON lines in the guidelines' format: what was accepted or corrected, article by article."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from extractors.records import Argument, Article, Course, Evidence
from graphs.answers import CourseSource, Source
from graphs.store import claims, courses, reads
from pipeline.curation.book import Book
from pipeline.curation.overlay import corrected_course, corrected_evidence


def lines(connection: sqlite3.Connection, book: Book) -> Iterator[str]:
    """Yield a gold document, as JSON, for each article that has a judgement and is in the store, sorted by id.

    `judged` tells how many of the article's extracted claims and courses were looked at: only a document whose
    figures are equal is complete enough to measure recall on.
    """
    for article_id in sorted({judgement.article for judgement in book}):
        article = reads.article(connection, article_id)
        if article is not None:
            said = list(claims.article_sources(connection, article_id))
            given = courses.find(connection, articles=[article_id])
            yield json.dumps(_document(connection, article, said, given, book), ensure_ascii=False)


def _document(
    connection: sqlite3.Connection,
    article: Article,
    said: list[Source],
    given: list[CourseSource],
    book: Book,
) -> dict[str, Any]:
    entities: dict[str, dict[str, Any]] = {}
    judged_claims = [(s, j) for s in said if (j := book.of_evidence(s.evidence, s.quote))]
    judged_courses = [(s, j) for s in given if (j := book.of_course(s.course, s.quote))]
    stated = [
        _claim(article, corrected_evidence(s.evidence, j), s.quote, entities)
        for s, j in judged_claims
        if j.verdict != "reject"
    ]
    treated = [
        _course(article, corrected_course(s.course, j), s.quote, entities)
        for s, j in judged_courses
        if j.verdict != "reject"
    ]
    study = reads.study(connection, article.id)
    return {
        "id": article.id,
        "title": article.title,
        "abstract": article.abstract,
        "entities": [entities[key] for key in sorted(entities)],
        "claims": stated,
        "courses": treated,
        "study": {"design": str(study.design) if study else "other", "n": study.n if study else None},
        "judged": {
            "claims": [len(judged_claims), len(said)],
            "courses": [len(judged_courses), len(given)],
            "by": sorted({j.user for _, j in (*judged_claims, *judged_courses)}),
        },
    }


def _claim(article: Article, evidence: Evidence, quote: str, entities: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "subject": _entity(article, evidence.claim.subject, entities),
        "predicate": str(evidence.claim.predicate),
        "object": _entity(article, evidence.claim.object, entities),
        "effect": str(evidence.effect) if evidence.effect else None,
        "negated": evidence.negated,
        "certainty": str(evidence.certainty),
        "evidence": quote,
    }


def _course(article: Article, course: Course, quote: str, entities: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "condition": _entity(article, course.condition, entities) if course.condition else None,
        "prior": _entities(article, course.prior, entities),
        "prior_reason": course.prior_reason,
        "current": _entities(article, course.current, entities),
        "mode": course.mode,
        "patients": course.patients,
        "responders": course.responders,
        "outcome": course.outcome,
        "evidence": quote,
    }


def _entities(article: Article, arguments: Iterable[Argument], entities: dict[str, dict[str, Any]]) -> list[str]:
    return [_entity(article, argument, entities) for argument in arguments]


def _entity(article: Article, argument: Argument, entities: dict[str, dict[str, Any]]) -> str:
    """Note an argument as an entity, with its verbatim surface forms, and return its key."""
    entity = entities.setdefault(
        argument.key, {"key": argument.key, "type": str(argument.type), "mentions": [], "name": argument.name}
    )
    forms = {article.text[start:end] for start, end in argument.spans} | set(entity["mentions"])
    entity["mentions"] = sorted(forms)
    return argument.key
