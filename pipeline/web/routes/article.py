"""The page of an abstract with all that was read off it laid over its text."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from extractors.errors import InputError
from extractors.records import Passage
from graphs.store import claims, courses, reads
from pipeline.web import explorer
from pipeline.web.highlight import Mark, course_marks, evidence_marks, passage_of

router = APIRouter()


@router.get("/article")
def article(request: Request, id: str, evidence: str = "", course: str = "") -> HTMLResponse:  # noqa: A002
    """Show an article; with `evidence` or `course`, what that one was read from."""
    here = explorer.of(request)
    with here.reading() as connection:
        found = reads.article(connection, id) or reads.article(connection, f"PMID:{id}")
        if found is None:
            raise InputError(f"no article {explorer.plain(id)!r} in this run; `sicca status` shows what was fetched")
        study = reads.study(connection, found.id)
        mentions = reads.mentions(connection, found.id)
        said = list(claims.article_sources(connection, found.id))
        given = courses.find(connection, articles=[found.id])
    chosen = next((source for source in said if source.evidence.id == evidence), None)
    chosen_course = next((source for source in given if source.course.id == course), None)
    if chosen:
        marks = [Mark(*chosen.evidence.sentence, "sentence"), *evidence_marks(chosen)]
    elif chosen_course:
        marks = [Mark(*chosen_course.course.sentence, "sentence"), *course_marks(chosen_course)]
    else:
        marks = [
            Mark(m.start, m.end, f"type-{str(m.type).lower()}", f"{m.type}: {m.name or m.text}", m.concept or "")
            for m in mentions
        ]
    passages = found.passages or (Passage(0, len(found.title)), Passage(len(found.title) + 1, len(found.text)))
    shown = [(passage, passage_of(found.text, marks, (passage.start, passage.end))) for passage in passages]
    return here.page(
        request,
        "article.html",
        article=found,
        study=study,
        passages=shown,
        said=said,
        given=given,
        chosen=chosen,
        chosen_course=chosen_course,
        types=sorted({str(mention.type) for mention in mentions}),
    )
