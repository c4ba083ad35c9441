"""Takes a judgement from a form of the explorer; only where the server was started with a curator."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from extractors.errors import InputError
from graphs.store import claims, courses
from pipeline.curation import book
from pipeline.curation.judgement import CLAIM_FIELDS, COURSE_FIELDS, Judgement, of_course, of_evidence
from pipeline.web import explorer
from pipeline.web.explorer import Explorer

router = APIRouter()
#: Bytes of a form, and letters of a note, that are read.
LONGEST_FORM, LONGEST_NOTE = 20_000, 2_000


@router.post("/curation")
async def judge(request: Request) -> RedirectResponse:
    """Write a judgement and go back to the page it was made on."""
    here = explorer.of(request)
    if not here.settings.curator:
        raise HTTPException(403, "judgements are off; start with `sicca serve --curate --user NAME`")
    form = await _form(request)
    if not secrets.compare_digest(form.get("token", ""), here.token):
        raise HTTPException(403, "this form is not of this server; open the page again")
    back = form.get("back", "/")
    if not back.startswith("/") or back.startswith(("//", "/\\")) or not back.isprintable():
        raise HTTPException(422, "the way back must be a page of this server")
    await run_in_threadpool(_write, here, form)
    return RedirectResponse(back, status_code=303)


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form; the last of one name counts."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(415, "send the form of the page")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            raise HTTPException(413, "the form is too long; shorten the note")
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=40)
    return {name: values[-1] for name, values in fields.items()}


def _write(here: Explorer, form: dict[str, str]) -> None:
    kind, verdict = form.get("kind", ""), form.get("verdict", "")
    fields = {"claim": CLAIM_FIELDS, "course": COURSE_FIELDS}.get(kind, {})
    values = {name: form[name].strip() for name in fields if name in form} if verdict == "correct" else {}
    with here.reading() as connection:
        if kind == "claim":
            found = claims.article_sources(connection, form.get("article", ""))
            source = next((s for s in found if s.evidence.id == form.get("id")), None)
            if source is None:
                raise InputError("this reading is no longer in the run; open the page again")
            article, about = of_evidence(source.evidence)
            span, quote = source.evidence.sentence, source.quote
        else:
            given = courses.find(connection, articles=[form.get("article", "")])
            reported = next((s for s in given if s.course.id == form.get("id")), None)
            if reported is None:
                raise InputError("this course is no longer in the run; open the page again")
            article, about = of_course(reported.course)
            span, quote = reported.course.sentence, reported.quote
    judgement = Judgement(
        kind=kind,
        article=article,
        span=span,
        about=about,
        quote=quote,
        verdict=verdict,
        user=here.settings.curator,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        values=values,
        note=explorer.plain(form.get("note", ""))[:LONGEST_NOTE],
    )
    book.append(here.settings.run, judgement)
