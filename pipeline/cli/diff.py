"""`sicca diff`: what changed between two runs, and why."""

from __future__ import annotations

from pathlib import Path

import click

from graphs import changes
from graphs.store import Store
from pipeline import cells
from pipeline.cli import show
from pipeline.cli.options import STORE_NAME, format_option, run_folder


@click.command()
@click.argument("run1", type=click.Path(path_type=Path))
@click.argument("run2", type=click.Path(path_type=Path))
@click.option("--only", type=click.Choice(["world", "pipeline"]), help="Only what the world, or the pipeline, changed.")
@click.option("--courses/--no-courses", default=True, show_default=True, help="Treatment courses, too.")
@format_option
def command(run1: Path, run2: Path, only: str | None, courses: bool, format: str) -> None:  # noqa: A002
    """Show claims and courses added, strengthened, weakened, reversed, retracted or gone from RUN1 to RUN2.

    Each with its cause: a new, withdrawn, retracted or revised paper (the world), or a changed pipeline.

    Example: sicca diff runs/october runs/november
    """
    paths = [run_folder(run) / STORE_NAME for run in (run1, run2)]
    with Store(paths[0], readonly=True) as before, Store(paths[1], readonly=True) as after:
        found = changes.diff(before, after)
    if format in {"table", "brief"}:
        click.echo(
            f"{len(found.articles_added)} articles added, {len(found.articles_gone)} gone; "
            f"pipeline: {'; '.join(found.pipeline) or 'the same'}"
        )
    rows = [_claim(change) for change in found.claims if _wanted(change.reasons, only)]
    if courses:
        rows += [_course(change) for change in found.courses if _wanted(change.reasons, only)]
    columns = (
        "what",
        "change",
        "subject",
        "predicate",
        "object",
        "was",
        "is",
        "belief_was",
        "belief",
        "cause",
        "articles",
    )
    show.rows(rows, format, columns=columns)


def _wanted(reasons: tuple[changes.Reason, ...], only: str | None) -> bool:
    return only is None or any(reason.cause.world == (only == "world") for reason in reasons)


def _claim(change: changes.ClaimChange) -> cells.Row:
    ends = change.claim.claim
    return {
        "what": "claim",
        "change": str(change.kind),
        "subject": ends.subject.name,
        "predicate": str(ends.predicate),
        "object": ends.object.name,
        "was": change.before.verdict if change.before else "",
        "is": change.after.verdict if change.after else "",
        "belief_was": round(change.before.belief, 3) if change.before else None,
        "belief": round(change.after.belief, 3) if change.after else None,
        **_reasons(change.reasons),
        "claim": change.claim.id,
    }


def _course(change: changes.CourseChange) -> cells.Row:
    item = change.course
    return {
        "what": "course",
        "change": str(change.kind),
        "subject": cells.names(item.current, joint=" + "),
        "predicate": "given for",
        "object": item.condition.name if item.condition else "",
        "was": item.outcome if change.kind is changes.Kind.GONE else "",
        "is": item.outcome if change.kind is changes.Kind.ADDED else "",
        **_reasons(change.reasons),
    }


def _reasons(reasons: tuple[changes.Reason, ...]) -> cells.Row:
    articles = sorted({article.removeprefix("PMID:") for reason in reasons for article in reason.articles})
    more = f" and {len(articles) - 5} more" if len(articles) > 5 else ""
    return {
        "cause": "; ".join(f"{r.cause} ({'world' if r.cause.world else 'pipeline'})" for r in reasons),
        "articles": ", ".join(articles[:5]) + more,
    }
